package io.narthex.promql.exec.range;

import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.EvalException;

/// `double_exponential_smoothing`.
final class Smoothing extends PerWindow {

  private final double[] factors;
  private final double[] trends;

  Smoothing(double[] factors, double[] trends) {
    this.factors = factors;
    this.trends = trends;
  }

  @Override
  int needed() {
    return 2;
  }

  @Override
  public void fill(Windows windows, Column out) {
    for (int i = 0; i < windows.steps(); i++) {
      if (windows.floats().count(i) + windows.histograms().count(i) > 0) {
        check("smoothing factor", "sf", factors[i]);
        check("trend factor", "tf", trends[i]);
      }
    }
    super.fill(windows, out);
  }

  private static void check(String what, String name, double value) {
    if (value <= 0 || value >= 1) {
      throw EvalException.failed(
          String.format("invalid %s. Expected: 0 < %s < 1, got: %f", what, name, value));
    }
  }

  @Override
  double value(Track floats, int from, int to, int step, Windows windows) {
    double factor = factors[step];
    double trendFactor = trends[step];
    double previous = 0;
    double smoothed = floats.value(from);
    double trend = floats.value(from + 1) - floats.value(from);
    for (int i = from + 1; i < to; i++) {
      if (i > from + 1) {
        trend = trendFactor * (smoothed - previous) + (1 - trendFactor) * trend;
      }
      double next = factor * floats.value(i) + (1 - factor) * (smoothed + trend);
      previous = smoothed;
      smoothed = next;
    }
    return smoothed;
  }
}
