package io.narthex.promql.exec.histogram;

/// One number that is summed with Neumaier's compensation.
final class Compensated {

  double sum;
  double compensation;

  Compensated(double sum) {
    this.sum = sum;
  }

  void add(double increment) {
    double total = sum + increment;
    compensation += lost(sum, increment, total);
    if (Double.isInfinite(total)) {
      compensation = 0;
    }
    sum = total;
  }

  /// What `total` lost of `sum + increment`.
  static double lost(double sum, double increment, double total) {
    return Math.abs(sum) >= Math.abs(increment) ? sum - total + increment : increment - total + sum;
  }

  void scale(double factor) {
    sum *= factor;
    // Nothing lost stays nothing, whatever it is multiplied by.
    compensation = compensation == 0 ? 0 : compensation * factor;
  }

  double value() {
    return sum + compensation;
  }

  double dividedBy(double divisor) {
    return sum / divisor + compensation / divisor;
  }
}
