package io.narthex.promql.exec.function;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.Lane;
import io.narthex.promql.exec.series.MaterialSet;
import io.narthex.promql.exec.series.QueryScope;
import io.narthex.promql.exec.series.VectorSet;
import io.narthex.promql.plan.Plan;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// `absent` and `absent_over_time`: 1 where no series has a value.
public final class Absence {

  private Absence() {}

  /// @param argument where the labels of the answer come from
  public static VectorSet of(
      QueryScope scope, VectorSet set, int steps, Plan argument, boolean dropName) {
    boolean[] present = new boolean[steps];
    int missing = steps;
    Lane lane = scope.lane();
    Column column = lane.borrow(steps);
    for (int s = 0;
        s < set.size() && (missing > 0 || !set.quiet() || scope.manner().exactCounts());
        s++) {
      set.evaluate(s, lane, column);
      for (int i = 0; i < steps; i++) {
        if (!present[i] && column.present(i)) {
          present[i] = true;
          missing--;
        }
      }
    }
    lane.give(column);
    MaterialSet result = new MaterialSet();
    if (missing > 0) {
      Column ones = new Column(steps);
      for (int i = 0; i < steps; i++) {
        if (!present[i]) {
          ones.set(i, 1);
        }
      }
      result.add(labels(argument), dropName, ones);
    }
    return result;
  }

  /// The labels that a selector's equality matchers give, each label matched once.
  private static Labels labels(Plan argument) {
    return switch (argument) {
      case Plan.Selector selector -> labels(selector.matchers());
      case Plan.Range range -> labels(range.selector().matchers());
      case Plan.Once once -> labels(once.inner());
      case Plan.Number _,
          Plan.Text _,
          Plan.Subquery _,
          Plan.Call _,
          Plan.Aggregate _,
          Plan.Binary _,
          Plan.Negate _ ->
          Labels.EMPTY;
    };
  }

  private static Labels labels(List<Matcher> matchers) {
    LabelsBuilder builder = new LabelsBuilder();
    Set<String> seen = new HashSet<>();
    for (Matcher matcher : matchers) {
      String name = matcher.name();
      if (name.equals(Labels.NAME)) {
        continue;
      }
      if (matcher.type() == MatchType.EQUAL && seen.add(name)) {
        builder.set(name, matcher.value());
      } else {
        builder.remove(name);
      }
    }
    return builder.build();
  }
}
