package io.narthex.io.bytes;

/// Variable-length integers as Go's `encoding/binary` writes them: seven bits a byte, lowest group
/// first, the top bit says that more follow. Signed ones are zigzag-coded.
public final class Varint {

  /// Most bytes that a 64-bit number takes.
  public static final int MAX_BYTES = 10;

  private Varint() {}

  /// Maps small numbers of either sign to small unsigned ones.
  public static long zigzag(long value) {
    return (value << 1) ^ (value >> 63);
  }

  /// Inverse of `zigzag`.
  public static long unzigzag(long coded) {
    return (coded >>> 1) ^ -(coded & 1);
  }

  /// How many bytes the unsigned `value` takes.
  public static int sizeUnsigned(long value) {
    return (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
  }

  /// Writes the unsigned `value` at `at` and returns the offset behind it.
  public static int putUnsigned(byte[] out, int at, long value) {
    long rest = value;
    int offset = at;
    while ((rest & ~0x7fL) != 0) {
      out[offset++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    out[offset++] = (byte) rest;
    return offset;
  }

  /// Writes `value` zigzag-coded at `at` and returns the offset behind it.
  public static int putSigned(byte[] out, int at, long value) {
    return putUnsigned(out, at, zigzag(value));
  }
}
