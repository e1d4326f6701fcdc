package io.narthex.config;

import java.math.BigDecimal;
import java.util.List;

/// Sizes in bytes: numbers with units B KB MB GB TB PB EB (also KiB ...), powers of 1024, in any
/// sequence (`1GB512MB`). Source of grammar and wording: alecthomas/units `ParseBase2Bytes`.
public final class Sizes {

  private static final List<String> UNITS = List.of("B", "KB", "MB", "GB", "TB", "PB", "EB");

  private Sizes() {}

  /// Bytes of `text`.
  ///
  /// @throws IllegalArgumentException with the reference's wording
  public static long parseBytes(String text) {
    String rest = text;
    boolean negative = false;
    if (!rest.isEmpty() && (rest.charAt(0) == '-' || rest.charAt(0) == '+')) {
      negative = rest.charAt(0) == '-';
      rest = rest.substring(1);
    }
    if (rest.equals("0")) {
      return 0;
    }
    if (rest.isEmpty()) {
      throw new IllegalArgumentException("units: invalid " + text);
    }
    BigDecimal total = BigDecimal.ZERO;
    while (!rest.isEmpty()) {
      int number = numberEnd(rest);
      if (number == 0) {
        throw new IllegalArgumentException("units: invalid " + text);
      }
      int unit = unitEnd(rest, number);
      total = total.add(part(rest.substring(0, number), rest.substring(number, unit), text));
      rest = rest.substring(unit);
    }
    try {
      return (negative ? total.negate() : total).toBigInteger().longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("units: invalid " + text, e);
    }
  }

  private static BigDecimal part(String number, String unit, String text) {
    int power = UNITS.indexOf(unit.replace("i", ""));
    if (power < 0) {
      throw new IllegalArgumentException("units: unknown unit " + unit + " in " + text);
    }
    try {
      String digits = number.endsWith(".") ? number.substring(0, number.length() - 1) : number;
      return new BigDecimal(digits).multiply(BigDecimal.valueOf(1024).pow(power));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("units: invalid " + text, e);
    }
  }

  private static int numberEnd(String text) {
    int at = 0;
    while (at < text.length() && (text.charAt(at) == '.' || isDigit(text.charAt(at)))) {
      at++;
    }
    return at;
  }

  private static int unitEnd(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '.' && !isDigit(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /// The canonical text: whole units from the largest down, `0B` for nothing.
  public static String format(long bytes) {
    if (bytes == 0) {
      return "0B";
    }
    StringBuilder out = new StringBuilder(bytes < 0 ? "-" : "");
    long rest = Math.abs(bytes);
    for (int power = UNITS.size() - 1; power >= 0; power--) {
      long unit = 1L << (10 * power);
      long count = rest / unit;
      if (count > 0) {
        out.append(count).append(power == 0 ? "B" : UNITS.get(power).replace("B", "iB"));
        rest -= count * unit;
      }
    }
    return out.toString();
  }
}
