package io.narthex.tsdb.head;

import io.narthex.clock.Clock;
import io.narthex.metrics.Counter;
import io.narthex.metrics.Metrics;
import io.narthex.metrics.Summary;
import io.narthex.storage.Appender.Outcome;

/// The numbers that the head tells about itself, with Prometheus' names.
final class HeadMetrics {

  private static final String TOO_OLD =
      "Total number of out of order samples ingestion failed attempts with out of support enabled,"
          + " but sample outside of time window.";
  private static final String OUT_OF_BOUNDS =
      "Total number of out of bound samples ingestion failed attempts with out of order support"
          + " disabled.";
  private static final String OUT_OF_ORDER =
      "Total number of out of order samples ingestion failed attempts due to out of order being"
          + " disabled.";

  private static final double[] NO_QUANTILES = {};

  private final Counter floats;
  private final Counter histograms;
  private final Counter outOfOrder;
  private final Counter outOfBounds;
  private final Counter tooOld;
  private final Counter notFound;
  private final Counter created;
  private final Counter removed;
  final Counter truncations;
  final Counter truncationsFailed;
  final Counter checkpointCreations;
  final Counter checkpointFailures;
  final Counter checkpointDeletions;
  final Counter checkpointDeletionFailures;
  private final Summary gcSeconds;
  private final Summary walTruncateSeconds;
  private final Clock clock;
  private final Metrics metrics;

  HeadMetrics(Metrics metrics, Clock clock) {
    this.clock = clock;
    this.metrics = metrics;
    String appended = "prometheus_tsdb_head_samples_appended_total";
    String appendedHelp = "Total number of appended samples.";
    floats = metrics.counter(appended, appendedHelp, "type", "float");
    histograms = metrics.counter(appended, appendedHelp, "type", "histogram");
    outOfOrder =
        metrics.counter(
            "prometheus_tsdb_out_of_order_samples_total", OUT_OF_ORDER, "type", "float");
    outOfBounds =
        metrics.counter(
            "prometheus_tsdb_out_of_bound_samples_total", OUT_OF_BOUNDS, "type", "float");
    notFound =
        metrics.counter(
            "prometheus_tsdb_head_series_not_found_total",
            "Total number of requests for series that were not found.");
    tooOld = metrics.counter("prometheus_tsdb_too_old_samples_total", TOO_OLD, "type", "float");
    created =
        metrics.counter(
            "prometheus_tsdb_head_series_created_total",
            "Total number of series created in the head");
    removed =
        metrics.counter(
            "prometheus_tsdb_head_series_removed_total",
            "Total number of series removed in the head");
    truncations =
        metrics.counter(
            "prometheus_tsdb_head_truncations_total",
            "Total number of head truncations attempted.");
    truncationsFailed =
        metrics.counter(
            "prometheus_tsdb_head_truncations_failed_total",
            "Total number of head truncations that failed.");
    checkpointCreations =
        metrics.counter(
            "prometheus_tsdb_checkpoint_creations_total",
            "Total number of checkpoint creations attempted.");
    checkpointFailures =
        metrics.counter(
            "prometheus_tsdb_checkpoint_creations_failed_total",
            "Total number of checkpoint creations that failed.");
    checkpointDeletions =
        metrics.counter(
            "prometheus_tsdb_checkpoint_deletions_total",
            "Total number of checkpoint deletions attempted.");
    checkpointDeletionFailures =
        metrics.counter(
            "prometheus_tsdb_checkpoint_deletions_failed_total",
            "Total number of checkpoint deletions that failed.");
    gcSeconds =
        metrics.summary(
            "prometheus_tsdb_head_gc_duration_seconds",
            "Runtime of garbage collection in the head block.",
            NO_QUANTILES);
    walTruncateSeconds =
        metrics.summary(
            "prometheus_tsdb_wal_truncate_duration_seconds",
            "Duration of WAL truncation.",
            NO_QUANTILES);
  }

  /// Runs what removes old series, and notes how long it took.
  void timeGc(Runnable work) {
    time(gcSeconds, work);
  }

  /// Runs what shortens the log, and notes how long it took.
  void timeWalTruncation(Runnable work) {
    time(walTruncateSeconds, work);
  }

  private void time(Summary seconds, Runnable work) {
    long start = clock.nanoTime();
    work.run();
    seconds.observe((clock.nanoTime() - start) / 1e9);
  }

  void seriesCreated() {
    created.inc();
  }

  /// Samples of new series that the cap of their job keeps out.
  Counter refused(String job) {
    return metrics.counter(
        "narthex_head_refused_samples_total",
        "Samples of new series that were refused because their job has as many series as"
            + " --storage.tsdb.max-series-per-job allows.",
        "job",
        job);
  }

  void seriesRemoved(int count) {
    removed.add(count);
  }

  void appended(HeadBatch batch, int floatsStored, int histogramsStored) {
    floats.add(floatsStored);
    if (histogramsStored > 0) {
      histograms.add(histogramsStored);
    }
    add(outOfOrder, batch.count(Outcome.OUT_OF_ORDER));
    add(outOfBounds, batch.count(Outcome.OUT_OF_BOUNDS));
    add(tooOld, batch.count(Outcome.TOO_OLD));
    add(notFound, batch.count(Outcome.UNKNOWN_REF));
  }

  private static void add(Counter counter, int count) {
    if (count > 0) {
      counter.add(count);
    }
  }
}
