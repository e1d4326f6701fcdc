package io.narthex.promql;

import io.narthex.metrics.Gauge;
import io.narthex.metrics.Metrics;
import io.narthex.metrics.Summary;

/// The engine's own metrics, with Prometheus' names.
final class EngineMetrics {

  private static final double[] QUANTILES = {0.5, 0.9, 0.99};
  private static final String NAME = "prometheus_engine_query_duration_seconds";
  private static final String HELP = "Query timings";

  final Gauge running;
  final Summary queueTime;
  final Summary prepareTime;
  final Summary evalTime;
  final Summary sortTime;

  EngineMetrics(Metrics metrics, int maxConcurrency) {
    running =
        metrics.gauge(
            "prometheus_engine_queries",
            "The current number of queries being executed or waiting.");
    metrics
        .gauge("prometheus_engine_queries_concurrent_max", "The max number of concurrent queries.")
        .set(maxConcurrency);
    queueTime = metrics.summary(NAME, HELP, QUANTILES, "slice", "queue_time");
    prepareTime = metrics.summary(NAME, HELP, QUANTILES, "slice", "prepare_time");
    evalTime = metrics.summary(NAME, HELP, QUANTILES, "slice", "inner_eval");
    sortTime = metrics.summary(NAME, HELP, QUANTILES, "slice", "result_sort");
  }
}
