package io.narthex.tsdb.agent;

import io.narthex.metrics.Counter;
import io.narthex.metrics.Gauge;
import io.narthex.metrics.Metrics;
import io.narthex.metrics.Summary;

/// The numbers that an agent's storage tells about itself, with Prometheus' names.
final class AgentMetrics {

  private static final String APPENDED = "prometheus_agent_samples_appended_total";
  private static final String APPENDED_HELP = "Total number of samples appended to the storage";

  final Gauge activeSeries;
  final Gauge deletedSeries;
  final Counter floats;
  final Counter histograms;
  final Counter exemplars;
  final Counter outOfOrder;
  final Summary truncateSeconds;
  final Counter corruptions;
  final Gauge replaySeconds;
  final Counter checkpointCreations;
  final Counter checkpointFailures;
  final Counter checkpointDeletions;
  final Counter checkpointDeletionFailures;

  /// @param cleanStart -1 without a lock file, 0 if there was one, 1 if there was none
  AgentMetrics(Metrics metrics, int cleanStart) {
    activeSeries =
        metrics.gauge(
            "prometheus_agent_active_series",
            "Number of active series being tracked by the WAL storage");
    deletedSeries =
        metrics.gauge(
            "prometheus_agent_deleted_series", "Number of series pending deletion from the WAL");
    floats = metrics.counter(APPENDED, APPENDED_HELP, "type", "float");
    histograms = metrics.counter(APPENDED, APPENDED_HELP, "type", "histogram");
    exemplars =
        metrics.counter(
            "prometheus_agent_exemplars_appended_total",
            "Total number of exemplars appended to the storage");
    outOfOrder =
        metrics.counter(
            "prometheus_agent_out_of_order_samples_total",
            "Total number of out of order samples ingestion failed attempts.");
    truncateSeconds =
        metrics.summary(
            "prometheus_agent_truncate_duration_seconds",
            "Duration of WAL truncation.",
            new double[0]);
    corruptions =
        metrics.counter("prometheus_agent_corruptions_total", "Total number of WAL corruptions.");
    replaySeconds =
        metrics.gauge(
            "prometheus_agent_data_replay_duration_seconds",
            "Time taken to replay the data on disk.");
    checkpointCreations =
        metrics.counter(
            "prometheus_agent_checkpoint_creations_total",
            "Total number of checkpoint creations attempted.");
    checkpointFailures =
        metrics.counter(
            "prometheus_agent_checkpoint_creations_failed_total",
            "Total number of checkpoint creations that failed.");
    checkpointDeletions =
        metrics.counter(
            "prometheus_agent_checkpoint_deletions_total",
            "Total number of checkpoint deletions attempted.");
    checkpointDeletionFailures =
        metrics.counter(
            "prometheus_agent_checkpoint_deletions_failed_total",
            "Total number of checkpoint deletions that failed.");
    metrics
        .gauge(
            "prometheus_agent_clean_start",
            "-1: lockfile is disabled. 0: a lockfile from a previous execution was replaced. 1:"
                + " lockfile creation was clean")
        .set(cleanStart);
  }
}
