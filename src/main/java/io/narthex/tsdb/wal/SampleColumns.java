package io.narthex.tsdb.wal;

import java.util.Arrays;

/// Float samples of one record, as columns. Reusable; not thread-safe.
public final class SampleColumns {

  /// Series references as they stand in the log.
  public long[] refs = new long[1024];

  public long[] timesMs = new long[1024];
  public double[] values = new double[1024];
  public int size;

  void reserve(int samples) {
    if (samples > refs.length) {
      int capacity = Math.max(samples, refs.length * 2);
      refs = Arrays.copyOf(refs, capacity);
      timesMs = Arrays.copyOf(timesMs, capacity);
      values = Arrays.copyOf(values, capacity);
    }
  }

  /// Adds a sample.
  public void add(long ref, long tMs, double value) {
    reserve(size + 1);
    refs[size] = ref;
    timesMs[size] = tMs;
    values[size] = value;
    size++;
  }
}
