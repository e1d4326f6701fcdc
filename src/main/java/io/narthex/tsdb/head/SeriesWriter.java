package io.narthex.tsdb.head;

import static io.narthex.tsdb.head.SeriesPage.CUT_MIN;
import static io.narthex.tsdb.head.SeriesPage.HAS_SAMPLES;
import static io.narthex.tsdb.head.SeriesPage.HISTOGRAMS;
import static io.narthex.tsdb.head.SeriesPage.LAST_T;
import static io.narthex.tsdb.head.SeriesPage.LAST_V;
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
import io.narthex.tsdb.chunk.StartRuns;
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
  private final long[] copy = new long[SeriesPage.LINE];
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
    long line = page.line(ref);
    boolean hasSamples = (Words.get(line, VERSION) & HAS_SAMPLES) != 0;
    if (hasSamples && tMs <= Words.get(line, LAST_T)) {
      return notLater(line, tMs, valueBits);
    }
    SeriesPage.beginWrite(line);
    put(page, line, ref, tMs, valueBits, commit, hasSamples);
    SeriesPage.endWrite(line);
    return Outcome.STORED;
  }

  /// As above, with a start timestamp, 0 if it is unknown. All samples of a chunk come this way or
  /// none.
  Outcome append(SeriesPage page, long ref, long tMs, long valueBits, long startMs, int commit) {
    long line = page.line(ref);
    boolean hasSamples = (Words.get(line, VERSION) & HAS_SAMPLES) != 0;
    if (hasSamples && tMs <= Words.get(line, LAST_T)) {
      return notLater(line, tMs, valueBits);
    }
    SeriesPage.beginWrite(line);
    put(page, line, ref, tMs, valueBits, commit, hasSamples);
    // A chunk that was begun has none yet.
    page.putStarts(ref, StartRuns.with(page.starts(ref), tMs, startMs));
    SeriesPage.endWrite(line);
    return Outcome.STORED;
  }

  private void put(
      SeriesPage page,
      long line,
      long ref,
      long tMs,
      long valueBits,
      int commit,
      boolean hasSamples) {
    touch(line, ref, tMs, commit, hasSamples);
    int count = OpenChunk.count(Words.get(line, PREV_BITS_COUNT));
    if (count == 0) {
      if ((Words.get(line, VERSION) & HISTOGRAMS) != 0) {
        histograms.cut(page, ref);
      }
      begin(page, line, tMs, valueBits);
    } else if (mustCut(line, tMs, count)) {
      cut(page, ref);
      begin(page, line, tMs, valueBits);
    } else {
      open.append(page, line, tMs, valueBits, count);
    }
  }

  private static Outcome notLater(long line, long tMs, long valueBits) {
    if (tMs < Words.get(line, LAST_T)) {
      return Outcome.OUT_OF_ORDER;
    }
    return Words.get(line, LAST_V) == valueBits ? Outcome.STORED : Outcome.DUPLICATE;
  }

  /// Notes that `commit` changes the series to end at `tMs`, and keeps what open readers need of
  /// the state before. The newest time is still the old one, and stays for the caller to change.
  void touch(long line, long ref, long tMs, int commit, boolean hasSamples) {
    long word2 = Words.get(line, CUT_MIN);
    long word5 = Words.get(line, TAIL_COMMIT);
    long back = tMs - Words.get(line, LAST_T);
    int last = (int) word5;
    boolean nothing = !hasSamples;
    if (last != commit) {
      long word6 = Words.get(line, PREV_BITS_COUNT);
      if (hasSamples && isolation.needed(last)) {
        isolation.keep(
            ref, (int) (word6 >>> 32), last, SeriesPage.cutMs(Words.get(line, LAST_T), word2));
      }
      Words.put(line, TAIL_COMMIT, word5 & ~LOW | commit & LOW);
      Words.put(line, PREV_BITS_COUNT, (long) last << 32 | word6 & LOW);
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
    Words.put(line, CUT_MIN, back << 32 | word2 & LOW);
  }

  private void begin(SeriesPage page, long line, long tMs, long valueBits) {
    open.begin(page, line, tMs, valueBits, tMs / rangeMs * rangeMs + rangeMs);
    Words.put(line, VERSION, Words.get(line, VERSION) | HAS_SAMPLES);
    chunksCreated++;
  }

  private boolean mustCut(long line, long tMs, int count) {
    long word6 = Words.get(line, PREV_BITS_COUNT);
    if (OpenChunk.lengthBytes(word6) > OpenChunk.CUT_BYTES) {
      return true;
    }
    long word4 = Words.get(line, NEXT_DELTA);
    long endDelta = word4 >>> 32;
    long elapsedMs = Words.get(line, CUT_MIN) & LOW;
    if (count == samplesPerChunk / 4) {
      endDelta = forecast(elapsedMs, endDelta);
      Words.put(line, NEXT_DELTA, endDelta << 32 | word4 & LOW);
    }
    return tMs - Words.get(line, LAST_T) + elapsedMs >= endDelta || count >= samplesPerChunk * 2;
  }

  /// When a chunk should end, relative to its begin, if a quarter of it took `elapsedMs`.
  private static long forecast(long elapsedMs, long endMs) {
    double chunks = endMs / ((elapsedMs + 1) * 4.0);
    return chunks <= 1 ? endMs : (long) (endMs / Math.floor(chunks));
  }

  /// Moves the open chunk of a series to the chunk files. Between `beginWrite` and `endWrite`.
  void cut(SeriesPage page, long ref) {
    int at = (int) ref & MASK;
    long line = page.line(at);
    Words.copy(line, copy, SeriesPage.LINE);
    int length = OpenChunk.export(slabs, copy, scratch);
    if (length < 0) {
      throw new IllegalStateException("BUG: open chunk of series " + ref + " has no blocks");
    }
    long lastMs = Words.get(line, LAST_T);
    long minMs = SeriesPage.openMinMs(lastMs, Words.get(line, CUT_MIN));
    long chunkRef;
    if (floats.encoding() == ChunkEncoding.XOR) {
      chunkRef = files.append(ref, minMs, lastMs, ChunkEncoding.XOR, scratch, length);
    } else {
      floats.transcode(scratch, length, page.starts(ref));
      chunkRef =
          files.append(ref, minMs, lastMs, floats.encoding(), floats.array(), floats.lengthBytes());
    }
    addMapped(page, at, chunkRef);
    open.discard(page, line);
  }

  static void addMapped(SeriesPage page, int at, long chunkRef) {
    long[] known = page.mapped[at] == null ? NO_CHUNKS : page.mapped[at];
    long[] more = Arrays.copyOf(known, known.length + 1);
    more[known.length] = chunkRef;
    page.mapped[at] = more;
  }

  /// Forgets the open chunk of a series. Between `beginWrite` and `endWrite`.
  void discard(SeriesPage page, long line) {
    if (OpenChunk.count(Words.get(line, PREV_BITS_COUNT)) > 0) {
      open.discard(page, line);
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
