package io.narthex.tsdb.head;

import io.narthex.io.bytes.BytesIn;
import io.narthex.io.bytes.CorruptFileException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/// A mapped chunk, looked at in place. Reusable; not thread-safe.
final class ChunkView {

  long ref;
  long minMs;
  long maxMs;
  int encoding;
  boolean outOfOrder;
  MemorySegment bytes = MemorySegment.NULL;
  long dataOffset;
  int dataBytes;

  /// Reads the record at `offset` of `from`.
  ///
  /// @throws CorruptFileException if there is none
  void read(Path file, MemorySegment from, long offset) {
    BytesIn in = new BytesIn(file.toString(), from, offset, from.byteSize());
    ref = in.u64();
    minMs = in.u64();
    maxMs = in.u64();
    int code = in.u8();
    encoding = code & ~ChunkRecord.OUT_OF_ORDER;
    outOfOrder = (code & ChunkRecord.OUT_OF_ORDER) != 0;
    dataBytes = in.uvarint31();
    bytes = from;
    dataOffset = in.position();
    in.skip(dataBytes);
  }

  /// Copies the data to the front of `out`.
  void copyTo(byte[] out) {
    MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, dataOffset, out, 0, dataBytes);
  }

  /// Copies the data, because the memory it lies in is about to change.
  void detach() {
    byte[] copy = new byte[dataBytes];
    MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, dataOffset, copy, 0, dataBytes);
    bytes = MemorySegment.ofArray(copy);
    dataOffset = 0;
  }

  /// Offset behind the record, once its checksum has been found right.
  ///
  /// @throws CorruptFileException if it is wrong
  long checkedEnd(Path file, long offset) {
    long end = dataOffset + dataBytes;
    new BytesIn(file.toString(), bytes, end, bytes.byteSize()).checkCrc32c(offset);
    return end + ChunkRecord.CRC_BYTES;
  }
}
