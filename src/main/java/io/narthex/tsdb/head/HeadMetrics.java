package io.narthex.tsdb.head;

import io.narthex.metrics.Counter;
import io.narthex.metrics.Metrics;
import io.narthex.metrics.Summary;
import io.narthex.storage.Appender.Outcome;

/// The numbers that the head tells about itself, with Prometheus' names.
final class HeadMetrics {

  private static final double[] NO_QUANTILES = {};
  private static final String TOO_OLD =
      "Total number of out of order samples ingestion failed attempts with out of support enabled,"
          + " but sample outside of time window.";
  private static final String OUT_OF_BOUNDS =
      "Total number of out of bound samples ingestion failed attempts with out of order support"
          + " disabled.";
  private static final String OUT_OF_ORDER =
      "Total number of out of order samples ingestion failed attempts due to out of order being"
          + " disabled.";

  private final Counter floats;
  private final Counter histograms;
  private final Counter outOfOrder;
  private final Counter outOfBounds;
  private final Counter tooOld;
  private final Counter created;
  private final Counter removed;
  final Counter truncations;
  final Counter truncationsFailed;
  final Summary gcSeconds;
  private final Counter lateFloats;
  private final Counter lateHistograms;
  private final Counter notFound;

  HeadMetrics(Metrics metrics) {
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
    gcSeconds =
        metrics.summary(
            "prometheus_tsdb_head_gc_duration_seconds",
            "Runtime of garbage collection in the head block.",
            NO_QUANTILES);
    String late = "prometheus_tsdb_head_out_of_order_samples_appended_total";
    String lateHelp = "Total number of appended out of order samples.";
    lateFloats = metrics.counter(late, lateHelp, "type", "float");
    lateHistograms = metrics.counter(late, lateHelp, "type", "histogram");
    notFound =
        metrics.counter(
            "prometheus_tsdb_head_series_not_found_total",
            "Total number of requests for series that were not found.");
  }

  private static void registerExemplars(Metrics metrics, ExemplarRing exemplars) {
    String prefix = "prometheus_tsdb_exemplar_";
    metrics.counterFunction(
        prefix + "exemplars_appended_total",
        "Total number of appended exemplars.",
        exemplars::appended);
    metrics.counterFunction(
        prefix + "out_of_order_exemplars_total",
        "Total number of out of order exemplar ingestion failed attempts.",
        exemplars::outOfOrder);
    metrics.gaugeFunction(
        prefix + "exemplars_in_storage",
        "Number of exemplars currently in circular storage.",
        exemplars::count);
    metrics.gaugeFunction(
        prefix + "series_with_exemplars_in_storage",
        "Number of series with exemplars currently in circular storage.",
        exemplars::seriesCount);
    metrics.gaugeFunction(
        prefix + "last_exemplars_timestamp_seconds",
        "The timestamp of the oldest exemplar stored in circular storage. Useful to check for what"
            + " timerange the current exemplar buffer limit allows. This usually means the last"
            + " timestampfor all exemplars for a typical setup. This is not true though if one of"
            + " the series timestamp is in future compared to rest series.",
        () -> exemplars.oldestMs() / 1000.0);
    metrics.gaugeFunction(
        prefix + "max_exemplars",
        "Total number of exemplars the exemplar storage can store, resizeable.",
        exemplars::capacity);
  }

  /// Registers what is asked for when metrics are read.
  void register(Metrics metrics, HeadState state) {
    registerExemplars(metrics, state.exemplars);
    metrics.gaugeFunction(
        "prometheus_tsdb_head_series",
        "Total number of series in the head block.",
        () -> state.table.live());
    metrics.gaugeFunction(
        "prometheus_tsdb_head_chunks",
        "Total number of chunks in the head block.",
        () -> state.writer.chunksCreated() - state.writer.chunksRemoved());
    metrics.counterFunction(
        "prometheus_tsdb_head_chunks_created_total",
        "Total number of chunks created in the head",
        () -> state.writer.chunksCreated());
    metrics.counterFunction(
        "prometheus_tsdb_head_chunks_removed_total",
        "Total number of chunks removed in the head",
        () -> state.writer.chunksRemoved());
    metrics.gaugeFunction(
        "prometheus_tsdb_head_min_time",
        "Minimum time bound of the head block. The unit is decided by the library consumer.",
        () -> state.minMs);
    metrics.gaugeFunction(
        "prometheus_tsdb_head_max_time",
        "Maximum timestamp of the head block. The unit is decided by the library consumer.",
        () -> state.maxMs);
    metrics.gaugeFunction(
        "prometheus_tsdb_head_min_time_seconds",
        "Minimum time bound of the head block.",
        () -> Math.floorDiv(state.minMs, 1000L));
    metrics.gaugeFunction(
        "prometheus_tsdb_head_max_time_seconds",
        "Maximum timestamp of the head block.",
        () -> Math.floorDiv(state.maxMs, 1000L));
    metrics.gaugeFunction(
        "prometheus_tsdb_head_active_appenders",
        "Number of currently active appender transactions",
        () -> (state.commitLock.isLocked() ? 1 : 0) + state.commitLock.getQueueLength());
    metrics.gaugeFunction(
        "prometheus_tsdb_head_chunks_storage_size_bytes",
        "Size of the chunks_head directory.",
        () -> state.files.sizeBytes());
    metrics.counterFunction(
        "prometheus_tsdb_mmap_chunks_total",
        "Total number of chunks that were memory-mapped.",
        () -> state.files.appended());
    metrics.gaugeFunction(
        "prometheus_tsdb_isolation_low_watermark",
        "The lowest TSDB append ID that is still referenced.",
        () -> state.isolation.lowWatermark());
    metrics.gaugeFunction(
        "prometheus_tsdb_isolation_high_watermark",
        "The highest TSDB append ID that has been given out.",
        () -> state.isolation.published());
    metrics.gaugeFunction(
        "prometheus_tsdb_head_active_readers",
        "Readers of the head that are open.",
        () -> state.isolation.openReaders());
    metrics.gaugeFunction(
        "prometheus_tsdb_head_open_chunk_bytes",
        "Memory of open chunks outside the heap.",
        () -> state.slabs.usedBytes());
  }

  void seriesCreated() {
    created.inc();
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

  /// Counts a sample that came out of order and was stored.
  void appendedLate(boolean histogram) {
    (histogram ? lateHistograms : lateFloats).inc();
  }

  private static void add(Counter counter, int count) {
    if (count > 0) {
      counter.add(count);
    }
  }
}
