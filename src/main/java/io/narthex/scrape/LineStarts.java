package io.narthex.scrape;

import java.util.Arrays;

/// What a {@link LineTable} keeps of start timestamps, as columns beside its own.
final class LineStarts {

  /// Stands for a line that no other one is about.
  static final int NONE = -1;

  /// What the line has in common with the `_created` line about it, 0 if there can be none.
  long[] keys;

  /// That line in the same table, or `NONE`.
  int[] created;

  /// The start at which a zero was asked for last, 0 if none was.
  long[] zerosMs;

  LineStarts(int capacity) {
    keys = new long[capacity];
    created = new int[capacity];
    zerosMs = new long[capacity];
    Arrays.fill(created, NONE);
  }

  void clear(int i) {
    keys[i] = 0;
    created[i] = NONE;
    zerosMs[i] = 0;
  }

  /// What is about line `i` is found anew.
  void copy(int i, LineStarts other, int from) {
    keys[i] = other.keys[from];
    zerosMs[i] = other.zerosMs[from];
  }

  void forgetZeros() {
    Arrays.fill(zerosMs, 0);
  }

  LineStarts tail(int from, int length) {
    LineStarts tail = new LineStarts(length);
    System.arraycopy(keys, from, tail.keys, 0, length);
    System.arraycopy(zerosMs, from, tail.zerosMs, 0, length);
    return tail;
  }

  void resize(int capacity) {
    keys = Arrays.copyOf(keys, capacity);
    created = Arrays.copyOf(created, capacity);
    zerosMs = Arrays.copyOf(zerosMs, capacity);
  }
}
