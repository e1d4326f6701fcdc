package io.narthex.cli.tsdb;

import io.narthex.model.labels.Labels;
import io.narthex.storage.Series;
import io.narthex.storage.SeriesSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Series that any of several selections of one querier found, each once, in label order.
final class SelectorUnion implements SeriesSet {

  private final List<SeriesSet> open = new ArrayList<>();
  private @Nullable Series current;

  /// @param sets each in label order
  SelectorUnion(List<SeriesSet> sets) {
    for (SeriesSet set : sets) {
      if (set.next()) {
        open.add(set);
      }
    }
  }

  @Override
  public boolean next() {
    if (open.isEmpty()) {
      current = null;
      return false;
    }
    Series least = open.getFirst().at();
    for (SeriesSet set : open) {
      least = set.at().labels().compareTo(least.labels()) < 0 ? set.at() : least;
    }
    current = least;
    Labels labels = least.labels();
    open.removeIf(set -> set.at().labels().equals(labels) && !set.next());
    return true;
  }

  @Override
  public Series at() {
    Series series = current;
    if (series == null) {
      throw new IllegalStateException("BUG: at() without next()");
    }
    return series;
  }
}
