package io.narthex.tsdb.head;

import io.narthex.model.sample.StaleMarker;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The series of the head whose newest sample is a stale marker, as they were at one moment.
/// Whether a series is one is in its line, so nothing counts them while samples come in.
public final class StaleSeries {

  private long[] refs = new long[64];
  private long[] lastMs = new long[64];
  private int count;

  private StaleSeries() {}

  /// All of them but those with samples that came out of order: blocks of their own take these.
  static StaleSeries of(HeadState state) {
    StaleSeries found = new StaleSeries();
    LineCopy copy = new LineCopy();
    @Nullable SeriesPage[] pages = state.table.pages();
    for (int p = 0; p < pages.length; p++) {
      SeriesPage page = pages[p];
      for (int i = 0; page != null && i < SeriesPage.SERIES; i++) {
        long ref = (long) p << SeriesPage.SHIFT | i;
        if (page.labels[i] != null && isStale(page, ref) && !state.late.has(ref)) {
          copy.take(state, page, ref, false);
          found.add(ref, copy.lastMs());
        }
      }
    }
    return found;
  }

  /// How many there are.
  static int count(HeadState state) {
    int count = 0;
    for (SeriesPage page : state.table.pages()) {
      for (int i = 0; page != null && i < SeriesPage.SERIES; i++) {
        count += page.labels[i] != null && isStale(page, i) ? 1 : 0;
      }
    }
    return count;
  }

  private static boolean isStale(SeriesPage page, long ref) {
    long line = page.line(ref);
    return Words.get(line, SeriesPage.LAST_V) == StaleMarker.STALE_BITS
        && (Words.get(line, SeriesPage.VERSION) & SeriesPage.HAS_SAMPLES) != 0;
  }

  private void add(long ref, long newestMs) {
    if (count == refs.length) {
      refs = Arrays.copyOf(refs, count * 2);
      lastMs = Arrays.copyOf(lastMs, count * 2);
    }
    refs[count] = ref;
    lastMs[count++] = newestMs;
  }

  /// How many series these are.
  public int count() {
    return count;
  }

  long ref(int i) {
    return refs[i];
  }

  /// Time of the newest sample of series `i`.
  long newestMs(int i) {
    return lastMs[i];
  }

  /// Whether series `i` has got nothing since. Under the head's commit lock.
  boolean isUnchanged(int i, HeadState state) {
    SeriesPage page = state.table.page(refs[i]);
    return page != null
        && page.labels[(int) refs[i] & SeriesPage.MASK] != null
        && isStale(page, refs[i])
        && Words.get(page.line(refs[i]), SeriesPage.LAST_T) == lastMs[i]
        && !state.late.has(refs[i]);
  }
}
