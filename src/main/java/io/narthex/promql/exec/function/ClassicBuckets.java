package io.narthex.promql.exec.function;

import java.util.Arrays;

/// The buckets of one classic histogram at one step, cumulative, ascending by bound. Reused.
final class ClassicBuckets {

  /// Relative difference of neighbours that is rounding, not a fall.
  private static final double TOLERANCE = 1e-12;

  double[] bounds = new double[16];
  double[] counts = new double[16];
  int size;

  /// Whether the last {@link #quantile} had to raise counts, and where.
  boolean forced;

  double minBucket;
  double maxBucket;
  double maxDiff;

  void clear() {
    size = 0;
  }

  /// Adds a bucket; buckets come ascending by bound. Equal bounds become one.
  void add(double bound, double count) {
    if (size > 0 && bounds[size - 1] == bound) {
      counts[size - 1] += count;
      return;
    }
    if (size == bounds.length) {
      bounds = Arrays.copyOf(bounds, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
    }
    bounds[size] = bound;
    counts[size++] = count;
  }

  private boolean open() {
    return bounds[size - 1] == Double.POSITIVE_INFINITY;
  }

  /// The `q` quantile, linear inside a bucket; the counts are made monotonic on the way.
  double quantile(double q) {
    forced = false;
    if (Double.isNaN(q)) {
      return Double.NaN;
    }
    if (q < 0) {
      return Double.NEGATIVE_INFINITY;
    }
    if (q > 1) {
      return Double.POSITIVE_INFINITY;
    }
    if (!open()) {
      return Double.NaN;
    }
    makeMonotonic();
    double observations = counts[size - 1];
    if (size < 2 || observations == 0) {
      return Double.NaN;
    }
    double rank = q * observations;
    int b = 0;
    while (b < size - 1 && !(counts[b] >= rank)) {
      b++;
    }
    if (b == size - 1) {
      return bounds[size - 2];
    }
    if (b == 0 && bounds[0] <= 0) {
      return bounds[0];
    }
    double start = b == 0 ? 0 : bounds[b - 1];
    double below = b == 0 ? 0 : counts[b - 1];
    return start + (bounds[b] - start) * ((rank - below) / (counts[b] - below));
  }

  private void makeMonotonic() {
    minBucket = Double.POSITIVE_INFINITY;
    maxBucket = Double.NEGATIVE_INFINITY;
    maxDiff = 0;
    double previous = counts[0];
    for (int i = 1; i < size; i++) {
      double current = counts[i];
      if (current == previous) {
        continue;
      }
      if (close(previous, current)) {
        counts[i] = previous;
      } else if (current < previous) {
        counts[i] = previous;
        forced = true;
        minBucket = Math.min(minBucket, bounds[i]);
        maxBucket = Math.max(maxBucket, bounds[i]);
        maxDiff = Math.max(maxDiff, previous - current);
      } else {
        previous = current;
      }
    }
  }

  private static boolean close(double a, double b) {
    if (Double.isNaN(a) || Double.isNaN(b)) {
      return Double.isNaN(a) && Double.isNaN(b);
    }
    double sum = Math.abs(a) + Math.abs(b);
    double diff = Math.abs(a - b);
    if (a == 0 || b == 0 || sum < Double.MIN_NORMAL) {
      return diff < TOLERANCE * Double.MIN_NORMAL;
    }
    return diff / Math.min(sum, Double.MAX_VALUE) < TOLERANCE;
  }

  /// The share of observations between two values.
  double fraction(double from, double to) {
    if (!open()) {
      return Double.NaN;
    }
    double total = counts[size - 1];
    if (total == 0 || Double.isNaN(from) || Double.isNaN(to)) {
      return Double.NaN;
    }
    return from >= to ? 0 : (Math.min(rank(to), total) - Math.min(rank(from), total)) / total;
  }

  private double rank(double v) {
    double rank = 0;
    for (int i = 0; i < size; i++) {
      double lower = i > 0 ? bounds[i - 1] : bounds[0] <= 0 ? Double.NEGATIVE_INFINITY : 0;
      if (lower >= v) {
        return rank;
      }
      if (bounds[i] > v) {
        return lower == Double.NEGATIVE_INFINITY
            ? counts[i]
            : rank + (counts[i] - rank) * (v - lower) / (bounds[i] - lower);
      }
      rank = counts[i];
    }
    return counts[size - 1];
  }
}
