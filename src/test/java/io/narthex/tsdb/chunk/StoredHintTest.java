package io.narthex.tsdb.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;
import io.narthex.storage.SampleBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The hint that a histogram has while it lies in memory is the one that it will have when it is
/// read from a chunk.
class StoredHintTest {

  private static FloatHistogram histogram(ResetHint hint, int schema, double... buckets) {
    double count = 0;
    for (double b : buckets) {
      count += b;
    }
    return new FloatHistogram(
        hint,
        schema,
        0,
        0,
        count,
        count,
        new int[] {0, buckets.length},
        buckets,
        new int[0],
        new double[0],
        new double[0]);
  }

  private static final List<FloatHistogram> SERIES =
      List.of(
          histogram(ResetHint.NO_RESET, 0, 1, 2),
          histogram(ResetHint.UNKNOWN, 0, 1, 3),
          histogram(ResetHint.UNKNOWN, 0, 2, 3, 1),
          histogram(ResetHint.UNKNOWN, 0, 2, 2, 9),
          histogram(ResetHint.RESET, 0, 2, 2, 10),
          histogram(ResetHint.UNKNOWN, 0, 2, 2, 10),
          histogram(ResetHint.UNKNOWN, 1, 2, 2, 10),
          FloatHistogram.stale(),
          histogram(ResetHint.UNKNOWN, 1, 2, 2, 10),
          histogram(ResetHint.GAUGE, 1, 2, 2, 10),
          histogram(ResetHint.GAUGE, 1, 2, 2, 9),
          histogram(ResetHint.UNKNOWN, 1, 2, 2, 10),
          histogram(ResetHint.UNKNOWN, 1, 2, 2, 10));

  @Test
  void hintsInMemoryAreThoseOfChunks() {
    List<ResetHint> inMemory = new ArrayList<>();
    FloatHistogram before = null;
    for (FloatHistogram h : SERIES) {
      before = StoredHint.after(before, h);
      inMemory.add(before.resetHint);
    }
    assertEquals(fromChunks(), inMemory);
    assertEquals(ResetHint.NO_RESET, inMemory.get(1));
    assertEquals(ResetHint.UNKNOWN, inMemory.get(4), "a reset that was told, not seen");
  }

  private static List<ResetHint> fromChunks() {
    List<ResetHint> hints = new ArrayList<>();
    HistogramAppender chunk =
        HistogramAppender.startingWith(SERIES.getFirst(), HistogramAppender.Fit.CUT);
    for (int i = 0; i < SERIES.size(); i++) {
      HistogramAppender.Fit fit = chunk.fit(SERIES.get(i));
      if (fit != HistogramAppender.Fit.APPEND) {
        read(chunk, hints);
        chunk = HistogramAppender.startingWith(SERIES.get(i), fit);
      }
      chunk.append(i, SERIES.get(i));
    }
    read(chunk, hints);
    return hints;
  }

  private static void read(HistogramAppender chunk, List<ResetHint> hints) {
    SampleBuffer samples = new SampleBuffer();
    chunk.decode(Long.MIN_VALUE, Long.MAX_VALUE, samples);
    for (int i = 0; i < samples.size; i++) {
      hints.add(Objects.requireNonNull(samples.histogram(i)).resetHint);
    }
  }
}
