package io.narthex.tsdb.offline;

import io.narthex.io.bytes.BytesIn;
import java.util.Arrays;

/// Stands at a series of one block in one run.
final class RunCursor implements Comparable<RunCursor> {

  private final BytesIn in;
  private final int number;
  private byte[] key = {};

  /// @param number of the run: the later one's samples came later
  RunCursor(BytesIn in, int number) {
    this.in = in;
    this.number = number;
  }

  /// Goes on to the next series, if there is one.
  boolean next() {
    if (!in.hasRemaining()) {
      return false;
    }
    key = in.bytes(in.uvarint31());
    return true;
  }

  /// Key of the series at hand; nobody changes it.
  byte[] key() {
    return key;
  }

  /// Adds the samples of the series at hand, once; returns how many bytes they are.
  long readInto(CommittedSamples samples) {
    long from = in.position();
    int count = in.uvarint31();
    long tMs = 0;
    int commit = 0;
    for (int i = 0; i < count; i++) {
      tMs += in.varint();
      double value = in.f64();
      commit += in.uvarint31();
      samples.add(tMs, value, commit);
    }
    return in.position() - from + key.length;
  }

  @Override
  public int compareTo(RunCursor other) {
    int order = Arrays.compareUnsigned(key, other.key);
    return order != 0 ? order : Integer.compare(number, other.number);
  }
}
