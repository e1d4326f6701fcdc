package io.narthex.discovery.file;

import io.narthex.metrics.Counter;
import io.narthex.metrics.Metrics;
import io.narthex.metrics.Summary;

/// What is counted over all files, with Prometheus' names.
public record FileMetrics(Counter readErrors, Summary scanDuration, Counter watcherErrors) {

  private static final double[] QUANTILES = {0.5, 0.9, 0.99};

  public static FileMetrics of(Metrics metrics) {
    return new FileMetrics(
        metrics.counter(
            "prometheus_sd_file_read_errors_total", "The number of File-SD read errors."),
        metrics.summary(
            "prometheus_sd_file_scan_duration_seconds",
            "The duration of the File-SD scan in seconds.",
            QUANTILES),
        metrics.counter(
            "prometheus_sd_file_watcher_errors_total",
            "The number of File-SD errors caused by filesystem watch failures."));
  }
}
