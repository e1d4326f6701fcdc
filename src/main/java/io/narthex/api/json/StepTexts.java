package io.narthex.api.json;

import io.narthex.storage.SampleBuffer;

/// The texts of the times of a range query, made once: nearly all series of an answer have points
/// at the same steps, and in a large answer times are half of what is written. Not thread-safe.
final class StepTexts {

  /// Room of a text; the longest is shorter.
  private static final int STRIDE_BYTES = 24;

  private final long[] timesMs;
  private final int size;
  private final byte[] texts;
  private final byte[] lengths;
  private int next;

  /// @param points a series with the steps; it must not change
  StepTexts(SampleBuffer points) {
    timesMs = points.timesMs;
    size = points.size;
    texts = new byte[size * STRIDE_BYTES + NumberText.MAX_BYTES];
    lengths = new byte[size];
    for (int i = 0; i < size; i++) {
      int from = i * STRIDE_BYTES;
      lengths[i] = (byte) (NumberText.putTimestamp(timesMs[i], texts, from) - from);
    }
  }

  /// The next times that are asked for begin anew.
  void rewind() {
    next = 0;
  }

  /// Puts a time that is not before the last one as {@link NumberText#putTimestamp} does.
  int put(long tMs, byte[] b, int at) {
    int i = next;
    while (i < size && timesMs[i] < tMs) {
      i++;
    }
    if (i == size || timesMs[i] != tMs) {
      next = i;
      return NumberText.putTimestamp(tMs, b, at);
    }
    next = i + 1;
    System.arraycopy(texts, i * STRIDE_BYTES, b, at, STRIDE_BYTES);
    return at + lengths[i];
  }
}
