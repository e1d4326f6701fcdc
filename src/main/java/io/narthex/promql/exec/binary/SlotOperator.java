package io.narthex.promql.exec.binary;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;
import io.narthex.promql.ast.BinaryOp;
import io.narthex.promql.ast.Expr.Pos;
import io.narthex.promql.exec.histogram.HistogramMath;
import io.narthex.promql.exec.histogram.HistogramSum;
import io.narthex.promql.exec.histogram.Trim;
import io.narthex.promql.exec.series.Annotations;
import io.narthex.promql.exec.series.Notes;
import org.jspecify.annotations.Nullable;

/// A binary operator on two samples, where at least one is a histogram, or the operator is one that
/// floats do not have.
final class SlotOperator {

  /// What came of two samples.
  enum Outcome {
    /// A float, in `value`.
    FLOAT,
    /// A histogram, in `histogram`.
    HISTOGRAM,
    /// A comparison that does not hold.
    FALSE,
    /// The operator does not fit the samples.
    NONE
  }

  private final BinaryOp op;
  private final Arithmetic.@Nullable Operator floats;
  private final Pos pos;

  double value;
  @Nullable FloatHistogram histogram;

  SlotOperator(BinaryOp op, Pos pos) {
    this.op = op;
    this.pos = pos;
    boolean trims = op == BinaryOp.TRIM_LOWER || op == BinaryOp.TRIM_UPPER;
    floats = trims ? null : Arithmetic.operator(op);
  }

  /// Applies the operator.
  ///
  /// @param notes takes the notes; null if the caller does not want them
  Outcome apply(
      double left,
      @Nullable FloatHistogram leftHistogram,
      double right,
      @Nullable FloatHistogram rightHistogram,
      @Nullable Annotations notes) {
    if (leftHistogram == null && rightHistogram == null) {
      return floats(left, right, notes);
    }
    if (leftHistogram == null) {
      return rightHistogram != null && op == BinaryOp.MUL
          ? give(HistogramMath.multiply(rightHistogram, left))
          : unfit("float", "histogram", notes);
    }
    return rightHistogram == null
        ? withFloat(leftHistogram, right, notes)
        : histograms(leftHistogram, rightHistogram, notes);
  }

  private Outcome floats(double left, double right, @Nullable Annotations notes) {
    if (floats == null) {
      return unfit("float", "float", notes);
    }
    value = floats.apply(left, right);
    histogram = null;
    return Arithmetic.holds(op, left, right) ? Outcome.FLOAT : Outcome.FALSE;
  }

  private Outcome withFloat(FloatHistogram left, double right, @Nullable Annotations notes) {
    return switch (op) {
      case MUL -> give(HistogramMath.multiply(left, right));
      case DIV -> give(HistogramMath.divide(left, right));
      case TRIM_UPPER -> give(Trim.of(left, right, true));
      case TRIM_LOWER -> give(Trim.of(left, right, false));
      case ADD, SUB, MOD, POW, ATAN2, EQL, NEQ, LTE, LSS, GTE, GTR, OR, AND, UNLESS ->
          unfit("histogram", "float", notes);
    };
  }

  private Outcome histograms(
      FloatHistogram left, FloatHistogram right, @Nullable Annotations notes) {
    return switch (op) {
      case ADD, SUB -> sum(left, right, notes);
      case EQL -> compared(left, HistogramMath.same(left, right));
      case NEQ -> compared(left, !HistogramMath.same(left, right));
      case MUL, DIV, MOD, POW, ATAN2, LTE, LSS, GTE, GTR, TRIM_UPPER, TRIM_LOWER, OR, AND, UNLESS ->
          unfit("histogram", "histogram", notes);
    };
  }

  private Outcome sum(FloatHistogram left, FloatHistogram right, @Nullable Annotations notes) {
    HistogramSum sum = new HistogramSum(left);
    if (!sum.compatible(right)) {
      if (notes != null) {
        notes.add(Notes.incompatibleLayout(op.text(), pos));
      }
      return Outcome.NONE;
    }
    boolean minus = op == BinaryOp.SUB;
    String what = minus ? "subtraction" : "addition";
    if (minus) {
      sum.subtract(right);
    } else {
      sum.add(right);
    }
    if (sum.collision() && notes != null) {
      notes.add(Notes.resetCollision(what, pos));
    }
    if (sum.reconciled() && notes != null) {
      notes.add(Notes.reconciledBounds(what, pos));
    }
    return give(minus ? sum.result(ResetHint.GAUGE, 1) : sum.result());
  }

  private Outcome compared(FloatHistogram left, boolean holds) {
    give(left);
    return holds ? Outcome.HISTOGRAM : Outcome.FALSE;
  }

  private Outcome give(FloatHistogram result) {
    histogram = result;
    value = 0;
    return Outcome.HISTOGRAM;
  }

  private Outcome unfit(String left, String right, @Nullable Annotations notes) {
    if (notes != null) {
      notes.add(Notes.incompatibleTypes(left, op.text(), right, pos));
    }
    return Outcome.NONE;
  }
}
