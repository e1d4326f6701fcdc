package io.narthex.promql.exec.aggregate;

import io.narthex.promql.ast.Expr.Pos;
import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.Lane;
import io.narthex.promql.exec.series.Limits;
import io.narthex.promql.exec.series.Quantile;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// `quantile`: needs all values of a group at once.
final class QuantileFold extends FloatFold {

  /// A list without its values, and its length.
  private static final int BYTES_A_LIST = 24;

  private static final int FIRST_VALUES = 8;

  private final double[] q;
  private final Limits limits;
  private final @Nullable Values[] groups;

  /// @param limits asked before the lists grow
  QuantileFold(double[] q, int groups, int steps, Pos pos, Limits limits) {
    super("quantile", steps, pos);
    this.q = q;
    this.limits = limits;
    this.groups = new Values[groups];
  }

  /// The values of a group, a growing list a step.
  private final class Values {
    final double[][] lists;
    final int[] counts;

    Values() {
      limits.take((long) steps * BYTES_A_LIST);
      lists = new double[steps][];
      counts = new int[steps];
    }

    void add(int step, double value) {
      double[] list = lists[step];
      if (list == null) {
        limits.take(FIRST_VALUES * Double.BYTES);
        list = new double[FIRST_VALUES];
        lists[step] = list;
      } else if (counts[step] == list.length) {
        limits.take((long) list.length * Double.BYTES);
        list = Arrays.copyOf(list, list.length * 2);
        lists[step] = list;
      }
      list[counts[step]++] = value;
    }
  }

  private Values values(int group) {
    Values values = groups[group];
    if (values == null) {
      values = new Values();
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
      other.groups[g] = null;
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
