package io.narthex.tsdb.wal;

import io.narthex.metrics.Counter;
import io.narthex.metrics.Metrics;

/// What is counted of checkpoints, with Prometheus' names.
final class CheckpointMetrics {

  final Counter creations;
  final Counter creationsFailed;
  final Counter deletions;
  final Counter deletionsFailed;

  CheckpointMetrics(Metrics metrics) {
    String prefix = "prometheus_tsdb_checkpoint_";
    creations =
        metrics.counter(
            prefix + "creations_total", "Total number of checkpoint creations attempted.");
    creationsFailed =
        metrics.counter(
            prefix + "creations_failed_total", "Total number of checkpoint creations that failed.");
    deletions =
        metrics.counter(
            prefix + "deletions_total", "Total number of checkpoint deletions attempted.");
    deletionsFailed =
        metrics.counter(
            prefix + "deletions_failed_total", "Total number of checkpoint deletions that failed.");
  }
}
