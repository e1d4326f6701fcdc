package io.narthex.promql.exec.range;

import io.narthex.promql.exec.series.Kahan;

/// `stddev_over_time` and `stdvar_over_time`.
final class Spread extends PerWindow {

  private final boolean deviation;

  Spread(boolean deviation) {
    this.deviation = deviation;
  }

  @Override
  double value(Track floats, int from, int to, int step, Windows windows) {
    double[] values = floats.samples.values;
    double count = 0;
    double mean = 0;
    double lostMean = 0;
    double squares = 0;
    double lostSquares = 0;
    for (int i = from; i < to; i++) {
      count++;
      double v = values[i];
      double delta = v - (mean + lostMean);
      double step1 = delta / count;
      double total = mean + step1;
      lostMean = Double.isInfinite(total) ? 0 : lostMean + Kahan.lost(mean, step1, total);
      mean = total;
      double square = delta * (v - (mean + lostMean));
      total = squares + square;
      lostSquares = Double.isInfinite(total) ? 0 : lostSquares + Kahan.lost(squares, square, total);
      squares = total;
    }
    double variance = (squares + lostSquares) / count;
    return deviation ? Math.sqrt(variance) : variance;
  }
}
