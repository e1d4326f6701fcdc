package io.narthex.model.exposition;

/// Reads plain decimal numbers straight from bytes, exactly rounded, without allocation: at most 18
/// significant digits, an optional point, an optional exponent, as long as mantissa and power of
/// ten are both exact doubles. What it does not take is left to the slow way. Not thread-safe.
public final class DecimalScanner {

  /// Powers of ten that are exact as doubles.
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  /// Integers up to here are exact as doubles.
  private static final long EXACT = 1L << 53;

  private static final int MAX_DIGITS = 18;

  private double value;
  private int end;

  /// Reads the number that begins at `from` (< `limit`); true if it was taken. It ends at the first
  /// byte that cannot belong to it, or at `limit`.
  public boolean scan(byte[] bytes, int from, int limit) {
    int i = from;
    boolean negative = bytes[i] == '-';
    if (negative) {
      i++;
    }
    int begin = i;
    long mantissa = 0;
    int digit = 0;
    while (i < limit && (digit = bytes[i] - '0') >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      i++;
    }
    int count = i - begin;
    int scale = 0;
    if (i < limit && bytes[i] == '.') {
      int point = ++i;
      while (i < limit && (digit = bytes[i] - '0') >= 0 && digit <= 9) {
        mantissa = mantissa * 10 + digit;
        i++;
      }
      scale = i - point;
      count += scale;
    }
    if (count == 0 || count > MAX_DIGITS) {
      return false;
    }
    if (i < limit && (bytes[i] | 0x20) == 'e') {
      return exponent(bytes, i + 1, limit, negative, mantissa, scale);
    }
    return finish(i, negative, mantissa, -scale);
  }

  private boolean exponent(
      byte[] bytes, int from, int limit, boolean negative, long mantissa, int scale) {
    int i = from;
    boolean down = i < limit && bytes[i] == '-';
    if (down || i < limit && bytes[i] == '+') {
      i++;
    }
    int begin = i;
    int exponent = 0;
    while (i < limit && i - begin < 4 && bytes[i] >= '0' && bytes[i] <= '9') {
      exponent = exponent * 10 + bytes[i++] - '0';
    }
    return i > begin && finish(i, negative, mantissa, (down ? -exponent : exponent) - scale);
  }

  private boolean finish(int at, boolean negative, long mantissa, int power) {
    if (mantissa > EXACT || power < -22 || power > 22) {
      return false;
    }
    double magnitude = mantissa;
    if (power < 0) {
      magnitude /= POWERS[-power];
    } else if (power > 0) {
      magnitude *= POWERS[power];
    }
    value = negative ? -magnitude : magnitude;
    end = at;
    return true;
  }

  /// The number that `scan` took.
  public double value() {
    return value;
  }

  /// The index behind the number that `scan` took.
  public int end() {
    return end;
  }
}
