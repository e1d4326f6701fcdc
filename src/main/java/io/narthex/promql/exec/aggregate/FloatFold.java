package io.narthex.promql.exec.aggregate;

import io.narthex.promql.ast.Expr.Pos;
import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.Lane;
import io.narthex.promql.exec.series.Notes;
import java.util.Arrays;

/// Aggregations that know only floats: histograms are left out and noted.
abstract class FloatFold implements Fold {

  final int steps;
  private final String name;
  private final Pos pos;

  FloatFold(String name, int steps, Pos pos) {
    this.name = name;
    this.steps = steps;
    this.pos = pos;
  }

  @Override
  public final void add(int group, int series, Column column, String metric, Lane lane) {
    if (column.histograms != null) {
      for (int i = 0; i < steps; i++) {
        if (column.histogram(i) != null) {
          lane.annotations.add(Notes.histogramIgnored(name, pos));
          column.clear(i);
        }
      }
    }
    add(group, series, column.values);
  }

  /// Takes in the floats of a series; empty slots are {@link Column#ABSENT}.
  abstract void add(int group, int series, double[] values);

  /// Grows the table of groups lazily.
  static double[] row(double[][] rows, int group, int steps, double initial) {
    double[] row = rows[group];
    if (row == null) {
      row = new double[steps];
      Arrays.fill(row, initial);
      rows[group] = row;
    }
    return row;
  }
}
