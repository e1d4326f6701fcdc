package io.narthex.promql.exec.range;

import io.narthex.promql.exec.series.Notes;
import io.narthex.promql.exec.series.Quantile;

/// `quantile_over_time` and `mad_over_time`.
final class Quantiles extends PerWindow {

  private final double[] q;
  private final boolean deviation;
  private double[] scratch = new double[64];

  /// @param q the quantile of each step; unused for `mad_over_time`
  Quantiles(double[] q, boolean deviation) {
    this.q = q;
    this.deviation = deviation;
  }

  @Override
  double value(Track floats, int from, int to, int step, Windows w) {
    int n = to - from;
    if (scratch.length < n) {
      scratch = new double[n * 2];
    }
    System.arraycopy(floats.samples.values, from, scratch, 0, n);
    if (deviation) {
      return medianDeviation(n);
    }
    if (!Quantile.valid(q[step])) {
      w.annotations().add(Notes.invalidQuantile(q[step], w.pos(), w.pos()));
    }
    return Quantile.of(q[step], scratch, n);
  }

  private double medianDeviation(int n) {
    for (int i = 0; i < n; i++) {
      if (Double.isNaN(scratch[i])) {
        return Double.NaN;
      }
    }
    double median = Quantile.of(0.5, scratch, n);
    for (int i = 0; i < n; i++) {
      scratch[i] = Math.abs(scratch[i] - median);
    }
    return Quantile.of(0.5, scratch, n);
  }
}
