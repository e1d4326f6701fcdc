package io.narthex.tsdb.head;

import io.narthex.clock.Clock;
import io.narthex.metrics.Counter;
import io.narthex.metrics.Histogram;
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

  private static final String DELTA =
      "Delta in seconds by which a sample is considered out of order (reported regardless of OOO"
          + " time window and whether sample is accepted or not).";

  /// Upper bounds of how late samples are, in seconds: 10 minutes to 12 hours.
  private static final double[] DELTA_BOUNDS = {600, 1800, 3600, 7200, 10_800, 21_600, 43_200};

  private static final double[] NO_QUANTILES = {};

  private final ByKind appended;
  private final ByKind late;
  private final ByKind outOfOrder;
  private final ByKind outOfBounds;
  private final ByKind tooOld;
  private final Histogram outOfOrderSeconds;
  private final Counter appenders;
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
    appended =
        byKind("prometheus_tsdb_head_samples_appended_total", "Total number of appended samples.");
    late =
        byKind(
            "prometheus_tsdb_head_out_of_order_samples_appended_total",
            "Total number of appended out of order samples.");
    outOfOrder = byKind("prometheus_tsdb_out_of_order_samples_total", OUT_OF_ORDER);
    outOfBounds = byKind("prometheus_tsdb_out_of_bound_samples_total", OUT_OF_BOUNDS);
    tooOld = byKind("prometheus_tsdb_too_old_samples_total", TOO_OLD);
    outOfOrderSeconds = metrics.histogram("prometheus_tsdb_sample_ooo_delta", DELTA, DELTA_BOUNDS);
    appenders =
        metrics.counter(
            "prometheus_tsdb_head_appenders_created_total",
            "Total number of appender transactions created.");
    // Stays 0: a snapshot of memory is never read, see ChunkSnapshots.
    metrics.counter(
        "prometheus_tsdb_snapshot_replay_error_total",
        "Total number snapshot replays that failed.");
    notFound =
        metrics.counter(
            "prometheus_tsdb_head_series_not_found_total",
            "Total number of requests for series that were not found.");
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

  /// Counts a batch that is about to be committed, also one that will fail.
  void transaction() {
    appenders.inc();
  }

  /// Notes how far a sample that is out of order lies behind the newest one of the head.
  void outOfOrder(long behindMs) {
    if (behindMs > 0) {
      outOfOrderSeconds.observe(behindMs / 1e3);
    }
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
    appended.add(floatsStored, histogramsStored);
    add(outOfOrder, batch, Outcome.OUT_OF_ORDER);
    add(outOfBounds, batch, Outcome.OUT_OF_BOUNDS);
    add(tooOld, batch, Outcome.TOO_OLD);
    int unknown = batch.count(Outcome.UNKNOWN_REF);
    if (unknown > 0) {
      notFound.add(unknown);
    }
  }

  private static void add(ByKind counters, HeadBatch batch, Outcome outcome) {
    int count = batch.count(outcome);
    if (count > 0) {
      int ofHistograms = batch.countHistograms(outcome);
      counters.add(count - ofHistograms, ofHistograms);
    }
  }

  /// Counts samples that were taken out of order; {@link #appended} counts them, too.
  void appendedLate(int floatsStored, int histogramsStored) {
    late.add(floatsStored, histogramsStored);
  }

  private ByKind byKind(String name, String help) {
    return new ByKind(
        metrics.counter(name, help, "type", "float"),
        metrics.counter(name, help, "type", "histogram"));
  }

  /// A counter for each kind of sample.
  private record ByKind(Counter floats, Counter histograms) {

    void add(int ofFloats, int ofHistograms) {
      floats.add(ofFloats);
      if (ofHistograms > 0) {
        histograms.add(ofHistograms);
      }
    }
  }
}
