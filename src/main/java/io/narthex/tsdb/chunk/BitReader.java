package io.narthex.tsdb.chunk;

import io.narthex.io.bytes.CorruptFileException;
import io.narthex.io.bytes.Varint;

/// Reads a chunk bit by bit, most significant bit first. For the encodings whose samples are large;
/// the float decoder has its own way.
final class BitReader {

  private final String what;
  private final byte[] bytes;
  private final int start;
  private final long end;
  private long bit;

  BitReader(String what, byte[] bytes, int offset, int lengthBytes) {
    this.what = what;
    this.bytes = bytes;
    this.start = offset;
    this.bit = 8L * offset;
    this.end = 8L * (offset + lengthBytes);
  }

  CorruptFileException corrupt(String found) {
    return new CorruptFileException(what, (bit >>> 3) - start, found);
  }

  boolean bit() {
    return bits(1) != 0;
  }

  /// The next `count` bits, 0 <= count <= 64.
  long bits(int count) {
    if (count > end - bit) {
      throw corrupt("the chunk ends before its samples do");
    }
    long value = 0;
    int left = count;
    while (left > 0) {
      int shift = (int) (bit & 7);
      int take = Math.min(8 - shift, left);
      int part = (bytes[(int) (bit >>> 3)] & 0xff) >>> (8 - shift - take) & (1 << take) - 1;
      value = value << take | part;
      bit += take;
      left -= take;
    }
    return value;
  }

  double f64() {
    return Double.longBitsToDouble(bits(64));
  }

  /// A zigzag varint of whole bytes, at any bit.
  long varint() {
    return Varint.unzigzag(uvarint());
  }

  /// An unsigned varint of whole bytes, at any bit.
  long uvarint() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      long b = bits(8);
      value |= (b & 0x7f) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw corrupt("a varint of more than 64 bits");
  }

  /// A signed number behind a prefix that says its width: see {@link VarbitWidth}.
  long varbitInt() {
    int width = varbitWidth();
    long raw = bits(width);
    if (width == 0 || width == 64) {
      return raw;
    }
    long half = 1L << (width - 1);
    return raw > half ? raw - (half << 1) : raw;
  }

  /// An unsigned number behind a prefix that says its width.
  long varbitUint() {
    return bits(varbitWidth());
  }

  /// As above, for counts of things that must themselves be in the chunk.
  int varbitCount() {
    long count = varbitUint();
    if (count < 0 || count > end) {
      throw corrupt("a count of " + Long.toUnsignedString(count));
    }
    return (int) count;
  }

  private int varbitWidth() {
    int ones = 0;
    while (ones < VarbitWidth.LONGEST_PREFIX && bit()) {
      ones++;
    }
    return VarbitWidth.of(ones);
  }
}
