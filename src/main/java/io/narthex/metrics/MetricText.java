package io.narthex.metrics;

/// Numbers as expositions write them.
public final class MetricText {

  private MetricText() {}

  /// Shortest text that reads back as `value`, in Go's `%g` manner for the special values.
  public static String number(double value) {
    if (value == Double.POSITIVE_INFINITY) {
      return "+Inf";
    }
    if (value == Double.NEGATIVE_INFINITY) {
      return "-Inf";
    }
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    return Double.toString(value).replace("E", "e");
  }
}
