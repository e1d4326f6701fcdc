package io.narthex.promql.exec.function;

import io.narthex.promql.exec.series.GoMath;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Mathematics by name.
final class MathFunctions {

  private static final double LN_2 = Math.log(2);

  private MathFunctions() {}

  static @Nullable DoubleUnaryOperator operator(String name) {
    return switch (name) {
      case "abs" -> Math::abs;
      case "ceil" -> Math::ceil;
      case "floor" -> Math::floor;
      case "exp" -> Math::exp;
      case "sqrt" -> Math::sqrt;
      case "ln" -> Math::log;
      case "log2" -> MathFunctions::log2;
      case "log10" -> Math::log10;
      case "sgn" -> v -> v < 0 ? -1 : v > 0 ? 1 : v;
      default -> trigonometry(name);
    };
  }

  private static @Nullable DoubleUnaryOperator trigonometry(String name) {
    return switch (name) {
      case "sin" -> Math::sin;
      case "cos" -> Math::cos;
      case "tan" -> Math::tan;
      case "asin" -> Math::asin;
      case "acos" -> Math::acos;
      case "atan" -> Math::atan;
      case "sinh" -> GoMath::sinh;
      case "cosh" -> GoMath::cosh;
      case "tanh" -> Math::tanh;
      case "asinh" -> MathFunctions::asinh;
      case "acosh" -> MathFunctions::acosh;
      case "atanh" -> v -> 0.5 * (Math.log1p(v) - Math.log1p(-v));
      case "deg" -> v -> v * 180 / Math.PI;
      case "rad" -> v -> v * Math.PI / 180;
      default -> null;
    };
  }

  /// Exact for powers of two, where the quotient of logarithms is not.
  private static double log2(double v) {
    if (v > 0 && v < Double.POSITIVE_INFINITY) {
      int exponent = Math.getExponent(v);
      if (exponent >= Double.MIN_EXPONENT && v == Math.scalb(1.0, exponent)) {
        return exponent;
      }
    }
    return Math.log(v) / LN_2;
  }

  /// Beyond this the root is the number itself; its square soon leaves the range of floats.
  private static final double LARGE = 1 << 28;

  private static double asinh(double v) {
    if (v == 0 || Double.isInfinite(v)) {
      return v;
    }
    double magnitude = Math.abs(v);
    double result =
        magnitude > LARGE
            ? Math.log(magnitude) + LN_2
            : Math.log(magnitude + Math.sqrt(magnitude * magnitude + 1));
    return v < 0 ? -result : result;
  }

  private static double acosh(double v) {
    return v > LARGE ? Math.log(v) + LN_2 : Math.log(v + Math.sqrt(v * v - 1));
  }
}
