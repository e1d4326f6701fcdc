package io.narthex.promql;

import io.narthex.metrics.Counter;
import io.narthex.metrics.Gauge;
import io.narthex.metrics.Metrics;
import io.narthex.metrics.Summary;

/// The engine's own metrics, with Prometheus' names.
final class EngineMetrics {

  private static final double[] QUANTILES = {0.5, 0.9, 0.99};
  private static final String NAME = "prometheus_engine_query_duration_seconds";
  private static final String HELP = "Query timings";

  /// Queries that run or wait.
  final Gauge running;

  private final Counter samples;
  private final Summary queueTime;
  private final Summary prepareTime;
  private final Summary evalTime;
  private final Summary sortTime;

  EngineMetrics(Metrics metrics, int maxConcurrency) {
    running =
        metrics.gauge(
            "prometheus_engine_queries",
            "The current number of queries being executed or waiting.");
    metrics
        .gauge("prometheus_engine_queries_concurrent_max", "The max number of concurrent queries.")
        .set(maxConcurrency);
    samples =
        metrics.counter(
            "prometheus_engine_query_samples_total",
            "The total number of samples loaded by all queries.");
    queueTime = metrics.summary(NAME, HELP, QUANTILES, "slice", "queue_time");
    prepareTime = metrics.summary(NAME, HELP, QUANTILES, "slice", "prepare_time");
    evalTime = metrics.summary(NAME, HELP, QUANTILES, "slice", "inner_eval");
    sortTime = metrics.summary(NAME, HELP, QUANTILES, "slice", "result_sort");
  }

  void queued(long nanos) {
    queueTime.observe(nanos / 1e9);
  }

  void prepared(long nanos) {
    prepareTime.observe(nanos / 1e9);
  }

  /// @param looked samples that steps looked at
  void evaluated(long nanos, long looked) {
    evalTime.observe(nanos / 1e9);
    sortTime.observe(0);
    samples.add(looked);
  }
}
