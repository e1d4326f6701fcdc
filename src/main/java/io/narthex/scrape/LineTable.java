package io.narthex.scrape;

import io.narthex.model.sample.MetricType;
import java.util.Arrays;

/// The entries of one body as columns, 25 bytes each: where an entry's series text stands, the
/// reference of its series, its last value. Comments (HELP, TYPE, UNIT and others) are entries too;
/// their reference is the index of their family's metadata, or -1, and their value the ordinal of
/// the type they set, or -1.
final class LineTable {

  /// The entry is a comment.
  static final byte COMMENT = 1;

  /// Relabelling drops the series.
  static final byte DROPPED = 2;

  /// The series text stood before in the same body.
  static final byte REPEATED = 4;

  /// Behind the value stands a timestamp or an exemplar.
  static final byte SUFFIX = 8;

  /// The series ends with a stale marker when the entry is gone.
  static final byte TRACKED = 16;

  /// The entry was found again in the new body; only set in a table that is being replaced.
  static final byte TAKEN = 32;

  int size;
  int[] starts;

  /// Length of the series text, or of the whole comment.
  int[] textLengths;

  long[] refs;
  double[] values;
  byte[] flags;

  /// The index behind the last entry in the body.
  int end;

  LineTable(int capacity) {
    starts = new int[capacity];
    textLengths = new int[capacity];
    refs = new long[capacity];
    values = new double[capacity];
    flags = new byte[capacity];
  }

  /// The index behind entry `i`; blank lines that follow belong to it.
  int end(int i) {
    return i + 1 < size ? starts[i + 1] : end;
  }

  boolean is(int i, int flag) {
    return (flags[i] & flag) != 0;
  }

  /// Adds an entry and returns its index.
  int add(int start, int textLength, long ref, double value, int flag) {
    if (size == starts.length) {
      resize(Math.max(16, size + (size >> 1)));
    }
    int i = size++;
    put(i, start, textLength, ref, value, flag);
    return i;
  }

  void put(int i, int start, int textLength, long ref, double value, int flag) {
    starts[i] = start;
    textLengths[i] = textLength;
    refs[i] = ref;
    values[i] = value;
    flags[i] = (byte) flag;
  }

  /// Takes the entries from `from` on away and returns them as a table of their own.
  LineTable splitOff(int from) {
    LineTable tail = new LineTable(size - from);
    tail.size = size - from;
    tail.end = end;
    System.arraycopy(starts, from, tail.starts, 0, tail.size);
    System.arraycopy(textLengths, from, tail.textLengths, 0, tail.size);
    System.arraycopy(refs, from, tail.refs, 0, tail.size);
    System.arraycopy(values, from, tail.values, 0, tail.size);
    System.arraycopy(flags, from, tail.flags, 0, tail.size);
    size = from;
    return tail;
  }

  /// Gives back room beyond an eighth more than what is used.
  void trim() {
    if (starts.length > size + (size >> 3) + 16) {
      resize(size);
    }
  }

  private void resize(int capacity) {
    starts = Arrays.copyOf(starts, capacity);
    textLengths = Arrays.copyOf(textLengths, capacity);
    refs = Arrays.copyOf(refs, capacity);
    values = Arrays.copyOf(values, capacity);
    flags = Arrays.copyOf(flags, capacity);
  }

  /// The type that holds at entry `i`.
  MetricType typeAt(int i) {
    for (int k = i; k >= 0; k--) {
      if (is(k, COMMENT) && values[k] >= 0) {
        return TYPES[(int) values[k]];
      }
    }
    return MetricType.UNKNOWN;
  }

  static final MetricType[] TYPES = MetricType.values();
}
