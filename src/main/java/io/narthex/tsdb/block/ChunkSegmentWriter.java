package io.narthex.tsdb.block;

import io.narthex.io.bytes.BytesOut;
import io.narthex.io.bytes.Varint;
import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Writes the chunks of a block into files `000001`, `000002` ... of bounded size. Not thread-safe.
///
/// A file is `magic <4> | version <1> | 0 <3>` and then chunks: `length <uvarint> | encoding <1> |
/// data | crc32c <4>`, the checksum over encoding and data, the length that of the data.
final class ChunkSegmentWriter implements AutoCloseable {

  static final int MAGIC = 0x85BD40DD;
  static final int VERSION = 1;
  static final int HEADER_BYTES = 8;
  static final long MAX_SEGMENT_BYTES = 512L << 20;

  private static final int FLUSH_BYTES = 1 << 20;

  private final Disk disk;
  private final Path directory;
  private final long maxSegmentBytes;
  private final BytesOut out = new BytesOut(FLUSH_BYTES + 4096);
  private @Nullable DiskFile file;
  private int segments;

  ChunkSegmentWriter(Disk disk, Path directory, long maxSegmentBytes) {
    this.disk = disk;
    this.directory = directory;
    this.maxSegmentBytes = maxSegmentBytes;
  }

  /// Writes a chunk and returns its reference.
  long write(int encoding, byte[] data, int offset, int lengthBytes) {
    long needed = Varint.MAX_BYTES + 1L + lengthBytes + 4;
    DiskFile current = file;
    if (current == null || current.position() + out.length() + needed > maxSegmentBytes) {
      current = cut();
    }
    long ref = (long) (segments - 1) << 32 | (current.position() + out.length());
    out.uvarint(lengthBytes);
    int summed = out.length();
    out.u8(encoding).bytes(data, offset, lengthBytes);
    out.u32(out.crc32c(summed));
    if (out.length() >= FLUSH_BYTES) {
      flush(current);
    }
    return ref;
  }

  private DiskFile cut() {
    finishSegment();
    segments++;
    DiskFile next = disk.create(directory.resolve(String.format("%06d", segments)));
    file = next;
    out.u32(MAGIC).u8(VERSION).zeros(3);
    return next;
  }

  private void flush(DiskFile current) {
    current.write(out.toByteBuffer());
    out.clear();
  }

  private void finishSegment() {
    DiskFile current = file;
    if (current != null) {
      flush(current);
      current.fsync();
      current.close();
      file = null;
    }
  }

  /// Writes what is left and makes it last.
  void finish() {
    finishSegment();
  }

  @Override
  public void close() {
    DiskFile current = file;
    if (current != null) {
      current.close();
    }
  }
}
