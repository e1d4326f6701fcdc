package io.narthex.tsdb.block;

import io.narthex.io.bytes.CorruptFileException;
import io.narthex.io.bytes.Crc32c;
import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.chunk.ChunkDecoder;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// A reusable window on one chunk of a block: `load` copies it out of the map and checks it. Not
/// thread-safe.
final class ChunkReader {

  private static final ValueLayout.OfInt CRC =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  /// Behind the chunk, so that its last word can be loaded whole.
  private static final int SLACK_BYTES = 8;

  private final ChunkSegments segments;
  private byte[] bytes;
  private int dataBytes;
  private long ref;

  ChunkReader(ChunkSegments segments) {
    this(segments, new byte[512]);
  }

  /// @param scratch where chunks are copied to as long as they fit
  ChunkReader(ChunkSegments segments, byte[] scratch) {
    this.segments = segments;
    bytes = scratch;
  }

  /// Moves to a chunk.
  ///
  /// @throws CorruptFileException if there is none, or its checksum is wrong
  ChunkReader load(long chunkRef) {
    ref = chunkRef;
    ChunkSegments.Segment segment = segments.segment(ref);
    MemorySegment map = segment.bytes();
    long at = ref & 0xffff_ffffL;
    long length = 0;
    int shift = 0;
    byte b;
    do {
      if (at >= map.byteSize() || shift > 28) {
        throw corrupt("there is no chunk");
      }
      b = map.get(ValueLayout.JAVA_BYTE, at++);
      length |= (long) (b & 0x7f) << shift;
      shift += 7;
    } while (b < 0);
    if (at + 1 + length + 4 > map.byteSize()) {
      throw corrupt("a chunk of " + length + " bytes, but the file ends before");
    }
    dataBytes = (int) length;
    if (bytes.length < dataBytes + 1 + SLACK_BYTES) {
      bytes = new byte[dataBytes + 1 + SLACK_BYTES];
    }
    MemorySegment.copy(map, ValueLayout.JAVA_BYTE, at, bytes, 0, dataBytes + 1);
    int stored = map.get(CRC, at + 1 + length);
    int actual = Crc32c.of(bytes, 0, dataBytes + 1);
    if (stored != actual) {
      throw corrupt(
          "checksum mismatch: expected "
              + Integer.toHexString(stored)
              + ", actual "
              + Integer.toHexString(actual));
    }
    return this;
  }

  int encoding() {
    return bytes[0];
  }

  /// The array that holds the chunk's data, from offset 1.
  byte[] array() {
    return bytes;
  }

  int dataBytes() {
    return dataBytes;
  }

  /// Appends to `out` the samples with `minMs <= t <= maxMs` of the chunk at hand.
  void decode(long minMs, long maxMs, SampleBuffer out) {
    try {
      ChunkDecoder.decode(encoding(), bytes, 1, dataBytes, minMs, maxMs, out);
    } catch (CorruptFileException e) {
      throw corrupt(String.valueOf(e.getMessage()));
    }
  }

  private CorruptFileException corrupt(String found) {
    return new CorruptFileException(segments.segment(ref).file(), ref & 0xffff_ffffL, found);
  }
}
