package io.narthex.tsdb.agent;

import io.narthex.model.labels.Labels;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Series by number and by labels. Numbers are dense and never used again, so series lie in pages
/// of an array that go when they are empty. Under the commit lock.
final class AgentSeriesTable {

  private static final int SHIFT = 8;
  private static final int PAGE = 1 << SHIFT;

  private @Nullable AgentSeries[] @Nullable [] pages = new AgentSeries[16][];
  private final Map<Labels, AgentSeries> byLabels = new HashMap<>();
  private long nextRef = 1;

  /// The series, or null if there is none with that number.
  @Nullable AgentSeries get(long ref) {
    int page = (int) (ref >>> SHIFT);
    @Nullable AgentSeries @Nullable [] found = ref > 0 && page < pages.length ? pages[page] : null;
    return found == null ? null : found[(int) ref & PAGE - 1];
  }

  @Nullable AgentSeries find(Labels labels) {
    return byLabels.get(labels);
  }

  /// A new series with a number of its own.
  AgentSeries add(Labels labels) {
    return add(nextRef, labels);
  }

  /// A series that has its number already.
  AgentSeries add(long ref, Labels labels) {
    AgentSeries series = new AgentSeries(ref, labels);
    int page = Math.toIntExact(ref >>> SHIFT);
    if (page >= pages.length) {
      pages = Arrays.copyOf(pages, Math.max(page + 1, pages.length * 2));
    }
    if (pages[page] == null) {
      pages[page] = new AgentSeries[PAGE];
    }
    pages[page][(int) ref & PAGE - 1] = series;
    byLabels.put(labels, series);
    skip(ref);
    return series;
  }

  /// New series get numbers above this one.
  void skip(long ref) {
    nextRef = Math.max(nextRef, ref + 1);
  }

  long nextRef() {
    return nextRef;
  }

  int size() {
    return byLabels.size();
  }

  /// Removes the series whose newest sample is older than `minMs`.
  void removeOlder(long minMs, Consumer<AgentSeries> removed) {
    for (int p = 0; p < pages.length; p++) {
      @Nullable AgentSeries @Nullable [] page = pages[p];
      if (page == null) {
        continue;
      }
      int left = 0;
      for (int i = 0; i < PAGE; i++) {
        AgentSeries series = page[i];
        if (series != null && series.lastMs < minMs) {
          page[i] = null;
          byLabels.remove(series.labels);
          removed.accept(series);
        } else if (series != null) {
          left++;
        }
      }
      if (left == 0) {
        pages[p] = null;
      }
    }
  }

  void forEach(Consumer<AgentSeries> action) {
    byLabels.values().forEach(action);
  }
}
