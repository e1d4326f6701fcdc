package io.narthex.io.bytes;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growing byte array, written at its end, integers big-endian. Not thread-safe; `clear` keeps
/// the array for the next use.
public final class BytesOut {

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes;
  private int length;

  public BytesOut() {
    this(256);
  }

  public BytesOut(int capacityBytes) {
    bytes = new byte[Math.max(16, capacityBytes)];
  }

  /// How many bytes have been written.
  public int length() {
    return length;
  }

  /// The array behind; valid in `[0, length())` until the next write.
  public byte[] array() {
    return bytes;
  }

  /// Forgets what was written.
  public BytesOut clear() {
    length = 0;
    return this;
  }

  /// Cuts back to `lengthBytes`, which is not more than `length()`.
  public BytesOut truncate(int lengthBytes) {
    if (lengthBytes < 0 || lengthBytes > length) {
      throw new IllegalArgumentException("BUG: truncate " + length + " bytes to " + lengthBytes);
    }
    length = lengthBytes;
    return this;
  }

  /// A copy of what was written.
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  /// What was written, as a view that is valid until the next write.
  public ByteBuffer toByteBuffer() {
    return ByteBuffer.wrap(bytes, 0, length);
  }

  /// Checksum of the bytes from `offset` to the end.
  public int crc32c(int offset) {
    return Crc32c.of(bytes, offset, length - offset);
  }

  public BytesOut u8(int value) {
    room(1);
    bytes[length++] = (byte) value;
    return this;
  }

  public BytesOut u16(int value) {
    room(2);
    SHORT.set(bytes, length, (short) value);
    length += 2;
    return this;
  }

  public BytesOut u32(int value) {
    room(4);
    INT.set(bytes, length, value);
    length += 4;
    return this;
  }

  public BytesOut u64(long value) {
    room(8);
    LONG.set(bytes, length, value);
    length += 8;
    return this;
  }

  /// Raw bits of `value`, eight bytes.
  public BytesOut f64(double value) {
    return u64(Double.doubleToRawLongBits(value));
  }

  /// Overwrites four bytes that were written before.
  public BytesOut u32At(int offset, int value) {
    if (offset < 0 || offset + 4 > length) {
      throw new IllegalArgumentException("BUG: overwrite at " + offset + " of " + length);
    }
    INT.set(bytes, offset, value);
    return this;
  }

  /// Unsigned variable-length integer: seven bits a byte, lowest first; `value` counts as unsigned.
  public BytesOut uvarint(long value) {
    room(Varint.MAX_BYTES);
    length = Varint.putUnsigned(bytes, length, value);
    return this;
  }

  /// Signed variable-length integer, zigzag.
  public BytesOut varint(long value) {
    return uvarint(Varint.zigzag(value));
  }

  public BytesOut bytes(byte[] from) {
    return bytes(from, 0, from.length);
  }

  public BytesOut bytes(byte[] from, int offset, int lengthBytes) {
    room(lengthBytes);
    System.arraycopy(from, offset, bytes, length, lengthBytes);
    length += lengthBytes;
    return this;
  }

  public BytesOut bytes(MemorySegment from, long offset, int lengthBytes) {
    room(lengthBytes);
    MemorySegment.copy(from, ValueLayout.JAVA_BYTE, offset, bytes, length, lengthBytes);
    length += lengthBytes;
    return this;
  }

  /// `text` as UTF-8 after its length in bytes as a uvarint.
  public BytesOut uvarintString(String text) {
    int chars = text.length();
    room(Varint.MAX_BYTES + chars);
    int start = length;
    length = Varint.putUnsigned(bytes, length, chars);
    for (int i = 0; i < chars; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        length = start;
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return uvarint(utf8.length).bytes(utf8);
      }
      bytes[length++] = (byte) c;
    }
    return this;
  }

  /// Zero bytes until the length is a multiple of `alignmentBytes`.
  public BytesOut pad(int alignmentBytes) {
    int rest = length % alignmentBytes;
    return rest == 0 ? this : zeros(alignmentBytes - rest);
  }

  /// `count` zero bytes.
  public BytesOut zeros(int count) {
    room(count);
    Arrays.fill(bytes, length, length + count, (byte) 0);
    length += count;
    return this;
  }

  private void room(int more) {
    int needed = length + more;
    if (needed > bytes.length || needed < 0) {
      if (needed < 0) {
        throw new IllegalArgumentException("BUG: more than 2 GiB in one buffer");
      }
      bytes =
          Arrays.copyOf(
              bytes, (int) Math.min(Integer.MAX_VALUE - 16, Math.max(needed, bytes.length * 2L)));
    }
  }
}
