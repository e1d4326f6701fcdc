package io.narthex.promql.exec.aggregate;

import io.narthex.promql.ast.Expr.Pos;
import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.Lane;
import org.jspecify.annotations.Nullable;

/// `stddev` and `stdvar` by Welford's method; shares are merged by Chan's.
final class VarianceFold extends FloatFold {

  private final boolean deviation;
  private final double[][] means;
  private final double[][] squares;
  private final double[][] counts;

  VarianceFold(boolean deviation, int groups, int steps, Pos pos) {
    super(deviation ? "stddev" : "stdvar", steps, pos);
    this.deviation = deviation;
    means = new double[groups][];
    squares = new double[groups][];
    counts = new double[groups][];
  }

  @Override
  void add(int group, int series, double[] values) {
    double[] mean = row(means, group, steps, 0);
    double[] square = row(squares, group, steps, 0);
    double[] count = row(counts, group, steps, 0);
    for (int i = 0; i < steps; i++) {
      double v = values[i];
      if (Column.absent(v)) {
        continue;
      }
      count[i]++;
      double delta = v - mean[i];
      mean[i] += delta / count[i];
      square[i] += delta * (v - mean[i]);
    }
  }

  @Override
  public void merge(Fold later, Lane lane) {
    VarianceFold other = (VarianceFold) later;
    for (int g = 0; g < means.length; g++) {
      if (other.counts[g] == null) {
        continue;
      }
      double[] mean = row(means, g, steps, 0);
      double[] square = row(squares, g, steps, 0);
      double[] count = row(counts, g, steps, 0);
      for (int i = 0; i < steps; i++) {
        double n = other.counts[g][i];
        if (n > 0) {
          double total = count[i] + n;
          double delta = other.means[g][i] - mean[i];
          square[i] += other.squares[g][i] + delta * delta * count[i] * n / total;
          mean[i] += delta * n / total;
          count[i] = total;
        }
      }
    }
  }

  @Override
  public @Nullable Column result(int group, Lane lane) {
    if (counts[group] == null) {
      return null;
    }
    Column out = new Column(steps);
    for (int i = 0; i < steps; i++) {
      double n = counts[group][i];
      if (n > 0) {
        double variance = squares[group][i] / n;
        out.values[i] = deviation ? Math.sqrt(variance) : variance;
      }
    }
    return out;
  }
}
