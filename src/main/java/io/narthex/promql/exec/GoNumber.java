package io.narthex.promql.exec;

import java.math.BigDecimal;
import java.util.Locale;

/// Numbers in error texts and labels, as Go prints them.
final class GoNumber {

  private GoNumber() {}

  /// `%g`: shortest digits, an exponent below 1e-4 and from 1e21.
  static String shortest(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    String digits = decimal.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - decimal.scale();
    if (exponent >= -4 && exponent < 21) {
      return decimal.toPlainString();
    }
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return (value < 0 ? "-" : "")
        + mantissa
        + (exponent < 0 ? "e-" : "e+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }

  /// `strconv.FormatFloat(v, 'f', -1, 64)`: never an exponent.
  static String plain(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value) || value == 0) {
      return shortest(value);
    }
    return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }

  /// `%f`: six decimals.
  static String fixed(double value) {
    return Double.isNaN(value) || Double.isInfinite(value)
        ? shortest(value)
        : String.format(Locale.ROOT, "%.6f", value);
  }
}
