package io.narthex.tsdb.head;

import io.narthex.model.labels.Labels;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The series of which all samples that a querier could see are deleted: it does not list them, nor
/// labels that nobody else has. Series with late samples are listed always. Costs nothing where
/// nothing is deleted, else a look at each series with deletions.
final class HiddenSeries {

  private final HeadState state;
  private final long minMs;
  private final long maxMs;
  private @Nullable Set<Long> refs;

  /// @param minMs first instant of the querier, inclusive
  /// @param maxMs last instant, inclusive
  HiddenSeries(HeadState state, long minMs, long maxMs) {
    this.state = state;
    this.minMs = minMs;
    this.maxMs = maxMs;
  }

  /// Whether a series has nothing but deleted samples.
  boolean has(long ref, long newestMs) {
    long[] spans = state.deleted.of(ref);
    if (spans.length == 0 || state.late.has(ref)) {
      return false;
    }
    long fromMs = Math.max(minMs, state.minMs);
    long toMs = Math.min(maxMs, newestMs);
    return fromMs <= toMs && DeletedSpans.covers(spans, fromMs, toMs);
  }

  /// All of them.
  Set<Long> refs() {
    Set<Long> known = refs;
    if (known != null) {
      return known;
    }
    Set<Long> found = new HashSet<>();
    state.deleted.forEach((ref, spans) -> {
      SeriesPage page = state.table.page(ref);
      if (page != null && has(ref, Words.get(page.line(ref), SeriesPage.LAST_T))) {
        found.add(ref);
      }
    });
    refs = found;
    return found;
  }

  /// How many of them have each value of a label.
  Map<String, Integer> values(String name) {
    Map<String, Integer> counts = new HashMap<>();
    for (long ref : refs()) {
      Labels labels = state.table.labels(ref);
      String value = labels == null ? "" : labels.get(name);
      if (!value.isEmpty()) {
        counts.merge(value, 1, Integer::sum);
      }
    }
    return counts;
  }
}
