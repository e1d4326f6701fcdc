package io.narthex.promql.plan;

import io.narthex.promql.ast.DurationExpr;
import io.narthex.promql.ast.Expr.Pos;
import io.narthex.promql.ast.Expr.Span;

/// Calculates duration expressions when the query's step and range are known.
///
/// @param stepSeconds `step()`; 0 for an instant query
/// @param rangeSeconds `range()`
record DurationCalculator(double stepSeconds, double rangeSeconds) {

  /// Milliseconds of a range or step, > 0.
  long positive(Span span) {
    return ms(span, false);
  }

  /// Milliseconds of an offset.
  long any(Span span) {
    return ms(span, true);
  }

  private long ms(Span span, boolean negativeAllowed) {
    DurationExpr expr = span.expr();
    if (expr == null) {
      return span.ms();
    }
    double seconds = seconds(expr);
    if (Double.isNaN(seconds) || Double.isInfinite(seconds)) {
      throw wrong(expr, "duration is NaN or infinite");
    }
    if (seconds <= 0 && !negativeAllowed) {
      throw wrong(expr, "duration must be greater than 0");
    }
    if (Math.abs(seconds) > Long.MAX_VALUE / 1e9) {
      throw wrong(expr, "duration is out of range");
    }
    return (long) (seconds * 1000);
  }

  private double seconds(DurationExpr expr) {
    return switch (expr) {
      case DurationExpr.Literal literal -> literal.seconds();
      case DurationExpr.Context context -> context.range() ? rangeSeconds : stepSeconds;
      case DurationExpr.Operation operation -> operate(operation);
    };
  }

  private double operate(DurationExpr.Operation operation) {
    double right = seconds(operation.right());
    DurationExpr leftExpr = operation.left();
    if (leftExpr == null) {
      return operation.op() == DurationExpr.Op.SUB ? -right : right;
    }
    double left = seconds(leftExpr);
    return switch (operation.op()) {
      case ADD -> left + right;
      case SUB -> left - right;
      case MUL -> left * right;
      case DIV -> left / nonZero(right, operation, "division by zero");
      case MOD -> left % nonZero(right, operation, "modulo by zero");
      case POW -> Math.pow(left, right);
      case MIN_OF -> Math.min(left, right);
      case MAX_OF -> Math.max(left, right);
    };
  }

  private static double nonZero(double value, DurationExpr expr, String mistake) {
    if (value == 0) {
      throw wrong(expr, mistake);
    }
    return value;
  }

  private static PlanException wrong(DurationExpr expr, String mistake) {
    Pos pos = expr.pos();
    return new PlanException(pos.start() + ":" + pos.end() + ": " + mistake);
  }
}
