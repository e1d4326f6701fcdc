package io.narthex.promql.exec;

/// Sums that keep what rounding would lose (Kahan-Neumaier).
final class Kahan {

  double sum;
  double lost;

  void reset() {
    sum = 0;
    lost = 0;
  }

  void add(double value) {
    double total = sum + value;
    if (Double.isInfinite(total)) {
      lost = 0;
    } else if (Math.abs(sum) >= Math.abs(value)) {
      lost += sum - total + value;
    } else {
      lost += value - total + sum;
    }
    sum = total;
  }

  double value() {
    return sum + lost;
  }
}
