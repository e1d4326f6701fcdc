package io.narthex.tsdb.head;

import java.util.Arrays;
import java.util.function.LongPredicate;

/// References of series that share a label, ascending, as varint differences: mostly a byte each.
/// One thread appends; any thread may read, and sees the references up to some moment.
final class RefList {

  private static final byte[] NONE = {};

  private volatile byte[] deltas = NONE;
  private int bytes;
  private long last;
  private volatile int count;

  /// How many references there are.
  int count() {
    return count;
  }

  /// Adds a reference greater than all that are here.
  void add(long ref) {
    if (ref <= last) {
      throw new IllegalStateException("BUG: reference " + ref + " after " + last);
    }
    long rest = ref - last;
    byte[] out = room();
    while ((rest & ~0x7fL) != 0) {
      out[bytes++] = (byte) (rest | 0x80);
      rest >>>= 7;
      out = room();
    }
    out[bytes++] = (byte) rest;
    last = ref;
    count = count + 1;
  }

  private byte[] room() {
    byte[] out = deltas;
    if (bytes == out.length) {
      // Sizes of 8n+4 waste nothing behind a 12-byte array header.
      out = Arrays.copyOf(out, (bytes + Math.max(4, bytes >> 2) + 3 & ~7) + 4);
      deltas = out;
    }
    return out;
  }

  /// A copy of the references.
  long[] toArray() {
    int n = count;
    byte[] in = deltas;
    long[] refs = new long[n];
    long ref = 0;
    int at = 0;
    for (int i = 0; i < n; i++) {
      long delta = in[at++];
      if (delta < 0) {
        delta &= 0x7f;
        int shift = 7;
        byte next;
        do {
          next = in[at++];
          delta |= (long) (next & 0x7f) << shift;
          shift += 7;
        } while (next < 0);
      }
      ref += delta;
      refs[i] = ref;
    }
    return refs;
  }

  /// A list of the references that `keep` holds for.
  RefList filter(LongPredicate keep) {
    RefList kept = new RefList();
    for (long ref : toArray()) {
      if (keep.test(ref)) {
        kept.add(ref);
      }
    }
    return kept;
  }
}
