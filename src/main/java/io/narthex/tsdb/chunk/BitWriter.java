package io.narthex.tsdb.chunk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A growing array that is written bit by bit, most significant bit first. Bits behind the end are
/// zero, so that the last byte is always a finished one.
class BitWriter {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /// Holds a header, a time, a value and a dozen unchanged samples; together with its header the
  /// array fills a multiple of eight bytes.
  private static final int FIRST_BYTES = 28;

  private byte[] bytes = new byte[FIRST_BYTES];
  private int bits;

  /// How many bits have been written.
  final int lengthBits() {
    return bits;
  }

  /// How many bytes hold them.
  public final int lengthBytes() {
    return (bits + 7) >>> 3;
  }

  /// The array behind; valid in `[0, lengthBytes())` until the next write.
  public final byte[] array() {
    return bytes;
  }

  /// A copy of what was written.
  public final byte[] toByteArray() {
    return Arrays.copyOf(bytes, lengthBytes());
  }

  /// Takes over bytes that were written before, of which `lengthBits` bits count.
  final void load(byte[] source, int offset, int newLengthBits) {
    int length = (newLengthBits + 7) >>> 3;
    bytes = Arrays.copyOfRange(source, offset, offset + Math.max(length, FIRST_BYTES));
    Arrays.fill(bytes, length, bytes.length, (byte) 0);
    if ((newLengthBits & 7) != 0) {
      bytes[length - 1] &= (byte) (0xff00 >>> (newLengthBits & 7));
    }
    bits = newLengthBits;
  }

  /// Forgets everything, keeps the array.
  final void clear() {
    Arrays.fill(bytes, 0, lengthBytes(), (byte) 0);
    bits = 0;
  }

  /// Overwrites the two bytes at `offset`, which were written before.
  final void putU16(int offset, int value) {
    bytes[offset] = (byte) (value >>> 8);
    bytes[offset + 1] = (byte) value;
  }

  /// Overwrites the byte at `offset`, which was written before.
  final void putU8(int offset, int value) {
    bytes[offset] = (byte) value;
  }

  /// Appends the low `count` bits of `value`, 1 <= count <= 64; higher bits of `value` are ignored.
  final void write(long value, int count) {
    int at = bits >>> 3;
    int shift = bits & 7;
    int needed = (bits + count + 7) >>> 3;
    if (needed > bytes.length) {
      grow(needed);
    }
    long aligned = value << (64 - count);
    if (at + 8 <= bytes.length) {
      LONG.set(bytes, at, (long) LONG.get(bytes, at) | (aligned >>> shift));
    } else {
      writeTail(at, aligned >>> shift);
    }
    if (shift + count > 64) {
      bytes[at + 8] = (byte) (aligned << (64 - shift) >>> 56);
    }
    bits += count;
  }

  private void writeTail(int at, long word) {
    long rest = word;
    for (int i = at; i < bytes.length; i++) {
      bytes[i] |= (byte) (rest >>> 56);
      rest <<= 8;
    }
  }

  private void grow(int needed) {
    int half = bytes.length + (bytes.length >> 1);
    // Sizes of 8n+4 waste nothing behind a 12-byte array header.
    int capacity = ((Math.max(needed, half) + 3) & ~7) + 4;
    bytes = Arrays.copyOf(bytes, Math.max(needed, capacity));
  }

  /// Appends an unsigned variable-length integer in whole bytes.
  final void uvarint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      write(rest | 0x80, 8);
      rest >>>= 7;
    }
    write(rest, 8);
  }

  /// Appends a signed number behind a prefix that says its width: see {@link VarbitWidth}.
  final void varbitInt(long value) {
    varbit(value, VarbitWidth.forSigned(value));
  }

  /// Appends an unsigned number behind a prefix that says its width.
  final void varbitUint(long value) {
    varbit(value, VarbitWidth.forUnsigned(value));
  }

  private void varbit(long value, int ones) {
    if (ones == VarbitWidth.LONGEST_PREFIX) {
      write(0xff, ones);
    } else {
      write((1L << (ones + 1)) - 2, ones + 1);
    }
    if (ones > 0) {
      write(value, VarbitWidth.of(ones));
    }
  }

  /// Appends the raw bits of a double.
  final void f64(double value) {
    write(Double.doubleToRawLongBits(value), 64);
  }
}
