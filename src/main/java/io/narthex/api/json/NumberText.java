package io.narthex.api.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/// Numbers as the HTTP API writes them: the shortest decimal that reads back as the same double, in
/// Go's notation.
public final class NumberText {

  /// No number of {@link #putSample}, {@link #putLong} and {@link #putSeconds} needs more bytes.
  public static final int MAX_BYTES = 32;

  private static final double[] SCALES = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};

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
    for (int decimals = 1; decimals < SCALES.length; decimals++) {
      double scaled = Math.rint(value * SCALES[decimals]);
      if (scaled / SCALES[decimals] == value) {
        return putScaled((long) scaled, decimals, b, at);
      }
    }
    return 0;
  }

  private static int putScaled(long scaled, int decimals, byte[] b, int at) {
    int n = at;
    long rest = scaled;
    if (rest < 0) {
      b[n++] = '-';
      rest = -rest;
    }
    long one = (long) SCALES[decimals];
    n = putLong(rest / one, b, n);
    b[n++] = '.';
    long fraction = rest % one;
    for (int d = decimals - 1; d >= 0; d--) {
      b[n + d] = (byte) ('0' + fraction % 10);
      fraction /= 10;
    }
    return n + decimals;
  }

  /// The JDK finds the shortest digits; only the notation differs from Go's.
  private static int putShortest(double value, boolean exponent, byte[] b, int at) {
    BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    if (!exponent) {
      return put(decimal.toPlainString(), b, at);
    }
    String digits = decimal.unscaledValue().abs().toString();
    int power = digits.length() - 1 - decimal.scale();
    StringBuilder out = new StringBuilder();
    if (value < 0) {
      out.append('-');
    }
    out.append(digits.charAt(0));
    if (digits.length() > 1) {
      out.append('.').append(digits, 1, digits.length());
    }
    out.append('e').append(power < 0 ? '-' : '+');
    int size = Math.abs(power);
    if (size < 10) {
      out.append('0');
    }
    return put(out.append(size).toString(), b, at);
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
    int digits = digits(value);
    int end = n + digits;
    for (int i = end - 1; i >= n; i--) {
      long tenth = value / 10;
      b[i] = (byte) ('0' + (value - tenth * 10));
      value = tenth;
    }
    return end;
  }

  private static int digits(long value) {
    int digits = 1;
    for (long limit = 10; value >= limit && digits < 19; limit *= 10) {
      digits++;
    }
    return digits;
  }

  /// Puts milliseconds as seconds with as many of three decimals as are needed. Returns the end.
  public static int putSeconds(long tMs, byte[] b, int at) {
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
      if (millis % 100 != 0) {
        b[n++] = (byte) ('0' + millis / 10 % 10);
        if (millis % 10 != 0) {
          b[n++] = (byte) ('0' + millis % 10);
        }
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
