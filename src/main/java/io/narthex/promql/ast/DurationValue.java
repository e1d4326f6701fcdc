package io.narthex.promql.ast;

import io.narthex.promql.ast.Expr.Pos;

/// The value of a calculated duration once the query's step and range are known. Source:
/// Prometheus' `promql/durations.go`.
public final class DurationValue {

  /// What 64 bits of nanoseconds hold.
  private static final double MAX_SECONDS = 0x1p63 / 1e9;

  private final long stepMs;
  private final long rangeMs;

  /// @param stepMs the query's step; 0 for an instant query
  /// @param rangeMs from the query's first evaluation to its last
  public DurationValue(long stepMs, long rangeMs) {
    this.stepMs = stepMs;
    this.rangeMs = rangeMs;
  }

  /// The value of an offset, which may be of any sign, in milliseconds.
  ///
  /// @throws IllegalArgumentException with Prometheus' wording if it has none
  public long offsetMs(DurationExpr expr) {
    double seconds = seconds(expr);
    if (Double.isNaN(seconds) || Double.isInfinite(seconds)) {
      throw mistake(expr, "duration is NaN or infinite");
    }
    if (Math.abs(seconds) > MAX_SECONDS) {
      throw mistake(expr, "duration is out of range");
    }
    return (long) (seconds * 1000);
  }

  /// The value of a range or step, which is more than 0, in milliseconds.
  ///
  /// @throws IllegalArgumentException with Prometheus' wording if it has none
  public long positiveMs(DurationExpr expr) {
    if (seconds(expr) <= 0) {
      throw mistake(expr, "duration must be greater than 0");
    }
    return offsetMs(expr);
  }

  private double seconds(DurationExpr expr) {
    return switch (expr) {
      case DurationExpr.Literal literal -> literal.seconds();
      case DurationExpr.Context context -> (context.range() ? rangeMs : stepMs) / 1000.0;
      case DurationExpr.Operation operation -> operation(operation);
    };
  }

  private double operation(DurationExpr.Operation operation) {
    DurationExpr leftExpr = operation.left();
    double left = leftExpr == null ? 0 : seconds(leftExpr);
    double right = seconds(operation.right());
    return switch (operation.op()) {
      case ADD -> leftExpr == null ? right : left + right;
      case SUB -> leftExpr == null ? -right : left - right;
      case MUL -> left * right;
      case DIV -> left / divisor(operation, right, "division by zero");
      case MOD -> left % divisor(operation, right, "modulo by zero");
      case POW -> Math.pow(left, right);
      case MIN_OF -> Math.min(left, right);
      case MAX_OF -> Math.max(left, right);
    };
  }

  private static double divisor(DurationExpr expr, double value, String zero) {
    if (value == 0) {
      throw mistake(expr, zero);
    }
    return value;
  }

  /// The place is the byte range, unlike in mistakes of the syntax: so the reference has it.
  private static IllegalArgumentException mistake(DurationExpr expr, String message) {
    Pos pos = expr.pos();
    return new IllegalArgumentException(pos.start() + ":" + pos.end() + ": " + message);
  }
}
