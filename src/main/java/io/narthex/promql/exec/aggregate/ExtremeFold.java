package io.narthex.promql.exec.aggregate;

import io.narthex.promql.ast.Expr.Pos;
import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.Lane;
import org.jspecify.annotations.Nullable;

/// `min` and `max`: NaN only if all values are.
final class ExtremeFold extends FloatFold {

  private final boolean max;
  private final double[][] best;

  ExtremeFold(boolean max, int groups, int steps, Pos pos) {
    super(max ? "max" : "min", steps, pos);
    this.max = max;
    best = new double[groups][];
  }

  @Override
  void add(int group, int series, double[] values) {
    double[] row = row(best, group, steps, Column.ABSENT);
    for (int i = 0; i < steps; i++) {
      double v = values[i];
      // An empty slot is a NaN too, and gives way like one.
      if (!Column.absent(v)
          && (Column.absent(row[i])
              || Double.isNaN(row[i]) && !Double.isNaN(v)
              || (max ? v > row[i] : v < row[i]))) {
        row[i] = v;
      }
    }
  }

  @Override
  public void merge(Fold later, Lane lane) {
    ExtremeFold other = (ExtremeFold) later;
    for (int g = 0; g < best.length; g++) {
      if (other.best[g] != null) {
        add(g, 0, other.best[g]);
      }
    }
  }

  @Override
  public @Nullable Column result(int group, Lane lane) {
    if (best[group] == null) {
      return null;
    }
    Column out = new Column(steps);
    System.arraycopy(best[group], 0, out.values, 0, steps);
    return out;
  }
}
