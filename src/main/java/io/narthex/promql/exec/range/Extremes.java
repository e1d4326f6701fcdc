package io.narthex.promql.exec.range;

/// `min_over_time`, `max_over_time` and the times of both. NaN only if all samples are.
final class Extremes extends PerWindow {

  private final boolean max;
  private final boolean time;

  Extremes(boolean max, boolean time) {
    this.max = max;
    this.time = time;
  }

  @Override
  double value(Track floats, int from, int to, int step, Windows windows) {
    double[] values = floats.samples.values;
    return time ? latest(floats, from, to) : max ? max(values, from, to) : min(values, from, to);
  }

  private static double max(double[] values, int from, int to) {
    double best = values[from];
    for (int i = from + 1; i < to; i++) {
      if (values[i] > best || Double.isNaN(best)) {
        best = values[i];
      }
    }
    return best;
  }

  private static double min(double[] values, int from, int to) {
    double best = values[from];
    for (int i = from + 1; i < to; i++) {
      if (values[i] < best || Double.isNaN(best)) {
        best = values[i];
      }
    }
    return best;
  }

  /// Time of the last of equal extremes, in seconds.
  private double latest(Track floats, int from, int to) {
    double best = floats.value(from);
    long bestMs = floats.timeMs(from);
    for (int i = from; i < to; i++) {
      double v = floats.value(i);
      if (max ? v >= best || Double.isNaN(best) : v <= best || Double.isNaN(best)) {
        best = v;
        bestMs = floats.timeMs(i);
      }
    }
    return bestMs / 1000.0;
  }
}
