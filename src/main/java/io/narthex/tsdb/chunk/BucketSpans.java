package io.narthex.tsdb.chunk;

import java.util.Arrays;

/// Spans of buckets as sorted lists of bucket indexes, and back. Spans are offset, length, offset,
/// length ..., an offset relative to the end of the span before.
final class BucketSpans {

  private BucketSpans() {}

  /// The index of each bucket.
  static int[] indexes(int[] spans) {
    int count = 0;
    for (int i = 1; i < spans.length; i += 2) {
      count += spans[i];
    }
    int[] indexes = new int[count];
    int index = 0;
    int n = 0;
    for (int i = 0; i < spans.length; i += 2) {
      index += spans[i];
      for (int k = spans[i + 1]; k > 0; k--) {
        indexes[n++] = index++;
      }
    }
    return indexes;
  }

  /// The fewest spans that have exactly these buckets.
  static int[] of(int[] indexes) {
    int[] spans = new int[2 * indexes.length];
    int n = 0;
    int next = 0;
    for (int index : indexes) {
      if (n > 0 && index == next) {
        spans[n - 1]++;
      } else {
        spans[n++] = index - next;
        spans[n++] = 1;
      }
      next = index + 1;
    }
    return Arrays.copyOf(spans, n);
  }

  /// Whether a bucket of `before` has a smaller count in `after`, or none.
  static boolean falls(int[] indexes, double[] before, int[] spans, double[] after) {
    int[] now = indexes(spans);
    int n = 0;
    for (int i = 0; i < indexes.length; i++) {
      while (n < now.length && now[n] < indexes[i]) {
        n++;
      }
      double value = n < now.length && now[n] == indexes[i] ? after[n] : 0;
      if (value < before[i]) {
        return true;
      }
    }
    return false;
  }

  /// Whether all of `some` are in `all`.
  static boolean contains(int[] all, int[] some) {
    int i = 0;
    for (int wanted : some) {
      while (i < all.length && all[i] < wanted) {
        i++;
      }
      if (i == all.length || all[i] != wanted) {
        return false;
      }
    }
    return true;
  }

  /// Indexes that are in either.
  static int[] union(int[] a, int[] b) {
    int[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return Arrays.stream(all).sorted().distinct().toArray();
  }

  /// Counts of the buckets `from`, put in the places of the buckets `to`, which contain them;
  /// others are 0.
  static double[] spread(int[] from, double[] counts, int[] to) {
    if (from.length == to.length) {
      return counts;
    }
    double[] spread = new double[to.length];
    int n = 0;
    for (int i = 0; i < to.length && n < from.length; i++) {
      if (to[i] == from[n]) {
        spread[i] = counts[n++];
      }
    }
    return spread;
  }
}
