package io.narthex.promql.exec.series;

import io.narthex.model.labels.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Series of one answer that came to have the same labels become one, as long as no step has a
/// value of both.
public final class SameLabels {

  private SameLabels() {}

  /// `set` itself if its labels are distinct, else the merged series.
  public static VectorSet merge(QueryScope scope, VectorSet set, int steps) {
    return distinct(scope, set) ? set : merged(scope, set, steps);
  }

  /// `set` itself, or its series that have values, if their labels are distinct.
  ///
  /// @throws EvalException if two have the same labels, even if they take turns
  public static VectorSet require(QueryScope scope, VectorSet set, int steps) {
    if (distinct(scope, set)) {
      return set;
    }
    MaterialSet filled = MaterialSet.of(scope, set, steps);
    if (!distinct(scope, filled)) {
      throw EvalException.sameLabels();
    }
    return filled;
  }

  private static boolean distinct(QueryScope scope, VectorSet set) {
    int size = set.size();
    if (size < 2 || set.distinct()) {
      return true;
    }
    scope.limits().take(size * SeriesBytes.MAP_ENTRY);
    Map<Labels, Boolean> seen = HashMap.newHashMap(size);
    for (int i = 0; i < size; i++) {
      if (seen.put(set.labels(i), true) != null) {
        return false;
      }
    }
    return true;
  }

  private static VectorSet merged(QueryScope scope, VectorSet set, int steps) {
    Map<Labels, List<Integer>> members = new LinkedHashMap<>();
    for (int i = 0; i < set.size(); i++) {
      members.computeIfAbsent(set.labels(i), l -> new ArrayList<>()).add(i);
    }
    MaterialSet result = new MaterialSet();
    Lane lane = scope.lane();
    members.forEach((labels, series) -> {
      scope
          .limits()
          .take(3 * SeriesBytes.MAP_ENTRY + SeriesBytes.HELD + (long) steps * Double.BYTES);
      Column into = new Column(steps);
      Column next = lane.borrow(steps);
      for (int i : series) {
        set.evaluate(i, lane, next);
        mergeInto(into, next);
      }
      lane.give(next);
      if (into.count() > 0) {
        result.add(labels, set.dropName(series.getFirst()), into);
      }
    });
    return result;
  }

  /// Puts the values of `next` into the empty slots of `into`.
  public static void mergeInto(Column into, Column next) {
    for (int i = 0; i < next.size; i++) {
      if (next.present(i)) {
        if (into.present(i)) {
          throw EvalException.sameLabels();
        }
        into.copy(i, next, i);
      }
    }
  }
}
