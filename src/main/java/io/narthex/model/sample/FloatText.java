package io.narthex.model.sample;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Floats as Go's `strconv.FormatFloat` writes them: the texts that clients of the API compare.
public final class FloatText {

  private FloatText() {}

  /// Shortest decimal text without exponent that reads back as `value` (Go's format 'f', -1):
  /// sample values, number literals, `count_values` labels.
  public static String plain(double value) {
    if (value == (int) value && (value != 0 || 1 / value > 0)) {
      return Integer.toString((int) value);
    }
    String special = special(value);
    if (special != null) {
      return special;
    }
    return sign(value) + new BigDecimal(general(Math.abs(value))).toPlainString();
  }

  /// Shortest text that reads back as `value`, with an exponent if that is below -4 or from 6 on
  /// (Go's `%v` and `%g`).
  public static String general(double value) {
    byte[] text = new byte[FloatBytes.MAX_BYTES];
    int length = FloatBytes.write(value, text, 0);
    return new String(text, 0, length, StandardCharsets.US_ASCII);
  }

  /// With exactly `digits` behind the point (Go's `%.3f`).
  public static String fixed(double value, int digits) {
    String special = special(value);
    if (special != null) {
      return special;
    }
    BigDecimal exact = new BigDecimal(Math.abs(value)).setScale(digits, RoundingMode.HALF_EVEN);
    return sign(value) + exact.toPlainString();
  }

  private static String sign(double value) {
    return value < 0 || 1 / value < 0 ? "-" : "";
  }

  private static @Nullable String special(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return null;
  }
}
