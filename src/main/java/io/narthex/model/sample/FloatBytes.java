package io.narthex.model.sample;

/// Writes floats into bytes as Go's `fmt` does with `%g`: the fewest digits that read back, with an
/// exponent below -4 and from 6 on. Whole numbers up to 2^53, which most samples are, take a path
/// without an allocation.
public final class FloatBytes {

  /// Bytes that a float takes at most.
  public static final int MAX_BYTES = 32;

  /// Above this a whole number may have a shorter text than its own digits.
  private static final double EXACT = 1L << 53;

  private FloatBytes() {}

  /// Writes `value` at `at`, where {@link #MAX_BYTES} are free; returns the position behind it.
  public static int write(double value, byte[] out, int at) {
    if (Double.isNaN(value)) {
      return ascii("NaN", out, at);
    }
    if (Double.isInfinite(value)) {
      return ascii(value > 0 ? "+Inf" : "-Inf", out, at);
    }
    int next = at;
    if (value < 0 || value == 0 && 1 / value < 0) {
      out[next++] = '-';
    }
    double size = Math.abs(value);
    if (size < EXACT && size == (long) size) {
      return whole((long) size, out, next);
    }
    return shortest(size, out, next);
  }

  private static int whole(long value, byte[] out, int at) {
    int digits = 1;
    for (long rest = value / 10; rest > 0; rest /= 10) {
      digits++;
    }
    long rest = value;
    for (int i = at + digits - 1; i >= at; i--) {
      out[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return digits <= 6 ? at + digits : shift(out, at, digits, digits - 1);
  }

  /// Turns `count` digits at `at` into `d.ddde+XX` without the zeros at their end.
  private static int shift(byte[] out, int at, int count, int exponent) {
    int kept = count;
    while (kept > 1 && out[at + kept - 1] == '0') {
      kept--;
    }
    int end = at + 1;
    if (kept > 1) {
      System.arraycopy(out, at + 1, out, at + 2, kept - 1);
      out[at + 1] = '.';
      end = at + kept + 1;
    }
    return exponent(exponent, out, end);
  }

  private static int exponent(int exponent, byte[] out, int at) {
    int next = at;
    out[next++] = 'e';
    out[next++] = (byte) (exponent < 0 ? '-' : '+');
    int size = Math.abs(exponent);
    if (size < 10) {
      out[next++] = '0';
    }
    return ascii(Integer.toString(size), out, next);
  }

  /// Takes the digits from Java's own shortest text, which only differs in how it places them.
  private static int shortest(double size, byte[] out, int at) {
    String java = Double.toString(size);
    int e = java.indexOf('E');
    int stop = e < 0 ? java.length() : e;
    int point = java.indexOf('.');
    int exponent = e < 0 ? point - 1 : point - 1 + Integer.parseInt(java.substring(e + 1));
    int count = 0;
    boolean leading = true;
    for (int i = 0; i < stop; i++) {
      char c = java.charAt(i);
      if (c == '.' || leading && c == '0') {
        exponent -= leading && c == '0' ? 1 : 0;
        continue;
      }
      leading = false;
      out[at + count++] = (byte) c;
    }
    while (count > 1 && out[at + count - 1] == '0') {
      count--;
    }
    count = fewest(size, exponent, out, at, count);
    return exponent < -4 || exponent >= 6
        ? shift(out, at, count, exponent)
        : plain(out, at, count, exponent);
  }

  /// Java writes at least two digits (`4.9E-324`) where one may do (`5e-324`).
  private static int fewest(double size, int exponent, byte[] out, int at, int count) {
    if (count == 2) {
      int one = out[at] - '0' + (out[at + 1] >= '5' ? 1 : 0);
      if (one < 10 && Double.parseDouble(one + "e" + exponent) == size) {
        out[at] = (byte) ('0' + one);
        return 1;
      }
    }
    return count;
  }

  private static int plain(byte[] out, int at, int count, int exponent) {
    if (exponent < 0) {
      int zeros = 1 - exponent;
      System.arraycopy(out, at, out, at + zeros, count);
      for (int i = 0; i < zeros; i++) {
        out[at + i] = '0';
      }
      out[at + 1] = '.';
      return at + zeros + count;
    }
    int whole = exponent + 1;
    if (count <= whole) {
      for (int i = count; i < whole; i++) {
        out[at + i] = '0';
      }
      return at + whole;
    }
    System.arraycopy(out, at + whole, out, at + whole + 1, count - whole);
    out[at + whole] = '.';
    return at + count + 1;
  }

  private static int ascii(String text, byte[] out, int at) {
    for (int i = 0; i < text.length(); i++) {
      out[at + i] = (byte) text.charAt(i);
    }
    return at + text.length();
  }
}
