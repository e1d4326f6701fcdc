package io.narthex.api.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Numbers as the HTTP API writes them: the shortest decimal that reads back as the same double, in
/// Go's notation.
public final class NumberText {

  /// Room that {@link #putSample}, {@link #putLong}, {@link #putSeconds} and {@link #putTimestamp}
  /// need.
  public static final int MAX_BYTES = 32;

  private static final int MOST_DECIMALS = 6;
  private static final double MOST_SCALE = 1e6;

  /// Below this a decimal of fifteen digits is the only one so short that rounds to its double.
  private static final double EXACT_LIMIT = 1e15;

  private NumberText() {}

  /// `value` without an exponent, however long that gets: how scalars are written.
  public static String plain(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return text(value);
    }
    BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    String sign = value == 0 && 1 / value < 0 ? "-" : "";
    return sign + decimal.toPlainString();
  }

  /// `value` as samples are written.
  public static String text(double value) {
    byte[] bytes = new byte[MAX_BYTES];
    return new String(bytes, 0, putSample(value, bytes, 0), StandardCharsets.ISO_8859_1);
  }

  /// Puts `value` at `at`: plain notation, an exponent only below 1e-6 and from 1e21. Returns the
  /// end.
  public static int putSample(double value, byte[] b, int at) {
    if (value == (long) value && Math.abs(value) < EXACT_LIMIT) {
      if (value == 0 && 1 / value < 0) {
        b[at++] = '-';
      }
      return putLong((long) value, b, at);
    }
    if (Double.isNaN(value)) {
      return put("NaN", b, at);
    }
    if (Double.isInfinite(value)) {
      return put(value > 0 ? "+Inf" : "-Inf", b, at);
    }
    double abs = Math.abs(value);
    if (abs < 1e6 && abs >= 1e-3) {
      int end = putShortDecimal(value, b, at);
      if (end > 0) {
        return end;
      }
    }
    return putShortest(value, abs < 1e-6 || abs >= 1e21, b, at);
  }

  /// A number with at most six decimals: its digits are those of an integer. Returns 0 if it is
  /// none.
  private static int putShortDecimal(double value, byte[] b, int at) {
    double scaled = Math.rint(value * MOST_SCALE);
    if (scaled / MOST_SCALE != value) {
      return 0;
    }
    long digits = (long) scaled;
    int decimals = MOST_DECIMALS;
    while (digits % 10 == 0) {
      digits /= 10;
      decimals--;
    }
    return putScaled(digits, decimals, b, at);
  }

  private static int putScaled(long scaled, int decimals, byte[] b, int at) {
    int n = at;
    long rest = scaled;
    if (rest < 0) {
      b[n++] = '-';
      rest = -rest;
    }
    return putPoint(rest, -decimals, b, n);
  }

  /// For the largest and the least the JDK finds the shortest digits; only the notation differs
  /// from Go's.
  private static int putShortest(double value, boolean exponent, byte[] b, int at) {
    int n = at;
    double abs = Math.abs(value);
    if (value < 0) {
      b[n++] = '-';
    }
    if (ShortestDecimal.reaches(abs)) {
      return putTrimmed(ShortestDecimal.digits(abs), ShortestDecimal.power(abs), exponent, b, n);
    }
    String text = Double.toString(abs);
    int power = 0;
    boolean fraction = false;
    long digits = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        fraction = true;
      } else if (c == 'E') {
        power += Integer.parseInt(text, i + 1, text.length(), 10);
        break;
      } else {
        digits = digits * 10 + (c - '0');
        power -= fraction ? 1 : 0;
      }
    }
    if (digits % 10 != 0 && digits < 100 && isDigit((digits + 5) / 10, power + 1, value)) {
      digits += 5;
      digits -= digits % 10;
    }
    return putTrimmed(digits, power, exponent, b, n);
  }

  /// Puts `allDigits * 10^lastPower`, without zeros at its end.
  private static int putTrimmed(long allDigits, int lastPower, boolean exponent, byte[] b, int n) {
    long digits = allDigits;
    int power = lastPower;
    while (digits % 10_000 == 0) {
      digits /= 10_000;
      power += 4;
    }
    while (digits % 10 == 0) {
      digits /= 10;
      power++;
    }
    return exponent ? putExponent(digits, power, b, n) : putPoint(digits, power, b, n);
  }

  /// Whether one digit is enough. The JDK writes two at least, and among the least of floats not
  /// always a zero for the second.
  private static boolean isDigit(long digit, int power, double value) {
    return Math.abs(value) < Double.MIN_NORMAL
        && Double.parseDouble(digit + "e" + power) == Math.abs(value);
  }

  /// Puts `digits * 10^power` without an exponent.
  private static int putPoint(long digits, int power, byte[] b, int at) {
    int n = at;
    if (power >= 0) {
      n = putLong(digits, b, n);
      Arrays.fill(b, n, n + power, (byte) '0');
      return n + power;
    }
    int whole = Digits.count(digits) + power;
    if (whole <= 0) {
      b[n++] = '0';
      b[n++] = '.';
      Arrays.fill(b, n, n - whole, (byte) '0');
      return putLong(digits, b, n - whole);
    }
    int end = putLong(digits, b, n + 1);
    System.arraycopy(b, n + 1, b, n, whole);
    b[n + whole] = '.';
    return end;
  }

  /// Puts `digits * 10^power` with one digit before the point.
  private static int putExponent(long digits, int power, byte[] b, int at) {
    int n = putPoint(digits, 1 - Digits.count(digits), b, at);
    int exponent = power + Digits.count(digits) - 1;
    b[n++] = 'e';
    b[n++] = (byte) (exponent < 0 ? '-' : '+');
    int size = Math.abs(exponent);
    if (size < 10) {
      b[n++] = '0';
    }
    return putLong(size, b, n);
  }

  /// Puts an integer. Returns the end.
  public static int putLong(long value, byte[] b, int at) {
    int n = at;
    if (value < 0) {
      if (value == Long.MIN_VALUE) {
        return put("-9223372036854775808", b, n);
      }
      b[n++] = '-';
      value = -value;
    }
    return Digits.put(value, b, n);
  }

  /// Puts milliseconds as seconds, with three decimals or none: how timestamps of points are
  /// written. Returns the end.
  public static int putTimestamp(long tMs, byte[] b, int at) {
    int n = at;
    long rest = tMs;
    if (rest < 0) {
      b[n++] = '-';
      rest = -rest;
    }
    n = putLong(rest / 1000, b, n);
    int millis = (int) (rest % 1000);
    if (millis != 0) {
      b[n++] = '.';
      b[n++] = (byte) ('0' + millis / 100);
      b[n++] = (byte) ('0' + millis / 10 % 10);
      b[n++] = (byte) ('0' + millis % 10);
    }
    return n;
  }

  /// Puts milliseconds as seconds with as many of three decimals as are needed, as a float is
  /// written. Returns the end.
  public static int putSeconds(long tMs, byte[] b, int at) {
    int n = putTimestamp(tMs, b, at);
    if (tMs % 1000 != 0) {
      while (b[n - 1] == '0') {
        n--;
      }
    }
    return n;
  }

  private static int put(String ascii, byte[] b, int at) {
    for (int i = 0; i < ascii.length(); i++) {
      b[at + i] = (byte) ascii.charAt(i);
    }
    return at + ascii.length();
  }
}
