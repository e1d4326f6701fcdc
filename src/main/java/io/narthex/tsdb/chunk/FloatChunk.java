package io.narthex.tsdb.chunk;

import io.narthex.storage.SampleBuffer;

/// A chunk of floats in either encoding that can be written. Reusable; not thread-safe.
public final class FloatChunk {

  private final int encoding;
  private final XorAppender xor = new XorAppender();
  private final Xor2Appender xor2 = new Xor2Appender();
  private final SampleBuffer samples = new SampleBuffer();

  /// @param encoding {@link ChunkEncoding#XOR} or {@link ChunkEncoding#XOR2}
  public FloatChunk(int encoding) {
    if (encoding != ChunkEncoding.XOR && encoding != ChunkEncoding.XOR2) {
      throw new IllegalArgumentException(
          "floats cannot be written as " + ChunkEncoding.name(encoding));
    }
    this.encoding = encoding;
  }

  public int encoding() {
    return encoding;
  }

  /// Begins a new chunk.
  public void reset() {
    if (encoding == ChunkEncoding.XOR) {
      xor.reset();
    } else {
      xor2.reset();
    }
  }

  /// Adds a sample, later than those before.
  public void append(long tMs, double value) {
    if (encoding == ChunkEncoding.XOR) {
      xor.append(tMs, value);
    } else {
      xor2.append(tMs, value);
    }
  }

  /// Takes over the samples of an XOR chunk.
  public void transcode(byte[] chunk, int lengthBytes) {
    samples.clear();
    XorDecoder.decode(chunk, 0, lengthBytes, Long.MIN_VALUE, Long.MAX_VALUE, samples);
    reset();
    for (int i = 0; i < samples.size; i++) {
      append(samples.timesMs[i], samples.values[i]);
    }
  }

  public int lengthBytes() {
    return encoding == ChunkEncoding.XOR ? xor.lengthBytes() : xor2.lengthBytes();
  }

  /// The array behind; valid in `[0, lengthBytes())` until the next change.
  public byte[] array() {
    return encoding == ChunkEncoding.XOR ? xor.array() : xor2.array();
  }
}
