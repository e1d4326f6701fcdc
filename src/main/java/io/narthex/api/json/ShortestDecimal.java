package io.narthex.api.json;

import java.math.BigInteger;

/// The shortest decimal that rounds to a double, and the closest to it among those of that length:
/// Raffaello Giulietti's Schubfach ("The Schubfach way to render doubles", 2020) with 126 bits of
/// the power of ten. Of use for numbers whose size people meet; the rest is left to the JDK.
final class ShortestDecimal {

  /// Doubles from here...
  static final double LEAST = 1e-15;

  /// ... to here, exclusive, are in reach.
  static final double LIMIT = 1e21;

  private static final int FRACTION_BITS = 52;
  private static final long FRACTION = (1L << FRACTION_BITS) - 1;
  private static final int BIAS = 1075;
  private static final long LOW_63 = Long.MAX_VALUE;

  /// Decimal exponents of the last place that doubles in reach have.
  private static final int FIRST_POWER = -32;

  private static final int LAST_POWER = 6;

  /// For each such exponent `k`: the upper and the lower 63 bits of `10^-k`, scaled to 126 bits and
  /// rounded up.
  private static final long[] POWERS = powers();

  private ShortestDecimal() {}

  private static long[] powers() {
    long[] powers = new long[2 * (LAST_POWER - FIRST_POWER + 1)];
    for (int k = FIRST_POWER; k <= LAST_POWER; k++) {
      int scale = 125 - floorLog2OfTenTo(-k);
      BigInteger ten = BigInteger.TEN.pow(Math.abs(k));
      BigInteger scaled =
          k <= 0
              ? scale >= 0 ? ten.shiftLeft(scale) : ten.shiftRight(-scale)
              : BigInteger.ONE.shiftLeft(scale).divide(ten);
      BigInteger up = scaled.add(BigInteger.ONE);
      powers[2 * (k - FIRST_POWER)] = up.shiftRight(63).longValueExact();
      powers[2 * (k - FIRST_POWER) + 1] = up.longValue() & LOW_63;
    }
    return powers;
  }

  /// Whether {@link #digits} knows the answer for `abs`, which is not negative.
  static boolean reaches(double abs) {
    return abs >= LEAST && abs < LIMIT;
  }

  /// The exponent `k` of the last place of `abs`: it lies near `digits(abs) * 10^k`.
  static int power(double abs) {
    long bits = Double.doubleToRawLongBits(abs);
    int q = (int) (bits >>> FRACTION_BITS) - BIAS;
    // The gap below a power of two is half of that above.
    return (bits & FRACTION) == 0 ? floorLog10OfThreeQuartersOfTwoTo(q) : floorLog10OfTwoTo(q);
  }

  /// The digits of the decimal, zeros at the end not taken off; to be multiplied by `10^power`.
  static long digits(double abs) {
    long bits = Double.doubleToRawLongBits(abs);
    long fraction = bits & FRACTION;
    int q = (int) (bits >>> FRACTION_BITS) - BIAS;
    long c = fraction | 1L << FRACTION_BITS;
    int k = fraction == 0 ? floorLog10OfThreeQuartersOfTwoTo(q) : floorLog10OfTwoTo(q);
    int h = q + floorLog2OfTenTo(-k) + 2;
    long high = POWERS[2 * (k - FIRST_POWER)];
    long low = POWERS[2 * (k - FIRST_POWER) + 1];
    long middle = scaled(high, low, c << 2 << h);
    long least = scaled(high, low, (c << 2) - (fraction == 0 ? 1 : 2) << h);
    long most = scaled(high, low, (c << 2) + 2 << h);
    // The ends of the interval round to an even double only.
    return choose(middle, least + (c & 1), most - (c & 1));
  }

  /// The shortest in `[least, most]`, all in quarters of the last place.
  private static long choose(long middle, long least, long most) {
    long down = middle >> 2;
    long tens = down / 10 * 10;
    boolean tensIn = least <= tens << 2;
    boolean nextTensIn = tens + 10 << 2 <= most;
    if (tensIn != nextTensIn) {
      return tensIn ? tens : tens + 10;
    }
    long up = down + 1;
    boolean downIn = least <= down << 2;
    boolean upIn = up << 2 <= most;
    if (downIn != upIn) {
      return downIn ? down : up;
    }
    long half = middle - (down + up << 1);
    return half < 0 || half == 0 && (down & 1) == 0 ? down : up;
  }

  /// `c * (high, low) / 2^127`, its last bit set if anything was cut off.
  private static long scaled(long high, long low, long c) {
    long carry = Math.multiplyHigh(low, c);
    long y0 = high * c;
    long y1 = Math.multiplyHigh(high, c);
    long z = (y0 >>> 1) + carry;
    long w = y1 + (z >>> 63);
    return w | (z & LOW_63) + LOW_63 >>> 63;
  }

  private static int floorLog10OfTwoTo(int e) {
    return (int) (e * 661_971_961_083L >> 41);
  }

  private static int floorLog10OfThreeQuartersOfTwoTo(int e) {
    return (int) (e * 661_971_961_083L - 274_743_187_321L >> 41);
  }

  private static int floorLog2OfTenTo(int e) {
    return (int) (e * 913_124_641_741L >> 38);
  }
}
