package io.narthex.promql.exec.series;

import java.util.Arrays;

/// Quantiles of floats by linear interpolation between ranks.
public final class Quantile {

  private Quantile() {}

  /// The `q` quantile of `values[0, n)`, which are sorted here, NaN first.
  public static double of(double q, double[] values, int n) {
    if (n == 0 || Double.isNaN(q)) {
      return Double.NaN;
    }
    if (q < 0) {
      return Double.NEGATIVE_INFINITY;
    }
    if (q > 1) {
      return Double.POSITIVE_INFINITY;
    }
    sortNanFirst(values, n);
    double rank = q * (n - 1);
    int lower = (int) Math.max(0, Math.floor(rank));
    int upper = Math.min(n - 1, lower + 1);
    double weight = rank - Math.floor(rank);
    return values[lower] * (1 - weight) + values[upper] * weight;
  }

  /// Whether `q` is a quantile at all.
  public static boolean valid(double q) {
    return q >= 0 && q <= 1;
  }

  private static void sortNanFirst(double[] values, int n) {
    Arrays.sort(values, 0, n);
    int nans = 0;
    while (nans < n && Double.isNaN(values[n - 1 - nans])) {
      nans++;
    }
    if (nans > 0 && nans < n) {
      System.arraycopy(values, 0, values, nans, n - nans);
      Arrays.fill(values, 0, nans, Double.NaN);
    }
  }
}
