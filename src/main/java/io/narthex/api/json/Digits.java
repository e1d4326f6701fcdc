package io.narthex.api.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Decimal digits of integers, eight at a time in the lanes of one word instead of a division for
/// each.
final class Digits {

  private static final int EIGHT = 100_000_000;
  private static final long ZEROS = 0x3030_3030_3030_3030L;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /// `10^i` at `i`.
  private static final long[] TENS = tens();

  private Digits() {}

  private static long[] tens() {
    long[] tens = new long[19];
    tens[0] = 1;
    for (int i = 1; i < tens.length; i++) {
      tens[i] = tens[i - 1] * 10;
    }
    return tens;
  }

  /// How many digits a number that is not negative has.
  static int count(long value) {
    int guess = (64 - Long.numberOfLeadingZeros(value | 1)) * 1233 >> 12;
    return value < TENS[guess] ? Math.max(1, guess) : guess + 1;
  }

  /// Puts a number that is not negative at `at`. Returns the end; up to seven bytes behind it may
  /// be written over.
  static int put(long value, byte[] b, int at) {
    if (value < EIGHT) {
      long digits = lanes((int) value);
      int leading = Math.min(7, Long.numberOfTrailingZeros(digits) >>> 3);
      LONG.set(b, at, digits + ZEROS >>> 8 * leading);
      return at + 8 - leading;
    }
    long high = value / EIGHT;
    int n = put(high, b, at);
    LONG.set(b, n, lanes((int) (value - high * EIGHT)) + ZEROS);
    return n + 8;
  }

  /// The eight digits of a number below 10^8, a byte each, the first one lowest. Halves, quarters
  /// and digits are divided side by side: by 100 as `* 10486 >> 20`, by 10 as `* 103 >> 10`, which
  /// is exact for four and for two digits.
  private static long lanes(int value) {
    int high = value / 10_000;
    long fours = high | (long) (value - high * 10_000) << 32;
    long hundreds = fours * 10_486 >>> 20 & 0x0000_007f_0000_007fL;
    long twos = hundreds | fours - 100 * hundreds << 16;
    long tens = twos * 103 >>> 10 & 0x000f_000f_000f_000fL;
    return tens | twos - 10 * tens << 8;
  }
}
