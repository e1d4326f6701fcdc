package io.narthex.tsdb;

import io.narthex.tsdb.wal.WalOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How the storage keeps data. Times in milliseconds.
///
/// @param minBlockMs span of the head's blocks
/// @param maxBlockMs longest span of a compacted block, 0 for a tenth of the retention, at most 31
///   days
/// @param limits what may be set anew later
/// @param head how the head and its log are written
/// @param blocks how blocks are made of blocks
/// @param lockFile whether the data folder is locked against other processes
public record TsdbOptions(
    long minBlockMs,
    long maxBlockMs,
    TsdbLimits limits,
    HeadPart head,
    BlockPart blocks,
    boolean lockFile) {

  private static final long DAY_MS = 86_400_000;
  private static final long MONTH_MS = 31 * DAY_MS;

  /// How the head and its log are written.
  ///
  /// @param samplesPerChunk samples that a chunk of the head aims at
  /// @param maxSeries series that the head takes at most, 0 for any number
  /// @param maxSeriesPerJob series with the same `job` that the head takes at most, 0 for any
  ///   number
  /// @param metadataInWal whether metadata of series goes to the log
  /// @param xor2 whether floats are written in chunks of the newer encoding, which older servers
  ///   cannot read
  /// @param histogramStarts whether histograms are written in chunks with room for start
  ///   timestamps, which older servers cannot read; without, only the log has theirs
  /// @param snapshotOnClose whether closing writes what is in memory for Prometheus, see {@link
  ///   io.narthex.tsdb.head.ChunkSnapshots}
  /// @param wal how the log is written, and whether start timestamps are kept
  public record HeadPart(
      int samplesPerChunk,
      int maxSeries,
      int maxSeriesPerJob,
      boolean metadataInWal,
      boolean xor2,
      boolean histogramStarts,
      boolean snapshotOnClose,
      WalOptions wal) {

    public HeadPart {
      if (wal.starts() && !xor2) {
        throw new IllegalArgumentException(
            "XOR chunks have no room for start timestamps: xor2=false wal.starts=true");
      }
    }
  }

  /// How blocks are made of blocks.
  ///
  /// @param overlapping whether blocks that overlap in time are merged
  /// @param delayPercent the head's block waits for a random part of so much of its span, so that
  ///   many servers do not all compact at once; 0 to wait for nothing
  /// @param uploads the file in which Thanos' shipper lists the blocks that it has uploaded; a
  ///   level 1 block is compacted only once it is in there. Null to wait for nobody
  /// @param maxSegmentBytes of a file of chunks, at most
  /// @param reloadMs time between two looks at the folder and at what there is to be done
  public record BlockPart(
      boolean overlapping,
      int delayPercent,
      @Nullable Path uploads,
      long maxSegmentBytes,
      long reloadMs) {

    /// Overlapping blocks are merged, at once.
    public static BlockPart defaults() {
      return new BlockPart(true, 0, null, 512L << 20, 60_000);
    }
  }

  public TsdbOptions {
    if (minBlockMs <= 0) {
      throw new IllegalArgumentException("min block duration must be positive: " + minBlockMs);
    }
    if (maxBlockMs != 0 && maxBlockMs < minBlockMs) {
      throw new IllegalArgumentException(
          "max block duration must be at least the min block duration: " + maxBlockMs);
    }
  }

  /// Prometheus' defaults: blocks of two hours, 15 days.
  public static TsdbOptions defaults() {
    return new TsdbOptions(
        7_200_000,
        0,
        TsdbLimits.defaults(),
        new HeadPart(120, 0, 0, false, false, false, false, WalOptions.defaults()),
        BlockPart.defaults(),
        true);
  }

  /// These with other limits.
  public TsdbOptions withLimits(TsdbLimits other) {
    return new TsdbOptions(minBlockMs, maxBlockMs, other, head, blocks, lockFile);
  }

  /// These with another retention.
  public TsdbOptions withRetention(long ms, long bytes) {
    return withLimits(limits.withRetention(ms, bytes));
  }

  /// These with another out-of-order window.
  public TsdbOptions withOutOfOrderWindow(long windowMs) {
    return withLimits(limits.withOutOfOrderWindow(windowMs));
  }

  /// These with another way of writing the head.
  public TsdbOptions withHead(HeadPart other) {
    return new TsdbOptions(minBlockMs, maxBlockMs, limits, other, blocks, lockFile);
  }

  /// These with another way of making blocks.
  public TsdbOptions withBlocks(BlockPart other) {
    return new TsdbOptions(minBlockMs, maxBlockMs, limits, head, other, lockFile);
  }

  /// These without a lock on the data folder.
  public TsdbOptions withoutLock() {
    return new TsdbOptions(minBlockMs, maxBlockMs, limits, head, blocks, false);
  }

  /// The longest span that compaction makes blocks of.
  long effectiveMaxBlockMs() {
    if (maxBlockMs != 0) {
      return maxBlockMs;
    }
    long retentionMs = limits.retentionMs();
    long tenth = retentionMs == 0 ? MONTH_MS : Math.min(MONTH_MS, retentionMs / 10);
    return Math.max(minBlockMs, tenth);
  }
}
