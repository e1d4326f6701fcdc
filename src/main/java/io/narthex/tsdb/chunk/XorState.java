package io.narthex.tsdb.chunk;

/// One XOR-coded column of a histogram chunk: the value before and the window of differing bits.
final class XorState {

  private long bits;
  private int leading;
  private int trailing;

  /// Takes over a value that is not coded against the one before.
  void set(double value) {
    bits = Double.doubleToRawLongBits(value);
  }

  double value() {
    return Double.longBitsToDouble(bits);
  }

  /// Reads the next value.
  double read(BitReader in) {
    if (in.bit()) {
      if (in.bit()) {
        leading = (int) in.bits(5);
        int width = (int) in.bits(6);
        trailing = 64 - leading - (width == 0 ? 64 : width);
        if (trailing < 0) {
          throw in.corrupt("a value of " + width + " bits behind " + leading + " zeros");
        }
      }
      bits ^= in.bits(64 - leading - trailing) << trailing;
    }
    return value();
  }
}
