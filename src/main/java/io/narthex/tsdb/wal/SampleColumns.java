package io.narthex.tsdb.wal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Float samples of one record, as columns. Reusable; not thread-safe.
public final class SampleColumns {

  /// Series references as they stand in the log.
  public long[] refs = new long[1024];

  public long[] timesMs = new long[1024];
  public double[] values = new double[1024];
  public int size;

  /// Start timestamps beside the times, 0 where unknown; null if no sample has one.
  public long @Nullable [] startsMs;

  /// What `startsMs` was last.
  private long[] spare = {};

  /// Forgets all samples, keeps the arrays.
  public void clear() {
    size = 0;
    startsMs = null;
  }

  void reserve(int samples) {
    if (samples > refs.length) {
      int capacity = Math.max(samples, refs.length * 2);
      refs = Arrays.copyOf(refs, capacity);
      timesMs = Arrays.copyOf(timesMs, capacity);
      values = Arrays.copyOf(values, capacity);
      if (startsMs != null) {
        startsMs = Arrays.copyOf(startsMs, capacity);
      }
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

  /// Adds a sample with its start timestamp, 0 if that is unknown.
  public void add(long ref, long tMs, double value, long startMs) {
    add(ref, tMs, value);
    if (startMs != 0 && startsMs == null) {
      spare = spare.length < refs.length ? new long[refs.length] : spare;
      Arrays.fill(spare, 0);
      startsMs = spare;
    }
    if (startsMs != null) {
      startsMs[size - 1] = startMs;
    }
  }
}
