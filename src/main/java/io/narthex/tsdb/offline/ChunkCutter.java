package io.narthex.tsdb.offline;

import io.narthex.tsdb.block.BlockWriter;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.XorAppender;

/// Cuts the samples of a series into chunks where Prometheus' head would: at about 120 samples, at
/// a quarter of which the end is forecast so that chunks share the rest of their range evenly.
final class ChunkCutter {

  private static final int SAMPLES = 120;
  private static final int MOST_BYTES = 1024 - 19;

  private final BlockWriter writer;
  private final long rangeMs;
  private final XorAppender chunk = new XorAppender();
  private long firstMs;
  private long endMs;

  /// @param rangeMs span that a chunk never crosses
  ChunkCutter(BlockWriter writer, long rangeMs) {
    this.writer = writer;
    this.rangeMs = rangeMs;
  }

  /// Writes `[0, size)` as chunks of the writer's series at hand.
  void write(long[] timesMs, double[] values, int size) {
    chunk.reset();
    for (int i = 0; i < size; i++) {
      if (chunk.count() > 0 && mustCut(timesMs[i])) {
        put();
      }
      if (chunk.count() == 0) {
        firstMs = timesMs[i];
        endMs = Math.floorDiv(firstMs, rangeMs) * rangeMs + rangeMs;
      }
      chunk.append(timesMs[i], values[i]);
    }
    if (chunk.count() > 0) {
      put();
    }
  }

  private boolean mustCut(long tMs) {
    int count = chunk.count();
    if (chunk.lengthBytes() > MOST_BYTES) {
      return true;
    }
    if (count == SAMPLES / 4) {
      double chunks = (endMs - firstMs) / ((chunk.lastMs() - firstMs + 1) * 4.0);
      endMs = chunks <= 1 ? endMs : firstMs + (long) ((endMs - firstMs) / Math.floor(chunks));
    }
    return tMs >= endMs || count >= SAMPLES * 2;
  }

  private void put() {
    writer.chunk(firstMs, chunk.lastMs(), ChunkEncoding.XOR, chunk.array(), 0, chunk.lengthBytes());
    chunk.reset();
  }
}
