package io.narthex.promql.exec.histogram;

import io.narthex.model.sample.FloatHistogram;
import java.util.Arrays;

/// All buckets of a histogram, ascending, the zero bucket among them, empty ones left out.
public final class BucketRow {

  public final double[] lower;
  public final double[] upper;
  public final double[] count;
  public int size;

  /// The last bucket, be it empty.
  double lastLower;

  double lastUpper;
  double lastCount;

  private BucketRow(int capacity) {
    lower = new double[capacity];
    upper = new double[capacity];
    count = new double[capacity];
  }

  public static BucketRow of(FloatHistogram h) {
    BucketRow row = new BucketRow(h.positiveBuckets.length + h.negativeBuckets.length + 1);
    Buckets negative = Buckets.of(h.negativeSpans, h.negativeBuckets);
    for (int i = negative.size - 1; i >= 0; i--) {
      double low = -Bounds.upper(negative.index[i], h.schema, h.customValues);
      double up = -Bounds.upper(negative.index[i] - 1, h.schema, h.customValues);
      row.add(low, up > -h.zeroThreshold ? -h.zeroThreshold : up, negative.count[i]);
    }
    if (h.zeroCount > 0) {
      row.add(-h.zeroThreshold, h.zeroThreshold, h.zeroCount);
    }
    Buckets positive = Buckets.of(h.positiveSpans, h.positiveBuckets);
    for (int i = 0; i < positive.size; i++) {
      double low = Bounds.upper(positive.index[i] - 1, h.schema, h.customValues);
      double up = Bounds.upper(positive.index[i], h.schema, h.customValues);
      row.add(low > 0 && low < h.zeroThreshold ? h.zeroThreshold : low, up, positive.count[i]);
    }
    return row;
  }

  /// Whether nothing, not even an empty bucket, comes behind bucket `i`.
  boolean endsAt(int i) {
    return i == size - 1 && lastCount != 0;
  }

  private void add(double low, double up, double observations) {
    lastLower = low;
    lastUpper = up;
    lastCount = observations;
    if (observations != 0) {
      lower[size] = low;
      upper[size] = up;
      count[size] = observations;
      size++;
    }
  }

  @Override
  public String toString() {
    return Arrays.toString(Arrays.copyOf(upper, size));
  }

  /// Which share of a bucket's observations lies below `v`, which lies inside it.
  static double below(double lower, double upper, double v, boolean linear) {
    if (linear) {
      return (v - lower) / (upper - lower);
    }
    double logLower = log2(Math.abs(lower));
    double logUpper = log2(Math.abs(upper));
    double logV = log2(Math.abs(v));
    return v > 0
        ? (logV - logLower) / (logUpper - logLower)
        : 1 - (logV - logUpper) / (logLower - logUpper);
  }

  static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }
}
