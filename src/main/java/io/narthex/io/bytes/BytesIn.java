package io.narthex.io.bytes;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Reads a span of a file's bytes from front to back, integers big-endian. Every read is checked
/// against the span; nonsense is a {@link CorruptFileException} with the offset in the file. Not
/// thread-safe, cheap to make, and reusable by `seek`.
public final class BytesIn {

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final String file;
  private final MemorySegment bytes;
  private long at;
  private long end;

  /// Reads all of `bytes`; `file` names them in messages.
  public BytesIn(String file, MemorySegment bytes) {
    this(file, bytes, 0, bytes.byteSize());
  }

  /// Reads `[from, end)` of `bytes`, which begin at offset 0 of `file`.
  public BytesIn(String file, MemorySegment bytes, long from, long end) {
    this.file = file;
    this.bytes = bytes;
    seek(from, end);
  }

  /// Reads all of an array.
  public static BytesIn of(String file, byte[] bytes) {
    return new BytesIn(file, MemorySegment.ofArray(bytes));
  }

  /// Goes on at `from`, with the end at `newEnd`.
  public BytesIn seek(long from, long newEnd) {
    if (from < 0 || newEnd < from || newEnd > bytes.byteSize()) {
      throw new CorruptFileException(
          file,
          from,
          "a part of the file should lie at "
              + from
              + ".."
              + newEnd
              + ", but the file has "
              + bytes.byteSize()
              + " bytes");
    }
    at = from;
    end = newEnd;
    return this;
  }

  /// Offset of the next byte.
  public long position() {
    return at;
  }

  /// Offset behind the last byte.
  public long end() {
    return end;
  }

  public long remaining() {
    return end - at;
  }

  public boolean hasRemaining() {
    return at < end;
  }

  public BytesIn skip(long count) {
    need(count);
    at += count;
    return this;
  }

  public int u8() {
    need(1);
    return bytes.get(ValueLayout.JAVA_BYTE, at++) & 0xff;
  }

  public int u16() {
    need(2);
    int value = bytes.get(SHORT, at) & 0xffff;
    at += 2;
    return value;
  }

  /// Four bytes; the caller decides about the sign.
  public int u32() {
    need(4);
    int value = bytes.get(INT, at);
    at += 4;
    return value;
  }

  public long u64() {
    need(8);
    long value = bytes.get(LONG, at);
    at += 8;
    return value;
  }

  /// Eight bytes as the raw bits of a double.
  public double f64() {
    return Double.longBitsToDouble(u64());
  }

  /// An unsigned variable-length integer; above 2^63 it comes out negative.
  public long uvarint() {
    long first = u8();
    return first < 0x80 ? first : uvarintRest(first & 0x7f);
  }

  private long uvarintRest(long low) {
    long start = at - 1;
    long value = low;
    for (int shift = 7; shift < 64; shift += 7) {
      int next = u8();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        if (shift == 63 && next > 1) {
          break;
        }
        return value;
      }
    }
    throw new CorruptFileException(file, start, "a varint of more than 64 bits");
  }

  /// An unsigned variable-length integer that must fit in 31 bits: a count or a length.
  public int uvarint31() {
    long start = at;
    long value = uvarint();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new CorruptFileException(
          file, start, "a count of " + Long.toUnsignedString(value) + " is not possible");
    }
    return (int) value;
  }

  /// A zigzag-coded variable-length integer.
  public long varint() {
    return Varint.unzigzag(uvarint());
  }

  /// `lengthBytes` bytes of UTF-8.
  public String utf8(int lengthBytes) {
    return new String(bytes(lengthBytes), StandardCharsets.UTF_8);
  }

  /// A string after its length in bytes as a uvarint.
  public String uvarintString() {
    return utf8(uvarint31());
  }

  /// Compares the string here, which follows its length as a uvarint, with `utf8`, byte by byte,
  /// and moves behind it. Negative if the string here is less.
  public int compareUvarintString(byte[] utf8) {
    int length = uvarint31();
    need(length);
    int common = Math.min(length, utf8.length);
    int order = length - utf8.length;
    for (int i = 0; i < common; i++) {
      int difference = (bytes.get(ValueLayout.JAVA_BYTE, at + i) & 0xff) - (utf8[i] & 0xff);
      if (difference != 0) {
        order = difference;
        break;
      }
    }
    at += length;
    return order;
  }

  /// A copy of the next `lengthBytes` bytes.
  public byte[] bytes(int lengthBytes) {
    need(lengthBytes);
    byte[] copy = new byte[lengthBytes];
    MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at, copy, 0, lengthBytes);
    at += lengthBytes;
    return copy;
  }

  /// An exception that blames the current position.
  public CorruptFileException corrupt(String found) {
    return new CorruptFileException(file, at, found);
  }

  /// Reads a stored checksum and compares it with that of the bytes from `from` up to here.
  public void checkCrc32c(long from) {
    int actual = Crc32c.of(bytes, from, at - from);
    long where = at;
    int stored = u32();
    if (actual != stored) {
      throw new CorruptFileException(
          file,
          where,
          "checksum mismatch: expected "
              + Integer.toHexString(stored)
              + ", actual "
              + Integer.toHexString(actual));
    }
  }

  private void need(long count) {
    if (count < 0 || count > end - at) {
      throw new CorruptFileException(
          file, at, "needs " + count + " more bytes, but only " + (end - at) + " are left");
    }
  }
}
