package io.narthex.promql.exec.histogram;

import io.narthex.model.sample.FloatHistogram;

/// Estimated variance of the observations of a native histogram: each bucket counts as its mean,
/// geometric for exponential buckets, arithmetic for custom ones.
public final class NativeVariance {

  private NativeVariance() {}

  public static double of(FloatHistogram h) {
    double mean = h.sum / h.count;
    Compensated variance = new Compensated(0);
    BucketRow row = BucketRow.of(h);
    for (int i = 0; i < row.size; i++) {
      double delta = middle(row.lower[i], row.upper[i], h.usesCustomBuckets()) - mean;
      variance.add(row.count[i] * delta * delta);
    }
    return variance.value() / h.count;
  }

  private static double middle(double lower, double upper, boolean custom) {
    if (custom) {
      return (upper + lower) / 2;
    }
    if (lower <= 0 && upper >= 0) {
      return 0;
    }
    double mean = Math.sqrt(upper * lower);
    return upper < 0 ? -mean : mean;
  }
}
