package io.narthex.scrape;

import io.narthex.model.sample.MetricType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The entries of one body as columns, 33 bytes each and 20 more where start timestamps are wanted:
/// where an entry's series text stood and what it is known by, the reference of its series, its
/// last value. The text itself is not kept: it is by far the largest part of what a server would
/// have to remember of a target. Comments (HELP, TYPE, UNIT and others) are entries too; their
/// reference is the index of their family's metadata, or -1, and their value the ordinal of the
/// type they set, or -1.
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

  /// The comment says the unit of its family.
  static final byte UNIT = 64;

  /// The line is no sample: it says since when others count.
  static final int CREATED = 128;

  /// What was found out about a series when it was seen first, and goes with its line.
  static final int LASTING = DROPPED | CREATED;

  int size;
  int[] starts;

  /// Length of the series text, or of the whole comment.
  int[] textLengths;

  /// {@link TextHash} of the series text, or of the whole comment.
  long[] hashes;

  long[] refs;
  double[] values;
  byte[] flags;

  /// Null where no start timestamps are wanted.
  @Nullable LineStarts since;

  LineTable(int capacity) {
    starts = new int[capacity];
    textLengths = new int[capacity];
    hashes = new long[capacity];
    refs = new long[capacity];
    values = new double[capacity];
    flags = new byte[capacity];
  }

  boolean is(int i, int flag) {
    return (flags[i] & flag) != 0;
  }

  /// Adds an entry and returns its index.
  int add(int start, int textLength, long hash, long ref, double value, int flag) {
    if (size == starts.length) {
      resize(Math.max(16, size + (size >> 1)));
    }
    int i = size++;
    starts[i] = start;
    textLengths[i] = textLength;
    hashes[i] = hash;
    refs[i] = ref;
    values[i] = value;
    flags[i] = (byte) flag;
    if (since != null) {
      since.clear(i);
    }
    return i;
  }

  /// Begins to keep what start timestamps need.
  LineStarts keepStarts() {
    LineStarts kept = since;
    if (kept == null) {
      since = kept = new LineStarts(starts.length);
    }
    return kept;
  }

  /// Lets entry `i` take over what entry `from` of `table` has of starts.
  void inherit(int i, LineTable table, int from) {
    if (since != null && table.since != null) {
      since.copy(i, table.since, from);
    }
  }

  /// Takes the entries from `from` on away and returns them as a table of their own.
  LineTable splitOff(int from) {
    LineTable tail = new LineTable(size - from);
    tail.size = size - from;
    System.arraycopy(starts, from, tail.starts, 0, tail.size);
    System.arraycopy(textLengths, from, tail.textLengths, 0, tail.size);
    System.arraycopy(hashes, from, tail.hashes, 0, tail.size);
    System.arraycopy(refs, from, tail.refs, 0, tail.size);
    System.arraycopy(values, from, tail.values, 0, tail.size);
    System.arraycopy(flags, from, tail.flags, 0, tail.size);
    tail.since = since == null ? null : since.tail(from, tail.size);
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
    hashes = Arrays.copyOf(hashes, capacity);
    refs = Arrays.copyOf(refs, capacity);
    values = Arrays.copyOf(values, capacity);
    flags = Arrays.copyOf(flags, capacity);
    if (since != null) {
      since.resize(capacity);
    }
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

  /// The family whose unit holds at entry `i`, -1 if none does: a unit holds until another family
  /// is spoken of.
  int unitAt(int i) {
    long family = -1;
    for (int k = i; k >= 0; k--) {
      if (!is(k, COMMENT) || refs[k] < 0) {
        continue;
      }
      if (family >= 0 && refs[k] != family) {
        return -1;
      }
      family = refs[k];
      if (is(k, UNIT)) {
        return (int) family;
      }
    }
    return -1;
  }

  static final MetricType[] TYPES = MetricType.values();
}
