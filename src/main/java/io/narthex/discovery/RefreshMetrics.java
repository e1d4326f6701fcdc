package io.narthex.discovery;

import io.narthex.metrics.Counter;
import io.narthex.metrics.Histogram;
import io.narthex.metrics.Metrics;
import io.narthex.metrics.Summary;

/// What discoverers count that look again and again, with Prometheus' names.
///
/// @param duration in seconds, like the histogram
public record RefreshMetrics(Counter failures, Summary duration, Histogram durations) {

  private static final double[] QUANTILES = {0.5, 0.9, 0.99};
  private static final double[] BOUNDS = {.01, .1, 1, 10};

  /// Those of one discoverer.
  public static RefreshMetrics of(Metrics metrics, String mechanism, String config) {
    return new RefreshMetrics(
        metrics.counter(
            "prometheus_sd_refresh_failures_total",
            "Number of refresh failures for the given SD mechanism.",
            "mechanism",
            mechanism,
            "config",
            config),
        metrics.summary(
            "prometheus_sd_refresh_duration_seconds",
            "The duration of a refresh in seconds for the given SD mechanism.",
            QUANTILES,
            "mechanism",
            mechanism,
            "config",
            config),
        metrics.histogram(
            "prometheus_sd_refresh_duration_histogram_seconds",
            "The duration of a refresh for the given SD mechanism.",
            BOUNDS,
            "mechanism",
            mechanism));
  }

  /// Counts one look.
  public void observe(double seconds) {
    duration.observe(seconds);
    durations.observe(seconds);
  }
}
