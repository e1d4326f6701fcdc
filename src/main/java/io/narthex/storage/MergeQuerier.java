package io.narthex.storage;

import io.narthex.model.labels.Matcher;
import io.narthex.model.labels.Utf8Order;
import java.util.ArrayList;
import java.util.List;

/// Several storages read as one. A series that more than one of them has comes once, with the
/// samples of all; where they overlap in time, that of the first querier in the list stays.
/// Cheapest if the queriers are given oldest data first.
public final class MergeQuerier implements Querier {

  private final List<Querier> queriers;

  private MergeQuerier(List<Querier> queriers) {
    this.queriers = queriers;
  }

  /// A reader of all of them, which closes them.
  public static Querier of(List<? extends Querier> queriers) {
    return queriers.size() == 1 ? queriers.getFirst() : new MergeQuerier(List.copyOf(queriers));
  }

  @Override
  public SeriesSet select(boolean sorted, SelectHints hints, List<Matcher> matchers) {
    List<SeriesSet> sets = new ArrayList<>();
    for (Querier querier : queriers) {
      sets.add(querier.select(sorted, hints, matchers));
    }
    return sorted ? SortedMerge.of(sets, hints.limit()) : unsorted(sets, hints.limit());
  }

  private static SeriesSet unsorted(List<SeriesSet> sets, int limit) {
    UnsortedMerge merge = new UnsortedMerge(sets.size());
    List<String> warnings = new ArrayList<>();
    for (SeriesSet set : sets) {
      merge.addAll(set);
      warnings.addAll(set.warnings());
    }
    List<Series> all = merge.series();
    return new ListSet(limit > 0 && all.size() > limit ? all.subList(0, limit) : all, warnings);
  }

  @Override
  public List<String> labelNames(int limit, List<Matcher> matchers) {
    List<List<String>> lists = new ArrayList<>();
    queriers.forEach(q -> lists.add(q.labelNames(limit, matchers)));
    return union(lists, limit);
  }

  @Override
  public List<String> labelValues(String name, int limit, List<Matcher> matchers) {
    List<List<String>> lists = new ArrayList<>();
    queriers.forEach(q -> lists.add(q.labelValues(name, limit, matchers)));
    return union(lists, limit);
  }

  private static List<String> union(List<List<String>> lists, int limit) {
    List<String> all = List.of();
    for (List<String> list : lists) {
      all = union(all, list);
    }
    return limit > 0 && all.size() > limit ? List.copyOf(all.subList(0, limit)) : all;
  }

  /// The texts of two sorted lists, each once. Neighbouring blocks mostly have the same.
  private static List<String> union(List<String> a, List<String> b) {
    if (b.isEmpty() || a.equals(b)) {
      return a;
    }
    if (a.isEmpty()) {
      return b;
    }
    List<String> all = new ArrayList<>(a.size() + b.size());
    int i = 0;
    int j = 0;
    while (i < a.size() && j < b.size()) {
      int order = Utf8Order.compare(a.get(i), b.get(j));
      all.add(order <= 0 ? a.get(i) : b.get(j));
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
    all.addAll(a.subList(i, a.size()));
    all.addAll(b.subList(j, b.size()));
    return all;
  }

  @Override
  public void close() {
    RuntimeException first = null;
    for (Querier querier : queriers) {
      try {
        querier.close();
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /// Series of a list, with warnings.
  private static final class ListSet implements SeriesSet {
    private final List<? extends Series> series;
    private final List<String> warnings;
    private int at = -1;

    ListSet(List<? extends Series> series, List<String> warnings) {
      this.series = series;
      this.warnings = warnings;
    }

    @Override
    public boolean next() {
      return ++at < series.size();
    }

    @Override
    public Series at() {
      return series.get(at);
    }

    @Override
    public List<String> warnings() {
      return warnings;
    }
  }
}
