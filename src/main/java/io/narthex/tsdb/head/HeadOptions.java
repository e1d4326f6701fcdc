package io.narthex.tsdb.head;

import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.wal.WalOptions;

/// How the head keeps series.
///
/// @param chunkRangeMs span that a chunk never crosses, and that of the head's blocks; below 2^31
/// @param samplesPerChunk samples that a chunk aims at; twice as many at most
/// @param maxSeries series that the head takes at most, 0 for any number; new ones are then refused
/// @param maxSeriesPerJob series with the same `job` that the head takes at most, 0 for any number
/// @param outOfOrderWindowMs how much older than the newest sample of the head a late sample may
///   be; 0 takes none
/// @param metadataInWal whether metadata of series goes to the log
/// @param maxExemplars exemplars kept, 0 for none
/// @param floatEncoding of the chunks that leave memory: {@link ChunkEncoding#XOR} or {@link
///   ChunkEncoding#XOR2}
/// @param histogramStarts whether chunks of histograms have room for start timestamps, which older
///   servers cannot read
/// @param wal how the log is written, and whether start timestamps are kept at all; those of floats
///   get lost in chunks of {@link ChunkEncoding#XOR}
public record HeadOptions(
    long chunkRangeMs,
    int samplesPerChunk,
    int maxSeries,
    int maxSeriesPerJob,
    long outOfOrderWindowMs,
    boolean metadataInWal,
    int maxExemplars,
    int floatEncoding,
    boolean histogramStarts,
    WalOptions wal) {

  public HeadOptions {
    if (chunkRangeMs <= 0 || chunkRangeMs > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "block duration must be above 0 and below 24 days: chunkRangeMs=" + chunkRangeMs);
    }
    if (samplesPerChunk < 4 || samplesPerChunk > 10_000) {
      throw new IllegalArgumentException(
          "samples per chunk must be 4..10000: samplesPerChunk=" + samplesPerChunk);
    }
  }

  /// Two hours, 120 samples, everything optional off.
  public static HeadOptions defaults() {
    return new HeadOptions(
        7_200_000, 120, 0, 0, 0, false, 0, ChunkEncoding.XOR, false, WalOptions.defaults());
  }
}
