package io.narthex.tsdb.head;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.model.labels.Utf8Order;
import io.narthex.storage.Querier;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads the head as it stood when the querier was made.
final class HeadQuerier implements Querier {

  private final HeadState state;
  private final HeadReader reader;
  private final HeadSelection selection;
  private final HiddenSeries hidden;
  private final LineCopy look = new LineCopy();
  private final long minMs;
  private final long maxMs;

  /// @param fromMs in-order samples before this are not the head's any more
  /// @param minMs first instant, inclusive
  /// @param maxMs last instant, inclusive
  HeadQuerier(HeadState state, long fromMs, long minMs, long maxMs) {
    this.state = state;
    this.minMs = Math.max(fromMs, minMs);
    this.maxMs = maxMs;
    reader = new HeadReader(state, fromMs);
    selection = new HeadSelection(state);
    hidden = new HiddenSeries(state, this.minMs, maxMs);
  }

  @Override
  public SeriesSet select(boolean sorted, SelectHints hints, List<Matcher> matchers) {
    List<HeadSeries> found = new ArrayList<>();
    for (long ref : selection.select(matchers)) {
      SeriesPage page = state.table.page(ref);
      Labels labels = page == null ? null : page.labels[(int) ref & SeriesPage.MASK];
      if (page != null && labels != null && mayHaveSamples(page, ref)) {
        found.add(new HeadSeries(reader, page, ref, labels));
      }
    }
    if (sorted) {
      found.sort(Comparator.comparing(HeadSeries::labels));
    }
    boolean cut = hints.limit() > 0 && found.size() > hints.limit();
    return SeriesSet.of(cut ? found.subList(0, hints.limit()) : found);
  }

  /// False if the series has nothing in the querier's span for certain.
  private boolean mayHaveSamples(SeriesPage page, long ref) {
    if (state.late.has(ref)) {
      return true;
    }
    look.take(state, page, ref, false);
    if (!look.hasSamples() || look.lastMs() < minMs || hidden.has(ref, look.lastMs())) {
      return false;
    }
    boolean onlyOpen = look.mapped.length == 0 && !look.hasHistograms();
    return !onlyOpen || look.openMinMs() <= maxMs;
  }

  /// Whether the head has nothing at all in the querier's span.
  private boolean isOutside() {
    return maxMs < Math.min(state.minMs, state.late.minMs()) || minMs > state.maxMs;
  }

  @Override
  public List<String> labelNames(int limit, List<Matcher> matchers) {
    if (isOutside()) {
      return List.of();
    }
    Set<String> names = new HashSet<>();
    if (matchers.isEmpty()) {
      for (Postings.Name name : state.postings.names()) {
        if (hidden.refs().isEmpty() || !values(name).isEmpty()) {
          names.add(name.name());
        }
      }
    } else {
      for (long ref : selection.select(matchers)) {
        Labels labels = hidden.refs().contains(ref) ? null : state.table.labels(ref);
        for (int i = 0; labels != null && i < labels.size(); i++) {
          names.add(labels.name(i));
        }
      }
    }
    return sorted(names, limit);
  }

  @Override
  public List<String> labelValues(String name, int limit, List<Matcher> matchers) {
    Postings.Name known = isOutside() ? null : state.postings.name(name);
    if (known == null) {
      return List.of();
    }
    if (matchers.isEmpty()) {
      return sorted(values(known), limit);
    }
    Set<String> values = new HashSet<>();
    for (long ref : selection.select(matchers)) {
      Labels labels = hidden.refs().contains(ref) ? null : state.table.labels(ref);
      String value = labels == null ? "" : labels.get(name);
      if (!value.isEmpty()) {
        values.add(value);
      }
    }
    return sorted(values, limit);
  }

  /// The values of a label that a series has that is not hidden.
  private Collection<String> values(Postings.Name name) {
    Map<String, Integer> without = hidden.values(name.name());
    if (without.isEmpty()) {
      return name.values().keySet();
    }
    List<String> values = new ArrayList<>();
    for (Postings.Value value : name.values().values()) {
      if (value.refs.count() > without.getOrDefault(value.text, 0)) {
        values.add(value.text);
      }
    }
    return values;
  }

  private static List<String> sorted(Collection<String> texts, int limit) {
    List<String> list = new ArrayList<>(texts);
    list.sort(Utf8Order::compare);
    return limit > 0 && list.size() > limit ? List.copyOf(list.subList(0, limit)) : list;
  }

  @Override
  public void close() {
    reader.close();
  }
}
