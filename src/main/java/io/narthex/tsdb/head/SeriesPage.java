package io.narthex.tsdb.head;

import io.narthex.model.labels.Labels;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// The state of 256 series with consecutive references: one cache line of eight longs for each.
/// Series of one target are made together, so a scrape walks the lines of a few pages in order.
///
/// ```text
/// 0  time of the newest sample
/// 1  raw bits of the newest value
/// 2  time of the newest sample before the last commit that touched the series
/// 3  time of the first sample of the open chunk
/// 4  end of the open chunk minus its first time <32> | newest time delta <32>
/// 5  tail block of the open chunk <32> | last commit that touched the series <32>
/// 6  the commit before that one <32> | blocks behind the tail, bits in the tail <16> | samples <16>
/// 7  version <32> | leading <8> | trailing <8> | flags <16>
/// ```
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
  static final int CUT_T = 2;
  static final int MIN_T = 3;
  static final int NEXT_DELTA = 4;
  static final int TAIL_COMMIT = 5;
  static final int PREV_BITS_COUNT = 6;
  static final int VERSION = 7;

  static final long VERSION_STEP = 1L << 32;

  /// The series has had a sample, so that word 0 means something.
  static final int HAS_SAMPLES = 1;

  /// The open chunk is one of histograms and lies beside the page.
  static final int HISTOGRAMS = 2;

  private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

  final long[] lines = new long[SERIES * LINE];
  final @Nullable Labels[] labels = new Labels[SERIES];

  /// References of the mapped chunks of a series, oldest first; an array never changes once it is
  /// here.
  final long @Nullable [][] mapped = new long[SERIES][];

  int live;

  /// Begins a change of the line at `base`: readers who come now try again.
  static void beginWrite(long[] lines, int base) {
    lines[base + VERSION] += VERSION_STEP;
    VarHandle.storeStoreFence();
  }

  /// Ends a change.
  static void endWrite(long[] lines, int base) {
    VarHandle.storeStoreFence();
    lines[base + VERSION] += VERSION_STEP;
  }

  /// Version word before a read; wait while it is odd.
  long beginRead(int base) {
    long version = (long) LONGS.getAcquire(lines, base + VERSION);
    while ((version & VERSION_STEP) != 0) {
      Thread.onSpinWait();
      version = (long) LONGS.getAcquire(lines, base + VERSION);
    }
    return version;
  }

  /// Whether what was read since `beginRead` belongs together.
  boolean endRead(int base, long version) {
    VarHandle.loadLoadFence();
    return (long) LONGS.getOpaque(lines, base + VERSION) == version;
  }

  static int flags(long versionWord) {
    return (int) (versionWord & 0xffff);
  }
}
