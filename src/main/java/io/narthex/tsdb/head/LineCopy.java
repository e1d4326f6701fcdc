package io.narthex.tsdb.head;

import static io.narthex.tsdb.head.SeriesPage.LINE;
import static io.narthex.tsdb.head.SeriesPage.MASK;

import org.jspecify.annotations.Nullable;

/// The state of a series at one moment: its line, its mapped chunks, the bytes of its open chunk.
/// Reusable; not thread-safe.
final class LineCopy {

  private static final long[] NO_CHUNKS = {};

  final long[] line = new long[LINE];
  final byte[] chunk = new byte[OpenChunk.MOST_BYTES];
  int chunkBytes;

  /// The open chunk, if it is one of histograms.
  HistogramSeries.@Nullable Run histograms;

  long[] mapped = NO_CHUNKS;

  /// Start timestamps of the open chunk, see {@link io.narthex.tsdb.chunk.StartRuns}.
  long @Nullable [] starts;

  /// Copies until nothing has changed meanwhile. The open chunk comes along if `withChunk`.
  void take(HeadState state, SeriesPage page, long ref, boolean withChunk) {
    int at = (int) ref & MASK;
    long address = page.line(ref);
    while (true) {
      long version = SeriesPage.beginRead(address);
      Words.copy(address, line, LINE);
      long @Nullable [] refs = page.mapped[at];
      mapped = refs == null ? NO_CHUNKS : refs;
      starts = page.starts(at);
      chunkBytes = 0;
      histograms = hasHistograms() ? state.histograms.of(ref) : null;
      if (withChunk && sampleCount() > 0) {
        chunkBytes = OpenChunk.export(state.slabs, line, chunk);
      }
      if (SeriesPage.endRead(address, version)) {
        break;
      }
    }
    if (chunkBytes < 0) {
      throw new IllegalStateException("BUG: open chunk of series " + ref + " has no blocks");
    }
  }

  int sampleCount() {
    return OpenChunk.count(line[SeriesPage.PREV_BITS_COUNT]);
  }

  boolean hasSamples() {
    return (line[SeriesPage.VERSION] & SeriesPage.HAS_SAMPLES) != 0;
  }

  boolean hasHistograms() {
    return (line[SeriesPage.VERSION] & SeriesPage.HISTOGRAMS) != 0;
  }

  long lastMs() {
    return line[SeriesPage.LAST_T];
  }

  long openMinMs() {
    return SeriesPage.openMinMs(line[SeriesPage.LAST_T], line[SeriesPage.CUT_MIN]);
  }

  int lastCommit() {
    return (int) line[SeriesPage.TAIL_COMMIT];
  }

  int previousCommit() {
    return (int) (line[SeriesPage.PREV_BITS_COUNT] >>> 32);
  }

  long cutMs() {
    return SeriesPage.cutMs(line[SeriesPage.LAST_T], line[SeriesPage.CUT_MIN]);
  }
}
