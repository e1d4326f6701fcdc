package io.narthex.tsdb;

import io.narthex.tsdb.wal.WalOptions;

/// How the storage keeps data. Times in milliseconds.
///
/// @param minBlockMs span of the head's blocks
/// @param maxBlockMs longest span of a compacted block, 0 for a tenth of the retention, at most 31
///   days
/// @param retentionMs how much older than the newest block's end a block may be, 0 for ever
/// @param retentionBytes what blocks, WAL and head chunks may take together, 0 for any size
/// @param outOfOrderWindowMs how late a sample may be, 0 for in order only
/// @param samplesPerChunk samples that a chunk of the head aims at
/// @param maxHeadSeries series that the head takes at most, 0 for any number
/// @param walCompression whether the WAL is compressed with snappy
/// @param walSegmentBytes size of a WAL segment
/// @param lockFile whether the data folder is locked against other processes
/// @param overlappingCompaction whether blocks that overlap in time are merged
public record TsdbOptions(
    long minBlockMs,
    long maxBlockMs,
    long retentionMs,
    long retentionBytes,
    long outOfOrderWindowMs,
    int samplesPerChunk,
    int maxHeadSeries,
    boolean walCompression,
    int walSegmentBytes,
    boolean lockFile,
    boolean overlappingCompaction) {

  private static final long DAY_MS = 86_400_000;
  private static final long MONTH_MS = 31 * DAY_MS;

  public TsdbOptions {
    if (minBlockMs <= 0) {
      throw new IllegalArgumentException("min block duration must be positive: " + minBlockMs);
    }
    if (maxBlockMs != 0 && maxBlockMs < minBlockMs) {
      throw new IllegalArgumentException(
          "max block duration must be at least the min block duration: " + maxBlockMs);
    }
    if (retentionMs < 0 || retentionBytes < 0) {
      throw new IllegalArgumentException("retention must not be negative");
    }
  }

  /// Prometheus' defaults: blocks of two hours, 15 days.
  public static TsdbOptions defaults() {
    return new TsdbOptions(
        7_200_000,
        0,
        15 * DAY_MS,
        0,
        0,
        120,
        0,
        true,
        WalOptions.defaults().segmentBytes(),
        true,
        true);
  }

  /// These with another retention.
  public TsdbOptions withRetention(long ms, long bytes) {
    return new TsdbOptions(
        minBlockMs,
        maxBlockMs,
        ms,
        bytes,
        outOfOrderWindowMs,
        samplesPerChunk,
        maxHeadSeries,
        walCompression,
        walSegmentBytes,
        lockFile,
        overlappingCompaction);
  }

  /// These with another out-of-order window.
  public TsdbOptions withOutOfOrderWindow(long windowMs) {
    return new TsdbOptions(
        minBlockMs,
        maxBlockMs,
        retentionMs,
        retentionBytes,
        windowMs,
        samplesPerChunk,
        maxHeadSeries,
        walCompression,
        walSegmentBytes,
        lockFile,
        overlappingCompaction);
  }

  /// The longest span that compaction makes blocks of.
  long effectiveMaxBlockMs() {
    if (maxBlockMs != 0) {
      return maxBlockMs;
    }
    long tenth = retentionMs == 0 ? MONTH_MS : Math.min(MONTH_MS, retentionMs / 10);
    return Math.max(minBlockMs, tenth);
  }
}
