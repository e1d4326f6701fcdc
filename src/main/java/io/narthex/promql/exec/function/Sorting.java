package io.narthex.promql.exec.function;

import io.narthex.promql.exec.series.MaterialSet;
import io.narthex.promql.exec.series.MaterialSet.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// `sort`, `sort_desc`, `sort_by_label`, `sort_by_label_desc` of an instant vector.
public final class Sorting {

  private Sorting() {}

  /// Floats by value, NaN last; histograms are left out.
  public static MaterialSet byValue(MaterialSet set, boolean descending) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < set.size(); i++) {
      if (set.column(i).histogram(0) == null) {
        entries.add(set.entry(i));
      }
    }
    entries.sort((a, b) -> {
      double x = a.column().values[0];
      double y = b.column().values[0];
      if (Double.isNaN(x) || Double.isNaN(y)) {
        return Boolean.compare(Double.isNaN(x), Double.isNaN(y));
      }
      return x == y ? 0 : x < y == descending ? 1 : -1;
    });
    return of(entries);
  }

  /// By labels in natural order ("a2" before "a10"), then by all labels.
  public static MaterialSet byLabel(MaterialSet set, List<String> names, boolean descending) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < set.size(); i++) {
      entries.add(set.entry(i));
    }
    Comparator<Entry> order = (a, b) -> compare(a, b, names);
    entries.sort(descending ? order.reversed() : order);
    return of(entries);
  }

  private static int compare(Entry a, Entry b, List<String> names) {
    for (String name : names) {
      String x = a.labels().get(name);
      String y = b.labels().get(name);
      if (!x.equals(y)) {
        return NaturalOrder.before(x, y) ? -1 : 1;
      }
    }
    return a.labels().compareTo(b.labels());
  }

  private static MaterialSet of(List<Entry> entries) {
    MaterialSet sorted = new MaterialSet();
    entries.forEach(e -> sorted.add(e.labels(), e.dropName(), e.column()));
    return sorted;
  }
}
