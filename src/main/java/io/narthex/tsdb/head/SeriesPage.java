package io.narthex.tsdb.head;

import io.narthex.model.labels.Labels;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// The state of 256 series with consecutive references: one cache line of eight longs for each.
/// Series of one target are made together, so a scrape walks the lines of a few pages in order.
///
/// ```text
/// 0  time of the newest sample
/// 1  raw bits of the newest value
/// 2  newest time minus that before the last commit that touched the series <32>
///    | newest time minus that of the first sample of the open chunk <32>
/// 3  the word of the open chunk that is not full yet, from its top bit on
/// 4  end of the open chunk minus its first time <32> | newest time delta <32>
/// 5  tail block of the open chunk <32> | last commit that touched the series <32>
/// 6  the commit before that one <32> | blocks behind the tail, bits in the tail <16> | samples <16>
/// 7  version <32> | leading <8> | trailing <8> | sum of the words in blocks <14> | flags <2>
/// ```
///
/// The line holds the last word of the chunk, so that most samples touch nothing but their line,
/// and the others only write to a block: waiting for a block to arrive from memory would cost more
/// than everything else.
///
/// One thread writes (the one that holds the head's commit lock); readers copy a line and check
/// that the version is even and has not changed meanwhile. Writers never wait for readers.
final class SeriesPage {

  static final int SHIFT = 8;
  static final int SERIES = 1 << SHIFT;
  static final int MASK = SERIES - 1;

  static final int LINE = 8;
  static final int LAST_T = 0;
  static final int LAST_V = 1;
  static final int CUT_MIN = 2;
  static final int PENDING = 3;
  static final int NEXT_DELTA = 4;
  static final int TAIL_COMMIT = 5;
  static final int PREV_BITS_COUNT = 6;
  static final int VERSION = 7;

  static final long VERSION_STEP = 1L << 32;

  /// Stands in the upper half of word 2 if there was no sample before the last commit.
  static final long NOTHING_BEFORE = 0xffff_ffffL;

  static final long LOW = 0xffff_ffffL;

  /// The series has had a sample, so that word 0 means something.
  static final int HAS_SAMPLES = 1;

  /// The open chunk is one of histograms and lies beside the page.
  static final int HISTOGRAMS = 2;

  /// What the words of the open chunk that are in blocks add up to, see {@link OpenChunk}.
  static final int CHECK_SHIFT = 2;

  static final long CHECK_MASK = 0xfffcL;

  static final int LINE_BYTES = LINE * Words.BYTES;
  static final int BYTES = SERIES * LINE_BYTES;

  /// Where the lines are, and what keeps them there.
  private final MemorySegment memory;

  private final long lines;
  final @Nullable Labels[] labels = new Labels[SERIES];

  /// References of the mapped chunks of a series, oldest first; an array never changes once it is
  /// here.
  final long[] @Nullable [] mapped = new long[SERIES][];

  /// Start timestamps of the samples in the open chunk of a series, see {@link
  /// io.narthex.tsdb.chunk.StartRuns}; changed with its line, and gone with its chunk. Null until
  /// the page has one.
  private long @Nullable [] @Nullable [] starts;

  int live;

  /// When the newest mapped chunk of each series ends; only while chunk files are loaded.
  private long @Nullable [] chunkEnds;

  /// The first of the free blocks that are kept for this page, -1 if there is none.
  int freeBlocks = -1;

  /// @param memory of {@link #BYTES}; stays as long as this page is reachable
  SeriesPage(MemorySegment memory) {
    this.memory = memory;
    lines = memory.address();
  }

  MemorySegment memory() {
    return memory;
  }

  /// Address of the line of a series of this page.
  long line(long ref) {
    return lines + (ref & MASK) * LINE_BYTES;
  }

  /// Whether `tMs` lies behind all samples of a series of this page. Under the commit lock.
  boolean isBehind(long ref, long tMs) {
    long line = line(ref);
    return (Words.get(line, VERSION) & HAS_SAMPLES) == 0 || tMs > Words.get(line, LAST_T);
  }

  /// The runs of start timestamps in the open chunk of a series.
  long @Nullable [] starts(long ref) {
    long @Nullable [] @Nullable [] known = starts;
    return known == null ? null : known[(int) ref & MASK];
  }

  /// Between `beginWrite` and `endWrite`.
  void putStarts(long ref, long @Nullable [] runs) {
    long @Nullable [] @Nullable [] known = starts;
    if (known == null) {
      if (runs == null) {
        return;
      }
      known = new long[SERIES][];
      starts = known;
    }
    known[(int) ref & MASK] = runs;
  }

  /// The open chunk of a line is gone, and its start timestamps with it. Between `beginWrite` and
  /// `endWrite`.
  void forgetStarts(long line) {
    if (starts != null) {
      putStarts((line - lines) / LINE_BYTES, null);
    }
  }

  long[] chunkEnds() {
    long[] ends = chunkEnds;
    if (ends == null) {
      ends = new long[SERIES];
      chunkEnds = ends;
    }
    return ends;
  }

  void forgetChunkEnds() {
    chunkEnds = null;
  }

  /// Begins a change of a line: readers who come now try again.
  static void beginWrite(long line) {
    Words.put(line, VERSION, Words.get(line, VERSION) + VERSION_STEP);
    VarHandle.storeStoreFence();
  }

  /// Ends a change.
  static void endWrite(long line) {
    VarHandle.storeStoreFence();
    Words.put(line, VERSION, Words.get(line, VERSION) + VERSION_STEP);
  }

  /// Makes a line that of a series without samples.
  static void clear(long line) {
    beginWrite(line);
    for (int word = 0; word < VERSION; word++) {
      Words.put(line, word, 0);
    }
    Words.put(line, VERSION, Words.get(line, VERSION) & -VERSION_STEP);
    endWrite(line);
  }

  /// Version word before a read; wait while it is odd.
  static long beginRead(long line) {
    long version = Words.getAcquire(line, VERSION);
    while ((version & VERSION_STEP) != 0) {
      Thread.onSpinWait();
      version = Words.getAcquire(line, VERSION);
    }
    return version;
  }

  /// Whether what was read since `beginRead` belongs together.
  static boolean endRead(long line, long version) {
    VarHandle.loadLoadFence();
    return Words.getOpaque(line, VERSION) == version;
  }

  /// Time up to which readers see who do not see the last commit.
  static long cutMs(long lastMs, long word2) {
    long back = word2 >>> 32;
    return back == NOTHING_BEFORE ? Long.MIN_VALUE : lastMs - back;
  }

  /// Time of the first sample of the open chunk.
  static long openMinMs(long lastMs, long word2) {
    return lastMs - (word2 & LOW);
  }
}
