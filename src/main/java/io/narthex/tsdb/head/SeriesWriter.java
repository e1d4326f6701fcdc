package io.narthex.tsdb.head;

import static io.narthex.tsdb.head.SeriesPage.CUT_MIN;
import static io.narthex.tsdb.head.SeriesPage.HAS_SAMPLES;
import static io.narthex.tsdb.head.SeriesPage.HISTOGRAMS;
import static io.narthex.tsdb.head.SeriesPage.LAST_T;
import static io.narthex.tsdb.head.SeriesPage.LAST_V;
import static io.narthex.tsdb.head.SeriesPage.LINE;
import static io.narthex.tsdb.head.SeriesPage.LOW;
import static io.narthex.tsdb.head.SeriesPage.MASK;
import static io.narthex.tsdb.head.SeriesPage.NEXT_DELTA;
import static io.narthex.tsdb.head.SeriesPage.NOTHING_BEFORE;
import static io.narthex.tsdb.head.SeriesPage.PREV_BITS_COUNT;
import static io.narthex.tsdb.head.SeriesPage.TAIL_COMMIT;
import static io.narthex.tsdb.head.SeriesPage.VERSION;

import io.narthex.storage.Appender.Outcome;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.FloatChunk;
import java.util.Arrays;

/// Puts float samples behind the ones that a series has, and decides when a chunk ends. A chunk
/// aims at 120 samples: at a quarter of that the end is forecast so that chunks share the rest of
/// their range evenly; it ends at twice as many, before 1 KiB, and at the end of the range. Source:
/// prometheus `tsdb/head_append.go`.
///
/// Not thread-safe: runs under the head's commit lock.
final class SeriesWriter {

  private static final long[] NO_CHUNKS = {};

  private final ChunkSlabs slabs;
  private final ChunkFiles files;
  private final Isolation isolation;
  private final OpenChunk open;
  private final HistogramSeries histograms;
  private final long rangeMs;
  private final int samplesPerChunk;
  private final FloatChunk floats;
  private final byte[] scratch = new byte[OpenChunk.MOST_BYTES];
  private long chunksCreated;
  private long chunksRemoved;

  SeriesWriter(
      ChunkSlabs slabs,
      ChunkFiles files,
      Isolation isolation,
      HistogramSeries histograms,
      HeadOptions options) {
    this.histograms = histograms;
    this.slabs = slabs;
    this.files = files;
    this.isolation = isolation;
    this.rangeMs = options.chunkRangeMs();
    this.samplesPerChunk = options.samplesPerChunk();
    open = new OpenChunk(slabs);
    floats = new FloatChunk(options.floatEncoding());
  }

  /// Adds a sample to a series of `page` if its time is later than all others.
  ///
  /// @param valueBits raw bits of the value
  /// @param commit the commit it belongs to
  Outcome append(SeriesPage page, long ref, long tMs, long valueBits, int commit) {
    long[] lines = page.lines;
    int base = ((int) ref & MASK) * LINE;
    boolean hasSamples = (lines[base + VERSION] & HAS_SAMPLES) != 0;
    if (hasSamples && tMs <= lines[base + LAST_T]) {
      return notLater(lines, base, tMs, valueBits);
    }
    SeriesPage.beginWrite(lines, base);
    touch(lines, base, ref, tMs, commit, hasSamples);
    int count = OpenChunk.count(lines[base + PREV_BITS_COUNT]);
    if (count == 0) {
      if ((lines[base + VERSION] & HISTOGRAMS) != 0) {
        histograms.cut(page, ref);
      }
      begin(page, base, tMs, valueBits);
    } else if (mustCut(lines, base, tMs, count)) {
      cut(page, ref);
      begin(page, base, tMs, valueBits);
    } else {
      open.append(page, base, tMs, valueBits, count);
    }
    SeriesPage.endWrite(lines, base);
    return Outcome.STORED;
  }

  private static Outcome notLater(long[] lines, int base, long tMs, long valueBits) {
    if (tMs < lines[base + LAST_T]) {
      return Outcome.OUT_OF_ORDER;
    }
    return lines[base + LAST_V] == valueBits ? Outcome.STORED : Outcome.DUPLICATE;
  }

  /// Notes that `commit` changes the series to end at `tMs`, and keeps what open readers need of
  /// the state before. The newest time is still the old one, and stays for the caller to change.
  void touch(long[] lines, int base, long ref, long tMs, int commit, boolean hasSamples) {
    long word2 = lines[base + CUT_MIN];
    long word5 = lines[base + TAIL_COMMIT];
    long back = tMs - lines[base + LAST_T];
    int last = (int) word5;
    boolean nothing = !hasSamples;
    if (last != commit) {
      long word6 = lines[base + PREV_BITS_COUNT];
      if (hasSamples && isolation.needed(last)) {
        isolation.keep(
            ref, (int) (word6 >>> 32), last, SeriesPage.cutMs(lines[base + LAST_T], word2));
      }
      lines[base + TAIL_COMMIT] = word5 & ~LOW | commit & LOW;
      lines[base + PREV_BITS_COUNT] = (long) last << 32 | word6 & LOW;
    } else {
      long before = word2 >>> 32;
      nothing |= before == NOTHING_BEFORE;
      back += before;
    }
    if (nothing) {
      back = NOTHING_BEFORE;
    } else if (back >= NOTHING_BEFORE || back < 0) {
      // Seven weeks: there is no sample in between, so any time in there parts old from new.
      back = NOTHING_BEFORE - 1;
    }
    lines[base + CUT_MIN] = back << 32 | word2 & LOW;
  }

  private void begin(SeriesPage page, int base, long tMs, long valueBits) {
    open.begin(page, base, tMs, valueBits, tMs / rangeMs * rangeMs + rangeMs);
    page.lines[base + VERSION] |= HAS_SAMPLES;
    chunksCreated++;
  }

  private boolean mustCut(long[] lines, int base, long tMs, int count) {
    long word6 = lines[base + PREV_BITS_COUNT];
    if (OpenChunk.lengthBytes(word6) > OpenChunk.CUT_BYTES) {
      return true;
    }
    long word4 = lines[base + NEXT_DELTA];
    long endDelta = word4 >>> 32;
    long elapsedMs = lines[base + CUT_MIN] & LOW;
    if (count == samplesPerChunk / 4) {
      endDelta = forecast(elapsedMs, endDelta);
      lines[base + NEXT_DELTA] = endDelta << 32 | word4 & LOW;
    }
    return tMs - lines[base + LAST_T] + elapsedMs >= endDelta || count >= samplesPerChunk * 2;
  }

  /// When a chunk should end, relative to its begin, if a quarter of it took `elapsedMs`.
  private static long forecast(long elapsedMs, long endMs) {
    double chunks = endMs / ((elapsedMs + 1) * 4.0);
    return chunks <= 1 ? endMs : (long) (endMs / Math.floor(chunks));
  }

  /// Moves the open chunk of a series to the chunk files. Between `beginWrite` and `endWrite`.
  void cut(SeriesPage page, long ref) {
    long[] lines = page.lines;
    int at = (int) ref & MASK;
    int base = at * LINE;
    int length = OpenChunk.export(slabs, lines, base, scratch);
    if (length < 0) {
      throw new IllegalStateException("BUG: open chunk of series " + ref + " has no blocks");
    }
    long lastMs = lines[base + LAST_T];
    long minMs = SeriesPage.openMinMs(lastMs, lines[base + CUT_MIN]);
    long chunkRef;
    if (floats.encoding() == ChunkEncoding.XOR) {
      chunkRef = files.append(ref, minMs, lastMs, ChunkEncoding.XOR, scratch, length);
    } else {
      floats.transcode(scratch, length);
      chunkRef =
          files.append(ref, minMs, lastMs, floats.encoding(), floats.array(), floats.lengthBytes());
    }
    addMapped(page, at, chunkRef);
    open.discard(page, base);
  }

  static void addMapped(SeriesPage page, int at, long chunkRef) {
    long[] known = page.mapped[at] == null ? NO_CHUNKS : page.mapped[at];
    long[] more = Arrays.copyOf(known, known.length + 1);
    more[known.length] = chunkRef;
    page.mapped[at] = more;
  }

  /// Forgets the open chunk of a series. Between `beginWrite` and `endWrite`.
  void discard(SeriesPage page, int base) {
    if (OpenChunk.count(page.lines[base + PREV_BITS_COUNT]) > 0) {
      open.discard(page, base);
      chunksRemoved++;
    }
  }

  /// Counts a chunk that was begun elsewhere.
  void countCreated() {
    chunksCreated++;
  }

  /// Counts chunks that came from the files of an earlier run.
  void countAdopted(int chunks) {
    chunksCreated += chunks;
  }

  /// Counts mapped chunks that the head forgot.
  void countRemoved(int chunks) {
    chunksRemoved += chunks;
  }

  long chunksCreated() {
    return chunksCreated;
  }

  long chunksRemoved() {
    return chunksRemoved;
  }
}
