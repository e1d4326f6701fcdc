package io.narthex.tsdb.chunk;

/// The widths of the numbers in histogram chunks: a prefix of so many ones, ended by a zero unless
/// it is the longest, says how many bits follow. A signed width of n holds `-(2^(n-1)-1) ..
/// 2^(n-1)`. Source: prometheus `tsdb/chunkenc/varbit.go`.
final class VarbitWidth {

  static final int LONGEST_PREFIX = 8;

  private static final int[] WIDTHS = {0, 3, 6, 9, 12, 18, 25, 56, 64};

  private VarbitWidth() {}

  /// Bits behind a prefix of `ones` ones.
  static int of(int ones) {
    return WIDTHS[ones];
  }

  /// Ones in the shortest prefix that holds the signed `value`.
  static int forSigned(long value) {
    if (value == 0) {
      return 0;
    }
    for (int ones = 1; ones < LONGEST_PREFIX; ones++) {
      long half = 1L << (WIDTHS[ones] - 1);
      if (-half < value && value <= half) {
        return ones;
      }
    }
    return LONGEST_PREFIX;
  }

  /// Ones in the shortest prefix that holds the unsigned `value`.
  static int forUnsigned(long value) {
    int ones = 0;
    while (ones < LONGEST_PREFIX && 64 - Long.numberOfLeadingZeros(value) > WIDTHS[ones]) {
      ones++;
    }
    return ones;
  }
}
