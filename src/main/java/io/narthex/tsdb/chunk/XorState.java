package io.narthex.tsdb.chunk;

/// One XOR-coded column of a histogram chunk: the value before and the window of differing bits.
final class XorState {

  private static final int NO_WINDOW = 0xff;

  private long bits;
  private int leading = NO_WINDOW;
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
      if (leading == NO_WINDOW) {
        throw in.corrupt("a value without the width of its bits");
      }
      bits ^= in.bits(64 - leading - trailing) << trailing;
    }
    return value();
  }

  /// Writes the next value. See {@link XorAppender} for the prefixes.
  void write(BitWriter out, double next) {
    long nextBits = Double.doubleToRawLongBits(next);
    long xor = nextBits ^ bits;
    bits = nextBits;
    if (xor == 0) {
      out.write(0, 1);
      return;
    }
    int newLeading = Math.min(31, Long.numberOfLeadingZeros(xor));
    int newTrailing = Long.numberOfTrailingZeros(xor);
    if (newLeading >= leading && newTrailing >= trailing) {
      out.write(0b10, 2);
      out.write(xor >>> trailing, 64 - leading - trailing);
      return;
    }
    leading = newLeading;
    trailing = newTrailing;
    int width = 64 - leading - trailing;
    out.write((0b11L << 11) | ((long) leading << 6) | (width & 0x3f), 13);
    out.write(xor >>> trailing, width);
  }
}
