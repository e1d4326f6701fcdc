package io.narthex.tsdb;

import io.narthex.metrics.Counter;
import io.narthex.metrics.Gauge;
import io.narthex.metrics.Histogram;
import io.narthex.metrics.Metrics;
import io.narthex.tsdb.block.Block;
import java.util.List;

/// The numbers that the storage as a whole tells about itself, with Prometheus' names.
final class TsdbMetrics {

  private static final double[] SECONDS = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512};
  private static final double[] ONLY_SUM = {};

  final Counter reloads;
  final Counter reloadFailures;
  final Counter compactions;
  final Counter compactionsFailed;
  final Counter compactionsTriggered;
  final Counter compactionsSkipped;
  final Counter staleCompactionsTriggered;
  final Counter staleCompactionsFailed;
  final Histogram staleCompactionSeconds;
  final Counter timeRetentions;
  final Counter sizeRetentions;
  final Counter verticalCompactions;
  final Histogram compactionSeconds;
  final Histogram tombstoneCleanupSeconds;
  final Gauge populatingBlock;
  final Gauge replaySeconds;
  private final Histogram firstChunkSeconds;
  private final Histogram firstChunkSamples;
  private final Histogram firstChunkBytes;
  private final Gauge symbolBytes;
  final Gauge quarantined;
  private final Gauge limitBytes;
  private final Gauge limitSeconds;
  private final Gauge limitPercentage;
  private final Gauge blocksLoaded;
  private final Gauge blockBytes;
  private final Gauge lowestMs;
  private final Gauge lowestSeconds;

  TsdbMetrics(Metrics metrics) {
    String prefix = "prometheus_tsdb_";
    reloads =
        metrics.counter(
            prefix + "reloads_total",
            "Number of times the database reloaded block data from disk.");
    reloadFailures =
        metrics.counter(
            prefix + "reloads_failures_total",
            "Number of times the database failed to reloadBlocks block data from disk.");
    compactions =
        metrics.counter(
            prefix + "compactions_total",
            "Total number of compactions that were executed for the partition.");
    compactionsFailed =
        metrics.counter(
            prefix + "compactions_failed_total",
            "Total number of compactions that failed for the partition.");
    compactionsTriggered =
        metrics.counter(
            prefix + "compactions_triggered_total",
            "Total number of triggered compactions for the partition.");
    compactionsSkipped =
        metrics.counter(
            prefix + "compactions_skipped_total",
            "Total number of skipped compactions due to disabled auto compaction.");
    staleCompactionsTriggered =
        metrics.counter(
            prefix + "stale_series_compactions_triggered_total",
            "Total number of triggered stale series compactions.");
    staleCompactionsFailed =
        metrics.counter(
            prefix + "stale_series_compactions_failed_total",
            "Total number of stale series compactions that failed.");
    staleCompactionSeconds =
        metrics.histogram(
            prefix + "stale_series_compaction_duration_seconds",
            "Duration of stale series compaction runs.",
            exponential(1, 2, 14));
    verticalCompactions =
        metrics.counter(
            prefix + "vertical_compactions_total",
            "Total number of compactions done on overlapping blocks.");
    timeRetentions =
        metrics.counter(
            prefix + "time_retentions_total",
            "The number of times that blocks were deleted because the maximum time limit was"
                + " exceeded.");
    sizeRetentions =
        metrics.counter(
            prefix + "size_retentions_total",
            "The number of times that blocks were deleted because the maximum number of bytes was"
                + " exceeded.");
    compactionSeconds =
        metrics.histogram(
            prefix + "compaction_duration_seconds", "Duration of compaction runs", SECONDS);
    replaySeconds =
        metrics.gauge(
            prefix + "data_replay_duration_seconds", "Time taken to replay the data on disk.");
    blocksLoaded =
        metrics.gauge(prefix + "blocks_loaded", "Number of currently loaded data blocks");
    blockBytes =
        metrics.gauge(
            prefix + "storage_blocks_bytes",
            "The number of bytes that are currently used for local storage by all blocks.");
    lowestMs =
        metrics.gauge(
            prefix + "lowest_timestamp",
            "Lowest timestamp value stored in the database. The unit is decided by the library"
                + " consumer.");
    lowestSeconds =
        metrics.gauge(
            prefix + "lowest_timestamp_seconds", "Lowest timestamp value stored in the database.");
    tombstoneCleanupSeconds =
        metrics.histogram(
            prefix + "tombstone_cleanup_seconds",
            "The time taken to recompact blocks to remove tombstones.",
            ONLY_SUM);
    populatingBlock =
        metrics.gauge(
            prefix + "compaction_populating_block",
            "Set to 1 when a block is currently being written to the disk.");
    firstChunkSeconds =
        metrics.histogram(
            prefix + "compaction_chunk_range_seconds",
            "Final time range of chunks on their first compaction",
            exponential(100, 4, 10));
    firstChunkSamples =
        metrics.histogram(
            prefix + "compaction_chunk_samples",
            "Final number of samples on their first compaction",
            exponential(4, 1.5, 12));
    firstChunkBytes =
        metrics.histogram(
            prefix + "compaction_chunk_size_bytes",
            "Final size of chunks on their first compaction",
            exponential(32, 1.5, 12));
    symbolBytes =
        metrics.gauge(
            prefix + "symbol_table_size_bytes", "Size of symbol table in memory for loaded blocks");
    limitBytes =
        metrics.gauge(
            prefix + "retention_limit_bytes",
            "Max number of bytes to be retained in the tsdb blocks, configured 0 means disabled");
    limitSeconds =
        metrics.gauge(prefix + "retention_limit_seconds", "How long to retain samples in storage.");
    limitPercentage =
        metrics.gauge(
            prefix + "retention_limit_percentage",
            "Max percentage of total storage space to be retained in the tsdb blocks, configured 0"
                + " means disabled");
    quarantined =
        metrics.gauge(
            prefix + "blocks_quarantined",
            "Number of block folders that cannot be read and are left out.");
  }

  private static double[] exponential(double start, double factor, int count) {
    double[] bounds = new double[count];
    double bound = start;
    for (int i = 0; i < count; i++) {
      bounds[i] = bound;
      bound *= factor;
    }
    return bounds;
  }

  /// Counts a chunk that goes from the head into a block.
  void firstChunk(long spanMs, int samples, int lengthBytes) {
    firstChunkSeconds.observe(spanMs / 1000.0);
    firstChunkSamples.observe(samples);
    firstChunkBytes.observe(lengthBytes);
  }

  /// Notes the limits in force.
  void limits(TsdbLimits limits) {
    limitBytes.set(limits.retentionBytes());
    limitSeconds.set(limits.retentionMs() / 1000.0);
    limitPercentage.set(limits.retentionPercentage());
  }

  /// Notes which blocks are open, oldest first.
  void blocks(List<Block> blocks) {
    blocksLoaded.set(blocks.size());
    blockBytes.set(blocks.stream().mapToLong(Block::sizeBytes).sum());
    symbolBytes.set(blocks.stream().mapToLong(b -> b.index().symbolTableBytes()).sum());
    if (!blocks.isEmpty()) {
      lowestMs.set(blocks.getFirst().meta().minMs());
      lowestSeconds.set(blocks.getFirst().meta().minMs() / 1000.0);
    }
  }
}
