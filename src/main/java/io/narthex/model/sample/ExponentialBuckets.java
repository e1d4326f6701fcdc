package io.narthex.model.sample;

import java.math.BigDecimal;
import java.math.MathContext;

/// Bounds of the exponential buckets of native histograms. Source: prometheus `model/histogram`
/// `getBoundExponential`.
public final class ExponentialBuckets {

  /// `2^(i/256 - 1)`, bounds of the finest schema; those of others are among them.
  private static final double[] FRACTIONS = fractions();

  private ExponentialBuckets() {}

  /// The reference has these bounds as a table, in which many are a few units of the last place
  /// beside the nearest float. They show in answers, so they are the same here: a digit a bound, 1
  /// for the nearest float, one more for each unit below it.
  private static double[] fractions() {
    String units =
        "1111112111211111112311222222222211211121122211221122102211221122"
          + "1111112222332132112111211112111111121011213311221222112121332222"
          + "2121223322322122222222323233323311221121223321332233212232332232"
          + "2243223233433343333333444455435422322333324422333243223333543344";
    MathContext digits = new MathContext(40);
    BigDecimal factor = BigDecimal.TWO;
    for (int i = 0; i < 8; i++) {
      factor = factor.sqrt(digits);
    }
    double[] fractions = new double[units.length()];
    BigDecimal exact = new BigDecimal("0.5");
    for (int i = 0; i < fractions.length; i++) {
      fractions[i] = exact.doubleValue() + ('1' - units.charAt(i)) * Math.ulp(0.5);
      exact = exact.multiply(factor, digits);
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
    return Math.scalb(FRACTIONS[fraction << 8 - schema], exponent + 1);
  }
}
