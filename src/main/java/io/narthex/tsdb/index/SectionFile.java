package io.narthex.tsdb.index;

import io.narthex.io.bytes.BytesOut;
import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/// A file of sections that are longer than memory should hold: bytes pass through a buffer, the
/// checksum of the open section runs along, and its length is put in front at its end.
final class SectionFile implements AutoCloseable {

  private static final int FLUSH_BYTES = 1 << 20;

  private final DiskFile file;
  private final BytesOut out = new BytesOut(FLUSH_BYTES + 4096);
  private final CRC32C crc = new CRC32C();

  /// Offset in the buffer up to which the checksum has come.
  private int summed;

  private long sectionStart;

  SectionFile(Disk disk, Path path) {
    file = disk.create(path);
  }

  /// The buffer to write to; call `flushIfLarge` now and then.
  BytesOut out() {
    return out;
  }

  /// Offset in the file of the next byte.
  long position() {
    return file.position() + out.length();
  }

  /// Zeros up to a multiple of `alignmentBytes`.
  void align(int alignmentBytes) {
    long rest = position() % alignmentBytes;
    if (rest != 0) {
      out.zeros((int) (alignmentBytes - rest));
    }
  }

  /// Begins a section: four bytes for the length, then content.
  void begin() {
    sectionStart = position();
    out.u32(0);
    crc.reset();
    summed = out.length();
  }

  /// Ends it: checksum behind, length in front.
  void end() {
    long lengthBytes = position() - sectionStart - 4;
    if (lengthBytes > 0xffff_ffffL) {
      throw new IllegalStateException("a section of the index exceeds 4 GiB: " + lengthBytes);
    }
    sum();
    out.u32((int) crc.getValue());
    summed = out.length();
    if (sectionStart >= file.position()) {
      out.u32At((int) (sectionStart - file.position()), (int) lengthBytes);
    } else {
      ByteBuffer length = ByteBuffer.allocate(4).putInt(0, (int) lengthBytes);
      flush();
      file.writeAt(sectionStart, length);
    }
  }

  void flushIfLarge() {
    if (out.length() >= FLUSH_BYTES) {
      flush();
    }
  }

  private void sum() {
    crc.update(out.array(), summed, out.length() - summed);
    summed = out.length();
  }

  private void flush() {
    sum();
    file.write(out.toByteBuffer());
    out.clear();
    summed = 0;
  }

  /// Writes what is left and makes it last.
  void finish() {
    flush();
    file.fsync();
  }

  @Override
  public void close() {
    file.close();
  }
}
