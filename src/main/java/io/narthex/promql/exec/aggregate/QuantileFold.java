package io.narthex.promql.exec.aggregate;

import io.narthex.promql.ast.Expr.Pos;
import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.Lane;
import io.narthex.promql.exec.series.Quantile;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// `quantile`: needs all values of a group at once.
final class QuantileFold extends FloatFold {

  private final double[] q;
  private final @Nullable Values[] groups;

  QuantileFold(double[] q, int groups, int steps, Pos pos) {
    super("quantile", steps, pos);
    this.q = q;
    this.groups = new Values[groups];
  }

  /// The values of a group, a growing list a step.
  private static final class Values {
    final double[][] lists;
    final int[] counts;

    Values(int steps) {
      lists = new double[steps][];
      counts = new int[steps];
    }

    void add(int step, double value) {
      double[] list = lists[step];
      if (list == null) {
        list = new double[8];
        lists[step] = list;
      } else if (counts[step] == list.length) {
        list = Arrays.copyOf(list, list.length * 2);
        lists[step] = list;
      }
      list[counts[step]++] = value;
    }
  }

  private Values values(int group) {
    Values values = groups[group];
    if (values == null) {
      values = new Values(steps);
      groups[group] = values;
    }
    return values;
  }

  @Override
  void add(int group, int series, double[] values) {
    Values into = values(group);
    for (int i = 0; i < steps; i++) {
      if (!Column.absent(values[i])) {
        into.add(i, values[i]);
      }
    }
  }

  @Override
  public void merge(Fold later, Lane lane) {
    QuantileFold other = (QuantileFold) later;
    for (int g = 0; g < groups.length; g++) {
      Values theirs = other.groups[g];
      if (theirs == null) {
        continue;
      }
      Values mine = values(g);
      for (int i = 0; i < steps; i++) {
        for (int k = 0; k < theirs.counts[i]; k++) {
          mine.add(i, theirs.lists[i][k]);
        }
      }
    }
  }

  @Override
  public @Nullable Column result(int group, Lane lane) {
    Values values = groups[group];
    if (values == null) {
      return null;
    }
    Column out = new Column(steps);
    for (int i = 0; i < steps; i++) {
      if (values.counts[i] > 0) {
        out.values[i] = Quantile.of(q[i], values.lists[i], values.counts[i]);
      }
    }
    return out;
  }
}
