package io.narthex.storage;

import io.narthex.model.labels.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Joins sets of series in whatever order they come. Neighbouring blocks have nearly the same
/// series in the same order: the next series is first looked for behind the last one that was
/// found, and only by hash if it is not there.
final class UnsortedMerge {

  private final int sets;
  private final List<Series> all = new ArrayList<>();
  private final Map<Labels, Integer> places = new HashMap<>();
  private int hashed;

  /// @param sets how many sets will come
  UnsortedMerge(int sets) {
    this.sets = sets;
  }

  void addAll(SeriesSet set) {
    int known = all.size();
    int next = 0;
    while (set.next()) {
      Series series = set.at();
      int place = known == 0 ? -1 : place(series.labels(), next, known);
      if (place < 0) {
        all.add(series);
      } else {
        all.set(place, MergedSeries.join(all.get(place), series, sets));
        next = place + 1;
      }
    }
  }

  /// Where the series with these labels stands among the first `known`, or -1.
  private int place(Labels labels, int next, int known) {
    if (next < known && all.get(next).labels().equals(labels)) {
      return next;
    }
    for (; hashed < known; hashed++) {
      places.put(all.get(hashed).labels(), hashed);
    }
    return places.getOrDefault(labels, -1);
  }

  List<Series> series() {
    return all;
  }
}
