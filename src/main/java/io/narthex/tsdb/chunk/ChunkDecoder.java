package io.narthex.tsdb.chunk;

import io.narthex.io.bytes.CorruptFileException;
import io.narthex.storage.SampleBuffer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Reads chunks of any known encoding. Keeps a buffer into which mapped bytes are copied first: a
/// chunk is short, and from an array its bits are read fastest. Not thread-safe.
public final class ChunkDecoder {

  /// Behind the chunk, so that its last word can be loaded whole.
  private static final int SLACK_BYTES = 8;

  private byte[] scratch = new byte[1024];

  /// Appends to `out` the samples of a chunk with `minMs <= t <= maxMs`.
  ///
  /// @throws CorruptFileException if the bytes are no chunk of that encoding, or the encoding
  ///   cannot be read; its file is only "XOR chunk" or the like
  public static void decode(
      int encoding,
      byte[] bytes,
      int offset,
      int lengthBytes,
      long minMs,
      long maxMs,
      SampleBuffer out) {
    switch (encoding) {
      case ChunkEncoding.XOR -> XorDecoder.decode(bytes, offset, lengthBytes, minMs, maxMs, out);
      case ChunkEncoding.HISTOGRAM,
          ChunkEncoding.FLOAT_HISTOGRAM,
          ChunkEncoding.HISTOGRAM_ST,
          ChunkEncoding.FLOAT_HISTOGRAM_ST ->
          new HistogramDecoder(encoding, bytes, offset, lengthBytes).decode(minMs, maxMs, out);
      case ChunkEncoding.XOR2 -> Xor2Decoder.decode(bytes, offset, lengthBytes, minMs, maxMs, out);
      default -> throw unsupported(encoding);
    }
  }

  /// As above, from mapped bytes.
  public void decode(
      int encoding,
      MemorySegment bytes,
      long offset,
      int lengthBytes,
      long minMs,
      long maxMs,
      SampleBuffer out) {
    decode(encoding, copy(bytes, offset, lengthBytes), 0, lengthBytes, minMs, maxMs, out);
  }

  /// Copies mapped bytes into the decoder's own array, valid until the next call.
  public byte[] copy(MemorySegment bytes, long offset, int lengthBytes) {
    if (scratch.length < lengthBytes + SLACK_BYTES) {
      scratch = new byte[Math.max(scratch.length * 2, lengthBytes + SLACK_BYTES)];
    }
    MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, offset, scratch, 0, lengthBytes);
    return scratch;
  }

  /// How many samples a chunk says it has.
  public static int samples(int encoding, byte[] bytes, int offset, int lengthBytes) {
    int count = XorDecoder.samples(bytes, offset, lengthBytes);
    return encoding == ChunkEncoding.HISTOGRAM_ST || encoding == ChunkEncoding.FLOAT_HISTOGRAM_ST
        ? count & 0x3fff
        : count;
  }

  private static CorruptFileException unsupported(int encoding) {
    return new CorruptFileException(
        "chunk", 0, "its encoding cannot be read: " + ChunkEncoding.name(encoding));
  }
}
