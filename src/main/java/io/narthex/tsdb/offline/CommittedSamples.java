package io.narthex.tsdb.offline;

import io.narthex.storage.StorageException;
import java.util.Arrays;

/// The samples of one series in one block. What is taken and refused is what Prometheus' head would
/// take and refuse: a sample older than a committed one is an error, one that is older than another
/// one of the same commit is left out.
final class CommittedSamples {

  private long[] timesMs = new long[128];
  private double[] values = new double[128];
  private int size;

  /// How many samples the commits before the last one have brought.
  private int committed;

  private int lastCommit;
  private long dropped;

  /// Begins a series.
  void clear() {
    size = 0;
    committed = 0;
    lastCommit = -1;
  }

  /// Adds a sample.
  ///
  /// @throws StorageException if it cannot be taken
  void add(long tMs, double value, int commit) {
    if (commit != lastCommit) {
      lastCommit = commit;
      committed = size;
    }
    if (fits(tMs, value)) {
      append(tMs, value);
    }
  }

  private boolean fits(long tMs, double value) {
    if (committed > 0) {
      long lastMs = timesMs[committed - 1];
      if (tMs < lastMs) {
        throw new StorageException("out of order sample");
      }
      if (tMs == lastMs) {
        if (bits(values[committed - 1]) != bits(value)) {
          throw new StorageException("duplicate sample for timestamp");
        }
        return false;
      }
    }
    if (size > committed && tMs <= timesMs[size - 1]) {
      boolean same = tMs == timesMs[size - 1] && bits(values[size - 1]) == bits(value);
      dropped += same ? 0 : 1;
      return false;
    }
    return true;
  }

  private static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  private void append(long tMs, double value) {
    if (size == timesMs.length) {
      timesMs = Arrays.copyOf(timesMs, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    timesMs[size] = tMs;
    values[size++] = value;
  }

  /// Writes them, as chunks of the series at hand.
  void writeTo(ChunkCutter cutter) {
    cutter.write(timesMs, values, size);
  }

  long firstMs() {
    return timesMs[0];
  }

  long lastMs() {
    return timesMs[size - 1];
  }

  /// How many samples of all series were left out.
  long dropped() {
    return dropped;
  }
}
