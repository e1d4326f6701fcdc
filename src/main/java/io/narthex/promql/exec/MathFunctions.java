package io.narthex.promql.exec;

import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/// Functions of one float.
final class MathFunctions {

  private static final double LN2 = Math.log(2);

  static final Map<String, DoubleUnaryOperator> ALL =
      Map.ofEntries(
          Map.entry("abs", Math::abs),
          Map.entry("ceil", Math::ceil),
          Map.entry("floor", Math::floor),
          Map.entry("exp", Math::exp),
          Map.entry("ln", Math::log),
          Map.entry("log2", MathFunctions::log2),
          Map.entry("log10", Math::log10),
          Map.entry("sqrt", Math::sqrt),
          Map.entry("sgn", v -> v < 0 ? -1 : v > 0 ? 1 : v),
          Map.entry("deg", v -> v * 180 / Math.PI),
          Map.entry("rad", v -> v * Math.PI / 180),
          Map.entry("sin", Math::sin),
          Map.entry("cos", Math::cos),
          Map.entry("tan", Math::tan),
          Map.entry("asin", Math::asin),
          Map.entry("acos", Math::acos),
          Map.entry("atan", Math::atan),
          Map.entry("sinh", Math::sinh),
          Map.entry("cosh", Math::cosh),
          Map.entry("tanh", Math::tanh),
          Map.entry("asinh", MathFunctions::asinh),
          Map.entry("acosh", v -> Math.log(v + Math.sqrt(v * v - 1))),
          Map.entry("atanh", v -> 0.5 * (Math.log1p(v) - Math.log1p(-v))));

  private MathFunctions() {}

  /// Exact for powers of two.
  private static double log2(double v) {
    if (v > 0 && v < Double.POSITIVE_INFINITY) {
      int exponent = Math.getExponent(v);
      if (exponent >= Double.MIN_EXPONENT && v == Math.scalb(1.0, exponent)) {
        return exponent;
      }
    }
    return Math.log(v) / LN2;
  }

  private static double asinh(double v) {
    if (Double.isInfinite(v)) {
      return v;
    }
    double a = Math.abs(v);
    return Math.copySign(Math.log1p(a + a * a / (1 + Math.sqrt(a * a + 1))), v);
  }
}
