package io.narthex.model.sample;

/// Bounds of the exponential buckets of native histograms. Source: prometheus `model/histogram`
/// `getBoundExponential`, whose table of bounds this computes bit for bit: queries compare bounds,
/// and clients see all of their digits.
public final class ExponentialBuckets {

  private static final int FINEST_SCHEMA = 8;

  /// `2^(i / 256 - 1)`, not correctly rounded but as in the reference: a half times the roots of
  /// two whose bits are set in `i`, the greatest root first.
  private static final double[] FRACTIONS = fractions();

  private ExponentialBuckets() {}

  private static double[] fractions() {
    double[] table = {0.5};
    double root = 2;
    for (int schema = 1; schema <= FINEST_SCHEMA; schema++) {
      root = Math.sqrt(root);
      // The reference has the square root of two one bit too small, its root not.
      double factor = schema == 1 ? Math.nextDown(root) : root;
      double[] finer = new double[table.length * 2];
      for (int i = 0; i < table.length; i++) {
        finer[2 * i] = table[i];
        finer[2 * i + 1] = table[i] * factor;
      }
      table = finer;
    }
    return table;
  }

  /// The upper bound, included, of the positive bucket `index`; buckets grow by the factor
  /// 2^(2^-schema).
  ///
  /// @param schema -4..8
  public static double upperBound(int index, int schema) {
    if (schema < 0) {
      return power(index << -schema);
    }
    int fraction = index & (1 << schema) - 1;
    int exponent = index >> schema;
    return fraction == 0
        ? power(exponent)
        : Math.scalb(FRACTIONS[fraction << FINEST_SCHEMA - schema], exponent + 1);
  }

  /// A power of two; that behind the last finite one is the greatest float.
  private static double power(int exponent) {
    return exponent == 1024 ? Double.MAX_VALUE : Math.scalb(1.0, exponent);
  }
}
