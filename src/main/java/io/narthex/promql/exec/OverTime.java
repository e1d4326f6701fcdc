package io.narthex.promql.exec;

import io.narthex.model.sample.StaleMarker;

/// Aggregations over time of floats: one method a function, each over a window with at least one
/// float. Source: prometheus `promql/functions.go`.
final class OverTime {

  private static final double NAN = Double.longBitsToDouble(StaleMarker.NORMAL_NAN_BITS);

  private OverTime() {}

  static double sum(RangeSeries w) {
    double sum = 0;
    double lost = 0;
    for (int i = w.lo; i < w.hi; i++) {
      double x = w.v[i];
      double total = sum + x;
      if (Double.isInfinite(total)) {
        lost = 0;
      } else if (Math.abs(sum) >= Math.abs(x)) {
        lost += sum - total + x;
      } else {
        lost += x - total + sum;
      }
      sum = total;
    }
    return sum + lost;
  }

  /// The mean of the sum; an incremental one only where the sum overflows.
  static double avg(RangeSeries w) {
    double sum = sum(w);
    if (!Double.isInfinite(sum)) {
      return sum / w.count();
    }
    return Mean.incremental(w.v, w.lo, w.hi);
  }

  static double min(RangeSeries w) {
    double best = w.v[w.lo];
    for (int i = w.lo + 1; i < w.hi; i++) {
      double x = w.v[i];
      if (x < best || Double.isNaN(best)) {
        best = x;
      }
    }
    return best;
  }

  static double max(RangeSeries w) {
    double best = w.v[w.lo];
    for (int i = w.lo + 1; i < w.hi; i++) {
      double x = w.v[i];
      if (x > best || Double.isNaN(best)) {
        best = x;
      }
    }
    return best;
  }

  static double tsOfMin(RangeSeries w) {
    return w.t[extreme(w, true)] / 1000.0;
  }

  static double tsOfMax(RangeSeries w) {
    return w.t[extreme(w, false)] / 1000.0;
  }

  /// The last of equal extremes.
  private static int extreme(RangeSeries w, boolean min) {
    int best = w.lo;
    for (int i = w.lo + 1; i < w.hi; i++) {
      double x = w.v[i];
      double b = w.v[best];
      if ((min ? x <= b : x >= b) || Double.isNaN(b)) {
        best = i;
      }
    }
    return best;
  }

  /// Population variance. Source: Welford with compensated sums.
  static double stdvar(RangeSeries w) {
    double count = 0;
    Kahan mean = new Kahan();
    Kahan aux = new Kahan();
    for (int i = w.lo; i < w.hi; i++) {
      count++;
      double delta = w.v[i] - mean.value();
      mean.add(delta / count);
      aux.add(delta * (w.v[i] - mean.value()));
    }
    return aux.value() / count;
  }

  static double stddev(RangeSeries w) {
    return Math.sqrt(stdvar(w));
  }

  static double quantile(double q, RangeSeries w) {
    int n = w.count();
    double[] sorted = w.scratch(n);
    System.arraycopy(w.v, w.lo, sorted, 0, n);
    return Quantiles.quantile(q, sorted, n);
  }

  /// Median of the distances from the median.
  static double mad(RangeSeries w) {
    int n = w.count();
    double[] values = w.scratch(n);
    System.arraycopy(w.v, w.lo, values, 0, n);
    double median = Quantiles.quantile(0.5, values, n);
    for (int i = 0; i < n; i++) {
      values[i] = Math.abs(w.v[w.lo + i] - median);
    }
    return Quantiles.quantile(0.5, values, n);
  }

  static double changes(RangeSeries w) {
    int changes = 0;
    for (int i = w.lo + 1; i < w.hi; i++) {
      double a = w.v[i - 1];
      double b = w.v[i];
      if (a != b && !(Double.isNaN(a) && Double.isNaN(b))) {
        changes++;
      }
    }
    return changes;
  }

  static double resets(RangeSeries w) {
    int resets = 0;
    for (int i = w.lo + 1; i < w.hi; i++) {
      if (w.v[i] < w.v[i - 1]) {
        resets++;
      }
    }
    return resets;
  }

  static double deriv(RangeSeries w) {
    if (w.count() < 2) {
      return StepSeries.ABSENT;
    }
    return regression(w, w.t[w.lo])[0];
  }

  static double predictLinear(double seconds, RangeSeries w, long interceptMs) {
    if (w.count() < 2) {
      return StepSeries.ABSENT;
    }
    double[] line = regression(w, interceptMs);
    return line[0] * seconds + line[1];
  }

  /// Slope and intercept of the least-squares line, the intercept at `interceptMs`.
  private static double[] regression(RangeSeries w, long interceptMs) {
    Kahan sumX = new Kahan();
    Kahan sumY = new Kahan();
    Kahan sumXy = new Kahan();
    Kahan sumX2 = new Kahan();
    double first = w.v[w.lo];
    boolean constant = true;
    for (int i = w.lo; i < w.hi; i++) {
      constant &= w.v[i] == first;
      double x = (w.t[i] - interceptMs) / 1000.0;
      sumX.add(x);
      sumY.add(w.v[i]);
      sumXy.add(x * w.v[i]);
      sumX2.add(x * x);
    }
    if (constant) {
      return Double.isInfinite(first) ? new double[] {NAN, NAN} : new double[] {0, first};
    }
    double n = w.count();
    double covariance = sumXy.value() - sumX.value() * sumY.value() / n;
    double variance = sumX2.value() - sumX.value() * sumX.value() / n;
    double slope = covariance / variance;
    return new double[] {slope, sumY.value() / n - slope * sumX.value() / n};
  }

  /// Holt's linear smoothing.
  static double doubleExponential(RangeSeries w, double smoothing, double trend) {
    if (w.count() < 2) {
      return StepSeries.ABSENT;
    }
    double previous = 0;
    double current = w.v[w.lo];
    double slope = w.v[w.lo + 1] - current;
    for (int i = w.lo + 1; i < w.hi; i++) {
      double x = smoothing * w.v[i];
      if (i > w.lo + 1) {
        slope = trend * (current - previous) + (1 - trend) * slope;
      }
      double y = (1 - smoothing) * (current + slope);
      previous = current;
      current = x + y;
    }
    return current;
  }
}
