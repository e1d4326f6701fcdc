package io.narthex.promql.exec.series;

/// Sums with Neumaier's compensation, in the order in which Prometheus does it. One instance holds
/// one running sum; it allocates nothing.
public final class Kahan {

  private double sum;
  private double compensation;

  /// What adding `increment` to `sum` loses to rounding; `total` is what it gave.
  public static double lost(double sum, double increment, double total) {
    return Math.abs(sum) >= Math.abs(increment) ? sum - total + increment : increment - total + sum;
  }

  private void add(double increment) {
    double total = sum + increment;
    compensation = Double.isInfinite(total) ? 0 : compensation + lost(sum, increment, total);
    sum = total;
  }

  /// Sum of `values[from, to)`.
  public double sum(double[] values, int from, int to) {
    sum = 0;
    compensation = 0;
    for (int i = from; i < to; i++) {
      add(values[i]);
    }
    return Double.isInfinite(sum) ? sum : sum + compensation;
  }

  /// Mean of `values[from, to)`, at least one. Goes incremental where the sum leaves the range of
  /// floats.
  public double mean(double[] values, int from, int to) {
    sum = values[from];
    compensation = 0;
    for (int i = from + 1; i < to; i++) {
      double before = sum;
      double lostBefore = compensation;
      add(values[i]);
      if (Double.isInfinite(sum)) {
        int n = i - from;
        sum = before / n;
        compensation = lostBefore / n;
        return incrementalMean(values, i, to, n);
      }
    }
    int n = to - from;
    return sum / n + compensation / n;
  }

  private double incrementalMean(double[] values, int from, int to, int seen) {
    double count = seen;
    for (int i = from; i < to; i++) {
      count++;
      double q = (count - 1) / count;
      sum *= q;
      compensation *= q;
      add(values[i] / count);
    }
    return sum + compensation;
  }
}
