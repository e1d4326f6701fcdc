package io.narthex.promql.exec.range;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.promql.ast.Expr.Pos;
import io.narthex.promql.exec.histogram.CounterReset;
import io.narthex.promql.exec.histogram.HistogramMath;
import io.narthex.promql.exec.histogram.HistogramSum;
import io.narthex.promql.exec.series.Annotations;
import io.narthex.promql.exec.series.Notes;

/// Histograms between two samples.
public final class Interpolation {

  private Interpolation() {}

  /// The histogram at `tMs` on the line from one to the other, both of one kind of schema. A
  /// counter that was reset began at zero.
  public static FloatHistogram between(
      FloatHistogram before,
      long beforeMs,
      FloatHistogram after,
      long afterMs,
      long tMs,
      boolean counter,
      Annotations notes,
      Pos pos) {
    if (tMs == beforeMs) {
      return before;
    }
    if (tMs == afterMs) {
      return after;
    }
    double fraction = (tMs - beforeMs) / (double) (afterMs - beforeMs);
    if (counter && CounterReset.between(before, after)) {
      return HistogramMath.multiply(after, fraction);
    }
    HistogramSum difference = new HistogramSum(after);
    difference.subtract(before);
    if (difference.reconciled()) {
      notes.add(Notes.reconciledBounds("subtraction", pos));
    }
    HistogramSum sum = new HistogramSum(HistogramMath.multiply(difference.result(), fraction));
    sum.add(before);
    if (sum.reconciled()) {
      notes.add(Notes.reconciledBounds("addition", pos));
    }
    return sum.result();
  }
}
