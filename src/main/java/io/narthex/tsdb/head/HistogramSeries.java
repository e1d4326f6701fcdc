package io.narthex.tsdb.head;

import static io.narthex.tsdb.head.SeriesPage.HAS_SAMPLES;
import static io.narthex.tsdb.head.SeriesPage.HISTOGRAMS;
import static io.narthex.tsdb.head.SeriesPage.LAST_T;
import static io.narthex.tsdb.head.SeriesPage.LAST_V;
import static io.narthex.tsdb.head.SeriesPage.MASK;
import static io.narthex.tsdb.head.SeriesPage.PREV_BITS_COUNT;
import static io.narthex.tsdb.head.SeriesPage.VERSION;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.StaleMarker;
import io.narthex.storage.Appender.Outcome;
import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.chunk.HistogramAppender;
import io.narthex.tsdb.chunk.HistogramAppender.Fit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Open histogram chunks of the head, beside the pages: few series have them, and theirs are long.
/// Finished ones are mapped like those of floats. Times and isolation of such a series are kept in
/// its line like those of any other; one series may have floats and histograms at different times,
/// in chunks of their own that follow each other.
///
/// Appending runs under the head's commit lock, reading in any thread.
final class HistogramSeries {

  /// A chunk ends at this size, if it has {@link #LEAST_SAMPLES}.
  private static final int CUT_BYTES = 1024;

  private static final int LEAST_SAMPLES = 10;

  /// What a line says of the newest value while that is a histogram: no float has these bits. Of a
  /// stale one it says what it says of a stale float.
  private static final long NOT_A_FLOAT = 0x7ff0dead_0000beefL;

  /// The open chunk of one series. A finished one is never changed again.
  static final class Run {
    private final HistogramAppender chunk;
    private final long firstMs;
    private final long endMs;

    private Run(HistogramAppender chunk, long firstMs, long endMs) {
      this.chunk = chunk;
      this.firstMs = firstMs;
      this.endMs = endMs;
    }

    /// Time of the first sample.
    long firstMs() {
      return firstMs;
    }

    private synchronized void add(long tMs, FloatHistogram histogram, long startMs) {
      chunk.append(tMs, histogram, startMs);
    }

    private boolean endsWith(long tMs, FloatHistogram histogram) {
      return chunk.lastMs() == tMs && chunk.last().equals(histogram);
    }

    /// Appends to `out` the samples with `minMs <= t <= maxMs`.
    synchronized void read(long minMs, long maxMs, SampleBuffer out) {
      chunk.decode(minMs, maxMs, out);
    }

    /// Whether the chunk has nothing beside `[minMs, maxMs]`, or nothing in there.
    synchronized boolean isWithin(long minMs, long maxMs) {
      return chunk.lastMs() < minMs
          || firstMs > maxMs
          || firstMs >= minMs && chunk.lastMs() <= maxMs;
    }

    /// The newest histogram.
    synchronized FloatHistogram last() {
      return chunk.last();
    }

    /// Hands the chunk to `sink` if it has something in `[minMs, maxMs]`; it has nothing beside it.
    synchronized void copy(long minMs, long maxMs, HeadBlockSource.Sink sink) {
      if (chunk.lastMs() >= minMs && firstMs <= maxMs) {
        sink.chunk(firstMs, chunk.lastMs(), chunk.encoding(), chunk.array(), chunk.lengthBytes());
      }
    }
  }

  private final HeadState state;
  private final long rangeMs;
  private final int mostSamples;
  private final boolean withStarts;
  private final Map<Long, Run> runs = new ConcurrentHashMap<>();

  HistogramSeries(HeadState state) {
    this.state = state;
    rangeMs = state.options.chunkRangeMs();
    mostSamples = 2 * state.options.samplesPerChunk();
    withStarts = state.options.histogramStarts();
  }

  /// Adds a sample to a series if its time is later than all others.
  ///
  /// @param startMs start timestamp, 0 if it is unknown
  Outcome append(
      SeriesPage page, long ref, long tMs, FloatHistogram histogram, long startMs, int commit) {
    long line = page.line(ref);
    boolean hasSamples = (Words.get(line, VERSION) & HAS_SAMPLES) != 0;
    if (hasSamples && tMs <= Words.get(line, LAST_T)) {
      Run run = runs.get(ref);
      return tMs < Words.get(line, LAST_T)
          ? Outcome.OUT_OF_ORDER
          : run != null && run.endsWith(tMs, histogram) ? Outcome.STORED : Outcome.DUPLICATE;
    }
    SeriesPage.beginWrite(line);
    if (OpenChunk.count(Words.get(line, PREV_BITS_COUNT)) > 0) {
      state.writer.cut(page, ref);
    }
    state.writer.touch(line, ref, tMs, commit, hasSamples);
    add(page, ref, tMs, histogram, startMs);
    Words.put(line, LAST_T, tMs);
    Words.put(line, LAST_V, histogram.isStale() ? StaleMarker.STALE_BITS : NOT_A_FLOAT);
    Words.put(line, VERSION, Words.get(line, VERSION) | HAS_SAMPLES | HISTOGRAMS);
    SeriesPage.endWrite(line);
    return Outcome.STORED;
  }

  private void add(SeriesPage page, long ref, long tMs, FloatHistogram histogram, long startMs) {
    Run run = runs.get(ref);
    Fit fit = run == null ? Fit.CUT : run.chunk.fit(histogram);
    if (run != null && (fit != Fit.APPEND || isFull(run, tMs))) {
      cut(page, ref);
      run = null;
    }
    if (run == null) {
      long endMs = Math.floorDiv(tMs, rangeMs) * rangeMs + rangeMs;
      HistogramAppender chunk = HistogramAppender.startingWith(histogram, fit, withStarts);
      run = new Run(chunk, tMs, endMs);
      run.add(tMs, histogram, startMs);
      runs.put(ref, run);
      state.writer.countCreated();
    } else {
      run.add(tMs, histogram, startMs);
    }
  }

  private boolean isFull(Run run, long tMs) {
    int count = run.chunk.count();
    return tMs >= run.endMs
        || count >= mostSamples
        || count >= LEAST_SAMPLES && run.chunk.lengthBytes() >= CUT_BYTES;
  }

  /// Moves the open chunk of a series, if there is one, to the chunk files. Between `beginWrite`
  /// and `endWrite`.
  void cut(SeriesPage page, long ref) {
    Run run = runs.remove(ref);
    int at = (int) ref & MASK;
    clearFlag(page.line(ref));
    if (run != null) {
      HistogramAppender chunk = run.chunk;
      long chunkRef =
          state.files.append(
              ref,
              run.firstMs,
              chunk.lastMs(),
              chunk.encoding(),
              chunk.array(),
              chunk.lengthBytes());
      SeriesWriter.addMapped(page, at, chunkRef);
    }
  }

  /// Forgets the open chunk of a series. Between `beginWrite` and `endWrite`.
  void discard(SeriesPage page, long ref) {
    if (runs.remove(ref) != null) {
      state.writer.countRemoved(1);
    }
    clearFlag(page.line(ref));
  }

  private static void clearFlag(long line) {
    Words.put(line, VERSION, Words.get(line, VERSION) & ~(long) HISTOGRAMS);
  }

  /// How many series have a histogram as their newest sample in order.
  int count() {
    return runs.size();
  }

  /// How many buckets these histograms have, empty ones that are written out included.
  long bucketCount() {
    long sum = 0;
    for (Run run : runs.values()) {
      FloatHistogram last = run.last();
      sum += last.positiveBuckets.length + last.negativeBuckets.length;
    }
    return sum;
  }

  /// The open chunk of a series, or null.
  @Nullable Run of(long ref) {
    return runs.get(ref);
  }
}
