package io.narthex.tsdb.head;

import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import io.narthex.metrics.Metrics;
import java.nio.file.Path;

/// The numbers of the head that are asked for when metrics are read, with Prometheus' names.
final class HeadGauges {

  private HeadGauges() {}

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
  static void register(Metrics metrics, HeadState state) {
    registerExemplars(metrics, state.exemplars);
    metrics.gaugeFunction(
        "prometheus_tsdb_head_series",
        "Total number of series in the head block.",
        () -> state.table.live());
    metrics.gaugeFunction(
        "prometheus_tsdb_head_stale_series",
        "Total number of stale series in the head block.",
        () -> StaleSeries.count(state));
    metrics.gaugeFunction(
        "prometheus_tsdb_head_native_histogram_series",
        "Number of series whose most recent in-order sample is a native histogram.",
        state.histograms::count);
    metrics.gaugeFunction(
        "prometheus_tsdb_head_native_histogram_buckets",
        "Number of positive and negative bucket entries in the most recent in-order native"
            + " histogram sample of each series, including entries carried by staleness markers.",
        state.histograms::bucketCount);
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
    times(metrics, state);
  }

  private static void times(Metrics metrics, HeadState state) {
    metrics.gaugeFunction(
        "prometheus_tsdb_head_min_time_seconds",
        "Minimum time bound of the head block.",
        () -> seconds(state.minMs));
    metrics.gaugeFunction(
        "prometheus_tsdb_head_max_time_seconds",
        "Maximum timestamp of the head block.",
        () -> seconds(state.maxMs));
    metrics.gaugeFunction(
        "prometheus_tsdb_head_active_appenders",
        "Number of currently active appender transactions",
        () -> (state.commitLock.isLocked() ? 1 : 0) + state.commitLock.getQueueLength());
    metrics.gaugeFunction(
        "prometheus_tsdb_isolation_low_watermark",
        "The lowest TSDB append ID that is still referenced.",
        () -> state.isolation.lowest());
    metrics.counterFunction(
        "prometheus_tsdb_mmap_chunks_total",
        "Total number of chunks that were memory-mapped.",
        () -> state.files.appended());
  }

  /// Whole seconds, as the reference cuts them.
  private static double seconds(long ms) {
    return (double) (ms / 1000);
  }

  /// Registers the sizes of the head's folders on disk.
  static void registerSizes(Metrics metrics, Disk disk, Path wal, Path wbl, Path chunks) {
    metrics.gaugeFunction(
        "prometheus_tsdb_wal_storage_size_bytes",
        "Size of the write log directory.",
        () -> sizeBytes(disk, wal));
    metrics.gaugeFunction(
        "prometheus_tsdb_out_of_order_wbl_storage_size_bytes",
        "Size of the write log directory.",
        () -> sizeBytes(disk, wbl));
    metrics.gaugeFunction(
        "prometheus_tsdb_head_chunks_storage_size_bytes",
        "Size of the chunks_head directory.",
        () -> sizeBytes(disk, chunks));
  }

  private static double sizeBytes(Disk disk, Path directory) {
    try {
      return disk.exists(directory) ? disk.sizeBytes(directory) : 0;
    } catch (DiskException e) {
      // A file that was there when the folder was listed may be gone.
      return Double.NaN;
    }
  }
}
