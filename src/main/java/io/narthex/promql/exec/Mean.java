package io.narthex.promql.exec;

/// Means of values whose sum does not fit a double. Source: prometheus `promql/functions.go`
/// `funcAvgOverTime`.
final class Mean {

  private Mean() {}

  static double incremental(double[] v, int from, int to) {
    double mean = 0;
    double lost = 0;
    for (int i = from; i < to; i++) {
      double count = i - from + 1;
      double q = (count - 1) / count;
      double x = v[i] / count;
      double scaled = q * mean;
      double total = scaled + x;
      lost *= q;
      if (Double.isInfinite(total)) {
        lost = 0;
      } else if (Math.abs(scaled) >= Math.abs(x)) {
        lost += scaled - total + x;
      } else {
        lost += x - total + scaled;
      }
      mean = total;
    }
    return mean + lost;
  }
}
