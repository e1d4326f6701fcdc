package io.narthex.io.disk;

import java.nio.ByteBuffer;

/// A file that is being written at its end. Not thread-safe.
public interface DiskFile extends AutoCloseable {

  /// Appends what remains in `bytes`.
  void write(ByteBuffer bytes);

  /// Appends `lengthBytes` bytes of `bytes` from `offset`.
  default void write(byte[] bytes, int offset, int lengthBytes) {
    write(ByteBuffer.wrap(bytes, offset, lengthBytes));
  }

  /// Overwrites bytes that were written before, from offset `positionBytes` on; the end stays.
  void writeAt(long positionBytes, ByteBuffer bytes);

  /// Offset of the next byte: the length of the file.
  long position();

  /// Cuts the file to `lengthBytes`, and goes on there.
  void truncate(long lengthBytes);

  /// Returns when everything written so far survives a loss of power.
  void fsync();

  /// Closes without `fsync`; idempotent.
  @Override
  void close();
}
