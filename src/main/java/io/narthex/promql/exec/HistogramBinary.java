package io.narthex.promql.exec;

import io.narthex.promql.ast.Expr.Binary;
import java.util.function.Supplier;

/// Binary operators where a side is a native histogram.
final class HistogramBinary {

  private HistogramBinary() {}

  /// Changes the histogram at `step` of `series`.
  static void withScalar(
      EvalContext context,
      Binary binary,
      StepSeries series,
      int step,
      double scalar,
      boolean left) {
    throw EvalContext.notImplemented(
        "operator \"" + binary.op().text() + "\" of a native histogram and a scalar");
  }

  /// Puts a histogram into the result and returns the absent value, or returns a float.
  static double withVector(
      EvalContext context,
      Binary binary,
      StepSeries l,
      StepSeries r,
      int step,
      Supplier<StepSeries> result) {
    throw EvalContext.notImplemented(
        "operator \"" + binary.op().text() + "\" of native histograms");
  }
}
