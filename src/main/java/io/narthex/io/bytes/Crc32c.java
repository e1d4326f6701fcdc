package io.narthex.io.bytes;

import java.lang.foreign.MemorySegment;
import java.util.zip.CRC32C;

/// CRC-32 with Castagnoli's polynomial, the only checksum of the storage formats.
public final class Crc32c {

  private static final long SLICE_BYTES = 1 << 30;

  private Crc32c() {}

  /// Checksum of `lengthBytes` bytes from `offset`.
  public static int of(byte[] bytes, int offset, int lengthBytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, lengthBytes);
    return (int) crc.getValue();
  }

  /// Checksum of `lengthBytes` bytes from `offset`; any length.
  public static int of(MemorySegment bytes, long offset, long lengthBytes) {
    CRC32C crc = new CRC32C();
    long at = offset;
    long end = offset + lengthBytes;
    while (at < end) {
      long step = Math.min(SLICE_BYTES, end - at);
      crc.update(bytes.asSlice(at, step).asByteBuffer());
      at += step;
    }
    return (int) crc.getValue();
  }
}
