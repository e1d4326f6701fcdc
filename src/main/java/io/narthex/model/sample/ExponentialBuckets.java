package io.narthex.model.sample;

/// Bounds of the exponential buckets of native histograms. Source: prometheus `model/histogram`
/// `getBoundExponential`.
public final class ExponentialBuckets {

  private ExponentialBuckets() {}

  /// The upper bound, included, of the positive bucket `index`; buckets grow by the factor
  /// 2^(2^-schema).
  ///
  /// @param schema -4..8
  public static double upperBound(int index, int schema) {
    if (schema <= 0) {
      int exponent = index << -schema;
      return exponent == 1024 ? Double.MAX_VALUE : Math.scalb(1.0, exponent);
    }
    int steps = 1 << schema;
    int fraction = index & (steps - 1);
    int exponent = index >> schema;
    if (fraction == 0) {
      return exponent == 1024 ? Double.MAX_VALUE : Math.scalb(1.0, exponent);
    }
    return Math.scalb(Math.pow(2, (double) fraction / steps), exponent);
  }
}
