package io.narthex.promql.exec.series;

import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/// Floats as Go writes them.
public final class GoFloat {

  private GoFloat() {}

  /// Where `%g` goes over to an exponent if it is free to choose its digits.
  private static final int EXPONENT_FROM = 6;

  /// `%g`: the shortest digits that read back as `value`, with an exponent if that is below -4 or
  /// from 6 on.
  public static String general(double value) {
    String special = special(value);
    boolean negative = value < 0 || 1 / value < 0;
    return special != null ? special : general(shortest(value), negative, EXPONENT_FROM);
  }

  /// `%.<digits>g`.
  public static String general(double value, int digits) {
    String special = special(value);
    if (special != null) {
      return special;
    }
    BigDecimal rounded = new BigDecimal(value).abs().round(new MathContext(digits));
    return general(rounded, value < 0, digits);
  }

  /// `'f', -1`: the shortest digits that read back as `value`, without an exponent.
  public static String plain(double value) {
    String special = special(value);
    if (special != null) {
      return special;
    }
    String sign = value < 0 || value == 0 && 1 / value < 0 ? "-" : "";
    return sign + trimmed(shortest(value)).toPlainString();
  }

  private static @Nullable String special(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    return Double.isInfinite(value) ? value > 0 ? "+Inf" : "-Inf" : null;
  }

  private static BigDecimal shortest(double value) {
    return new BigDecimal(Double.toString(Math.abs(value)));
  }

  private static BigDecimal trimmed(BigDecimal value) {
    if (value.signum() == 0) {
      return BigDecimal.ZERO;
    }
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  private static String general(BigDecimal magnitude, boolean negative, int exponentFrom) {
    String sign = negative ? "-" : "";
    if (magnitude.signum() == 0) {
      return sign + "0";
    }
    BigDecimal stripped = magnitude.stripTrailingZeros();
    int exponent = stripped.precision() - stripped.scale() - 1;
    if (exponent >= -4 && exponent < exponentFrom) {
      return sign + trimmed(stripped).toPlainString();
    }
    String digits = stripped.unscaledValue().toString();
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    String power = Integer.toString(Math.abs(exponent));
    return sign
        + digits.charAt(0)
        + fraction
        + "e"
        + (exponent < 0 ? "-" : "+")
        + (power.length() < 2 ? "0" : "")
        + power;
  }
}
