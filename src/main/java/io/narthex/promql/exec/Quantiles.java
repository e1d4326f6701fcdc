package io.narthex.promql.exec;

import io.narthex.model.sample.StaleMarker;
import java.util.Arrays;

/// Quantiles of floats. Source: prometheus `promql/quantile.go`.
final class Quantiles {

  static final double NAN = Double.longBitsToDouble(StaleMarker.NORMAL_NAN_BITS);

  private Quantiles() {}

  /// The `q`-quantile of `values[0, n)`, which are sorted in passing. NaN is the smallest value.
  static double quantile(double q, double[] values, int n) {
    if (n == 0 || Double.isNaN(q)) {
      return NAN;
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

  private static void sortNanFirst(double[] values, int n) {
    Arrays.sort(values, 0, n);
    int nans = 0;
    while (nans < n && Double.isNaN(values[n - 1 - nans])) {
      nans++;
    }
    if (nans > 0 && nans < n) {
      System.arraycopy(values, 0, values, nans, n - nans);
      Arrays.fill(values, 0, nans, NAN);
    }
  }
}
