package io.narthex.tsdb.index;

import java.util.Arrays;

/// Gathers ids of several lists in any order. Lists of one label name are disjoint and often follow
/// each other, so nothing is merged on the way: at the end the ids are sorted, or set as bits where
/// they lie densely.
final class IdCollector {

  private static final int BITS_PER_ID = 64;

  private long[] ids = new long[64];
  private int size;
  private boolean ascending = true;
  private long least = Long.MAX_VALUE;
  private long most = -1;

  void addAll(Postings postings) {
    for (long id = postings.next(); id != Postings.END; id = postings.next()) {
      if (size == ids.length) {
        ids = Arrays.copyOf(ids, size * 2);
      }
      ascending &= id > most;
      least = Math.min(least, id);
      most = Math.max(most, id);
      ids[size++] = id;
    }
  }

  Postings toPostings() {
    if (!ascending && (most - least) / BITS_PER_ID < size) {
      return toBits();
    }
    sort();
    return new ArrayPostings(ids, size);
  }

  long[] toSortedArray() {
    sort();
    return ids.length == size ? ids : Arrays.copyOf(ids, size);
  }

  private Postings toBits() {
    long[] words = new long[(int) ((most - least) >>> 6) + 1];
    for (int i = 0; i < size; i++) {
      long bit = ids[i] - least;
      words[(int) (bit >>> 6)] |= 1L << bit;
    }
    return new BitPostings(least, words, size);
  }

  private void sort() {
    if (ascending) {
      return;
    }
    Arrays.sort(ids, 0, size);
    int n = 1;
    for (int i = 1; i < size; i++) {
      if (ids[i] != ids[n - 1]) {
        ids[n++] = ids[i];
      }
    }
    size = n;
    ascending = true;
  }
}
