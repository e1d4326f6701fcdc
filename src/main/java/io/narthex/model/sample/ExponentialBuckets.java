package io.narthex.model.sample;

/// Bounds of the exponential buckets of native histograms. Source: prometheus `model/histogram`
/// `getBoundExponential`.
public final class ExponentialBuckets {

  /// How many units in the last place the reference's table of 2^(i/256 - 1) lies above the exact
  /// powers, each as a digit: 4 for none. It was made by repeated multiplication.
  private static final String DEVIATION =
      "4444443444344444443244333333333344344434433344334433443344334333"
          + "4444443333223433443444344434444444334544342244334434443433234333"
          + "3433342233234323343333233222331134344434332234233322332333223323"
          + "2312332322122222222222111100120133232222231133222312332222012211";

  private static final int FINEST_SCHEMA = 8;

  /// Bounds between 0.5 and 1 at the finest schema; coarser ones have every second, fourth ... of
  /// them.
  private static final double[] FRACTIONS = fractions();

  private ExponentialBuckets() {}

  private static double[] fractions() {
    double[] fractions = new double[1 << FINEST_SCHEMA];
    for (int i = 0; i < fractions.length; i++) {
      double power = StrictMath.pow(2, (double) i / fractions.length) / 2;
      long above = DEVIATION.charAt(i) - '4';
      fractions[i] = Double.longBitsToDouble(Double.doubleToLongBits(power) + above);
    }
    return fractions;
  }

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
    return Math.scalb(FRACTIONS[fraction << FINEST_SCHEMA - schema], exponent + 1);
  }
}
