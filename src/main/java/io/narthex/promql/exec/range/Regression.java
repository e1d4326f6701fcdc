package io.narthex.promql.exec.range;

import io.narthex.promql.exec.series.Kahan;
import org.jspecify.annotations.Nullable;

/// `deriv` and `predict_linear`: least squares over the window.
final class Regression extends PerWindow {

  private final double @Nullable [] ahead;

  /// @param ahead seconds that each step looks ahead; null for the slope alone
  Regression(double @Nullable [] ahead) {
    this.ahead = ahead;
  }

  @Override
  int needed() {
    return 2;
  }

  @Override
  double value(Track floats, int from, int to, int step, Windows w) {
    long origin = ahead == null ? floats.timeMs(from) : w.shape().steps().timeMs(step);
    double first = floats.value(from);
    boolean constant = true;
    double sumX = 0;
    double lostX = 0;
    double sumY = 0;
    double lostY = 0;
    double sumXy = 0;
    double lostXy = 0;
    double sumXx = 0;
    double lostXx = 0;
    for (int i = from; i < to; i++) {
      double y = floats.value(i);
      double x = (floats.timeMs(i) - origin) / 1e3;
      constant &= y == first || i == from;
      double total = sumX + x;
      lostX += Kahan.lost(sumX, x, total);
      sumX = total;
      total = sumY + y;
      lostY = Double.isInfinite(total) ? 0 : lostY + Kahan.lost(sumY, y, total);
      sumY = total;
      total = sumXy + x * y;
      lostXy = Double.isInfinite(total) ? 0 : lostXy + Kahan.lost(sumXy, x * y, total);
      sumXy = total;
      total = sumXx + x * x;
      lostXx += Kahan.lost(sumXx, x * x, total);
      sumXx = total;
    }
    if (constant) {
      return constant(first, step);
    }
    double n = to - from;
    double slope = slope(n, sumX + lostX, sumY + lostY, sumXy + lostXy, sumXx + lostXx);
    if (ahead == null) {
      return slope;
    }
    double intercept = (sumY + lostY) / n - slope * (sumX + lostX) / n;
    return slope * ahead[step] + intercept;
  }

  private double constant(double value, int step) {
    if (Double.isInfinite(value)) {
      return Double.NaN;
    }
    return ahead == null ? 0 : 0 * ahead[step] + value;
  }

  private static double slope(double n, double x, double y, double xy, double xx) {
    return (xy - x * y / n) / (xx - x * x / n);
  }
}
