package io.narthex.tsdb.head;

import static io.narthex.tsdb.head.SeriesPage.HAS_SAMPLES;
import static io.narthex.tsdb.head.SeriesPage.HISTOGRAMS;
import static io.narthex.tsdb.head.SeriesPage.LAST_T;
import static io.narthex.tsdb.head.SeriesPage.LAST_V;
import static io.narthex.tsdb.head.SeriesPage.LINE;
import static io.narthex.tsdb.head.SeriesPage.MASK;
import static io.narthex.tsdb.head.SeriesPage.PREV_BITS_COUNT;
import static io.narthex.tsdb.head.SeriesPage.VERSION;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.storage.Appender.Outcome;
import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.chunk.StoredHint;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// Histogram samples of the head, as objects beside the pages until a block takes them. Times and
/// isolation of such a series are kept in its line like those of any other; one series may have
/// floats and histograms at different times.
///
/// Appending runs under the head's commit lock, reading in any thread.
final class HistogramSeries {

  /// What a line says of the newest value while that is a histogram: no float has these bits.
  private static final long NOT_A_FLOAT = 0x7ff0dead_0000beefL;

  /// Samples of one series in time order.
  static final class Run {
    private long[] timesMs = new long[8];
    private FloatHistogram[] histograms = new FloatHistogram[8];
    private int size;

    private synchronized void add(long tMs, FloatHistogram histogram) {
      if (size == timesMs.length) {
        timesMs = Arrays.copyOf(timesMs, size * 2);
        histograms = Arrays.copyOf(histograms, size * 2);
      }
      timesMs[size] = tMs;
      histograms[size] = StoredHint.after(size == 0 ? null : histograms[size - 1], histogram);
      size++;
    }

    private synchronized boolean addLater(long tMs, FloatHistogram histogram) {
      boolean later = size == 0 || tMs > timesMs[size - 1];
      if (later) {
        add(tMs, histogram);
      }
      return later;
    }

    private synchronized boolean endsWith(long tMs, FloatHistogram histogram) {
      return size > 0 && timesMs[size - 1] == tMs && histograms[size - 1].equals(histogram);
    }

    synchronized void read(long minMs, long maxMs, SampleBuffer out) {
      for (int i = 0; i < size; i++) {
        if (timesMs[i] >= minMs && timesMs[i] <= maxMs) {
          out.add(timesMs[i], histograms[i]);
        }
      }
    }

    private synchronized boolean truncate(long minMs) {
      int from = 0;
      while (from < size && timesMs[from] < minMs) {
        from++;
      }
      if (from > 0) {
        timesMs = Arrays.copyOfRange(timesMs, from, Math.max(size, from + 1));
        histograms = Arrays.copyOfRange(histograms, from, Math.max(size, from + 1));
        size -= from;
      }
      return size == 0;
    }

    synchronized long firstMs() {
      return size == 0 ? Long.MAX_VALUE : timesMs[0];
    }
  }

  private final HeadState state;
  private final Map<Long, Run> runs = new ConcurrentHashMap<>();

  HistogramSeries(HeadState state) {
    this.state = state;
  }

  /// Adds a sample to a series if its time is later than all others.
  Outcome append(SeriesPage page, long ref, long tMs, FloatHistogram histogram, int commit) {
    long[] lines = page.lines;
    int base = ((int) ref & MASK) * LINE;
    boolean hasSamples = (lines[base + VERSION] & HAS_SAMPLES) != 0;
    if (hasSamples && tMs <= lines[base + LAST_T]) {
      Run run = runs.get(ref);
      return tMs < lines[base + LAST_T]
          ? Outcome.OUT_OF_ORDER
          : run != null && run.endsWith(tMs, histogram) ? Outcome.STORED : Outcome.DUPLICATE;
    }
    SeriesPage.beginWrite(lines, base);
    if (OpenChunk.count(lines[base + PREV_BITS_COUNT]) > 0) {
      state.writer.cut(page, ref);
    }
    state.writer.touch(lines, base, ref, tMs, commit, hasSamples);
    runs.computeIfAbsent(ref, r -> new Run()).add(tMs, histogram);
    lines[base + LAST_T] = tMs;
    lines[base + LAST_V] = NOT_A_FLOAT;
    lines[base + VERSION] |= HAS_SAMPLES | HISTOGRAMS;
    SeriesPage.endWrite(lines, base);
    return Outcome.STORED;
  }

  /// Brings a sample back from the log. Floats that came later may be in mapped chunks already, so
  /// only the histograms themselves have to be in order.
  Outcome restore(SeriesPage page, long ref, long tMs, FloatHistogram histogram) {
    long[] lines = page.lines;
    int base = ((int) ref & MASK) * LINE;
    boolean hasSamples = (lines[base + VERSION] & HAS_SAMPLES) != 0;
    if (!hasSamples || tMs > lines[base + LAST_T]) {
      return append(page, ref, tMs, histogram, 0);
    }
    Run run = runs.computeIfAbsent(ref, r -> new Run());
    lines[base + VERSION] |= HISTOGRAMS;
    return run.addLater(tMs, histogram) ? Outcome.STORED : Outcome.OUT_OF_ORDER;
  }

  @Nullable Run of(long ref) {
    return runs.isEmpty() ? null : runs.get(ref);
  }

  /// Forgets samples before `minMs` and series that are gone.
  void truncate(long minMs, LongPredicate alive) {
    runs.entrySet().removeIf(e -> e.getValue().truncate(minMs) || !alive.test(e.getKey()));
  }
}
