package io.narthex.tsdb.head;

import io.narthex.model.labels.Labels;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Takes series out of the head, one after another; their postings go with {@link #finish}. Readers
/// that were open when it began are closed. Under the head's commit lock, which may be let go in
/// between.
final class SeriesRemoval {

  private final HeadState state;
  private final Map<String, Set<String>> touched = new HashMap<>();
  private final Set<Long> removed = new HashSet<>();

  SeriesRemoval(HeadState state) {
    this.state = state;
  }

  void remove(SeriesPage page, long ref, Labels labels) {
    for (int i = 0; i < labels.size(); i++) {
      touched.computeIfAbsent(labels.name(i), n -> new HashSet<>()).add(labels.value(i));
    }
    removed.add(ref);
    empty(state, page, ref);
    state.table.remove(ref);
    if (page.live == 0) {
      state.slabs.release(page);
    }
  }

  /// Makes a series one without samples.
  static void empty(HeadState state, SeriesPage page, long ref) {
    int at = (int) ref & SeriesPage.MASK;
    long line = page.line(ref);
    SeriesPage.beginWrite(line);
    long[] mapped = page.mapped[at];
    if (mapped != null) {
      state.writer.countRemoved(mapped.length);
      page.mapped[at] = null;
    }
    state.histograms.discard(page, ref);
    state.writer.discard(page, line);
    SeriesPage.endWrite(line);
    SeriesPage.clear(line);
  }

  void finish() {
    state.postings.retain(touched, ref -> !removed.contains(ref));
    removed.forEach(state.deleted::remove);
  }

  /// References of what was removed.
  Set<Long> removed() {
    return removed;
  }
}
