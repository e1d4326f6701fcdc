package io.narthex.tsdb.index;

import java.util.Arrays;

/// The chunks of one series as columns, in time order: first and last sample, both inclusive, and
/// where the chunk lies. Reusable, not thread-safe. A chunk reference of a block is the index of
/// its segment file, counted from 0, in the upper 32 bits, and the offset in it in the lower ones.
public final class ChunkMetas {

  private long[] minMs = new long[8];
  private long[] maxMs = new long[8];
  private long[] refs = new long[8];
  private int size;

  public int size() {
    return size;
  }

  /// Time of the first sample of chunk `i`.
  public long minMs(int i) {
    return minMs[i];
  }

  /// Time of the last sample of chunk `i`.
  public long maxMs(int i) {
    return maxMs[i];
  }

  /// Reference of chunk `i`.
  public long ref(int i) {
    return refs[i];
  }

  public void clear() {
    size = 0;
  }

  public void add(long chunkMinMs, long chunkMaxMs, long ref) {
    if (size == minMs.length) {
      minMs = Arrays.copyOf(minMs, size * 2);
      maxMs = Arrays.copyOf(maxMs, size * 2);
      refs = Arrays.copyOf(refs, size * 2);
    }
    minMs[size] = chunkMinMs;
    maxMs[size] = chunkMaxMs;
    refs[size++] = ref;
  }

  /// A compact copy.
  public ChunkMetas copy() {
    ChunkMetas copy = new ChunkMetas();
    copy.minMs = Arrays.copyOf(minMs, size);
    copy.maxMs = Arrays.copyOf(maxMs, size);
    copy.refs = Arrays.copyOf(refs, size);
    copy.size = size;
    return copy;
  }
}
