package io.narthex.promql.exec;

/// `rate`, `increase`, `delta` and their instant forms over floats. Source: prometheus
/// `promql/functions.go` `extrapolatedRate`, `instantValue`.
final class RateKernels {

  /// A gap below so many mean spacings counts as "the series goes on to the edge".
  private static final double EDGE_FACTOR = 1.1;

  private RateKernels() {}

  /// Value of the window as if the series covered all of it.
  ///
  /// @param counter whether drops are resets
  /// @param perSecond whether the result is divided by the range
  static double extrapolated(RangeSeries w, double[] resets, boolean counter, boolean perSecond) {
    int first = w.lo;
    int last = w.hi - 1;
    if (last <= first) {
      return StepSeries.ABSENT;
    }
    double result = w.v[last] - w.v[first];
    if (resets.length > 0) {
      result += resets[last] - resets[first];
    }
    double toStart = (w.t[first] - w.startMs) / 1000.0;
    double toEnd = (w.endMs - w.t[last]) / 1000.0;
    double sampled = (w.t[last] - w.t[first]) / 1000.0;
    double spacing = sampled / (last - first);
    double threshold = spacing * EDGE_FACTOR;
    if (toStart >= threshold) {
      toStart = spacing / 2;
    }
    if (counter) {
      toStart = untilZero(w.v[first], result, sampled, toStart);
    }
    if (toEnd >= threshold) {
      toEnd = spacing / 2;
    }
    double factor = (sampled + toStart + toEnd) / sampled;
    if (perSecond) {
      factor /= (w.endMs - w.startMs) / 1000.0;
    }
    return result * factor;
  }

  /// A counter cannot have been below zero: the extension ends where its line meets it.
  private static double untilZero(
      double firstValue, double result, double sampled, double toStart) {
    if (result > 0 && firstValue >= 0) {
      double toZero = sampled * (firstValue / result);
      if (toZero < toStart) {
        return toZero;
      }
    }
    return toStart;
  }

  /// By index, what resets up to there have hidden; empty if there is none.
  static double[] resets(RangeSeries s) {
    double[] v = s.v;
    for (int i = 1; i < s.size; i++) {
      if (v[i] < v[i - 1]) {
        return resetsFrom(s, i);
      }
    }
    return new double[0];
  }

  private static double[] resetsFrom(RangeSeries s, int first) {
    double[] hidden = new double[s.size];
    double sum = 0;
    for (int i = first; i < s.size; i++) {
      if (s.v[i] < s.v[i - 1]) {
        sum += s.v[i - 1];
      }
      hidden[i] = sum;
    }
    return hidden;
  }

  /// Difference of the last two samples, or its rate.
  static double instant(RangeSeries w, boolean rate) {
    int last = w.hi - 1;
    if (w.count() < 2) {
      return StepSeries.ABSENT;
    }
    double value = w.v[last] - w.v[last - 1];
    if (rate && w.v[last] < w.v[last - 1]) {
      value = w.v[last];
    }
    long gapMs = w.t[last] - w.t[last - 1];
    if (gapMs == 0) {
      return StepSeries.ABSENT;
    }
    return rate ? value / (gapMs / 1000.0) : value;
  }
}
