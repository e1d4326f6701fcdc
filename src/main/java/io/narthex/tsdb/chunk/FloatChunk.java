package io.narthex.tsdb.chunk;

import io.narthex.storage.SampleBuffer;
import org.jspecify.annotations.Nullable;

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

  /// Adds a sample, later than those before, with its start timestamp, 0 if that is unknown; of a
  /// chunk all samples or none. The older encoding has no room for it.
  public void append(long tMs, double value, long startMs) {
    if (encoding == ChunkEncoding.XOR) {
      xor.append(tMs, value);
    } else {
      xor2.append(tMs, value, startMs);
    }
  }

  /// Begins a new chunk with the samples `[from, to)`, which are floats.
  public void take(SampleBuffer floats, int from, int to) {
    reset();
    if (floats.hasStart(from, to)) {
      for (int i = from; i < to; i++) {
        append(floats.timesMs[i], floats.values[i], floats.startMs(i));
      }
    } else {
      for (int i = from; i < to; i++) {
        append(floats.timesMs[i], floats.values[i]);
      }
    }
  }

  /// Takes over the samples of an XOR chunk.
  ///
  /// @param starts their start timestamps, see {@link StartRuns}
  public void transcode(byte[] chunk, int lengthBytes, long @Nullable [] starts) {
    samples.clear();
    XorDecoder.decode(chunk, 0, lengthBytes, Long.MIN_VALUE, Long.MAX_VALUE, samples);
    StartRuns.fill(starts, samples, 0);
    take(samples, 0, samples.size);
  }

  public int lengthBytes() {
    return encoding == ChunkEncoding.XOR ? xor.lengthBytes() : xor2.lengthBytes();
  }

  /// The array behind; valid in `[0, lengthBytes())` until the next change.
  public byte[] array() {
    return encoding == ChunkEncoding.XOR ? xor.array() : xor2.array();
  }
}
