package io.narthex.promql.exec.series;

/// Functions that Go defines differently from Java at the edges.
public final class GoMath {

  private GoMath() {}

  /// `x^y`. 1 to anything is 1, and so is -1 to an infinity.
  public static double pow(double x, double y) {
    if (x == 1 || x == -1 && Double.isInfinite(y)) {
      return 1;
    }
    return Math.pow(x, y);
  }

  /// The greater one; infinity wins over NaN.
  public static double max(double x, double y) {
    return x == Double.POSITIVE_INFINITY || y == Double.POSITIVE_INFINITY
        ? Double.POSITIVE_INFINITY
        : Math.max(x, y);
  }

  /// The lesser one; negative infinity wins over NaN.
  public static double min(double x, double y) {
    return x == Double.NEGATIVE_INFINITY || y == Double.NEGATIVE_INFINITY
        ? Double.NEGATIVE_INFINITY
        : Math.min(x, y);
  }

  /// Beyond this, `sinh` and `cosh` are half of `exp`, and so leave the range of floats with it.
  private static final double HALF_EXP = 21;

  public static double sinh(double x) {
    return Math.abs(x) > HALF_EXP ? Math.copySign(Math.exp(Math.abs(x)) * 0.5, x) : Math.sinh(x);
  }

  public static double cosh(double x) {
    return Math.abs(x) > HALF_EXP ? Math.exp(Math.abs(x)) * 0.5 : Math.cosh(x);
  }
}
