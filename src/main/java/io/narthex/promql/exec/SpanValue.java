package io.narthex.promql.exec;

import io.narthex.promql.ast.DurationExpr;
import io.narthex.promql.ast.Expr.Span;

/// Values of ranges, steps and offsets once the query's own range and step are known.
public final class SpanValue {

  private SpanValue() {}

  /// A range or step: milliseconds, > 0.
  static long rangeMs(Span span, StepGrid query) {
    long ms = offsetMs(span, query);
    if (ms <= 0) {
      throw EvalContext.error("duration must be greater than 0");
    }
    return ms;
  }

  /// An offset: milliseconds of any sign.
  static long offsetMs(Span span, StepGrid query) {
    DurationExpr expr = span.expr();
    if (expr == null) {
      return span.ms();
    }
    double seconds = seconds(expr, query);
    if (Double.isNaN(seconds) || Math.abs(seconds) >= Long.MAX_VALUE / 1e9) {
      throw EvalContext.error("duration out of range");
    }
    return Math.round(seconds * 1000);
  }

  /// Source: prometheus `promql/durations.go`.
  static double seconds(DurationExpr expr, StepGrid query) {
    return switch (expr) {
      case DurationExpr.Literal literal -> literal.seconds();
      case DurationExpr.Context context -> {
        boolean instant = query.count() == 1 && query.stepMs() == 1;
        long ms = context.range() ? query.endMs() - query.startMs() : instant ? 0 : query.stepMs();
        yield ms / 1000.0;
      }
      case DurationExpr.Operation operation -> operation(operation, query);
    };
  }

  private static double operation(DurationExpr.Operation operation, StepGrid query) {
    double right = seconds(operation.right(), query);
    DurationExpr leftExpr = operation.left();
    if (leftExpr == null) {
      return operation.op() == DurationExpr.Op.SUB ? -right : right;
    }
    double left = seconds(leftExpr, query);
    return switch (operation.op()) {
      case ADD -> left + right;
      case SUB -> left - right;
      case MUL -> left * right;
      case DIV -> divided(left, right);
      case MOD -> modulo(left, right);
      case POW -> Math.pow(left, right);
      case MIN_OF -> Math.min(left, right);
      case MAX_OF -> Math.max(left, right);
    };
  }

  private static double divided(double left, double right) {
    if (right == 0) {
      throw EvalContext.error("division by zero");
    }
    return left / right;
  }

  private static double modulo(double left, double right) {
    if (right == 0) {
      throw EvalContext.error("modulo by zero");
    }
    return left % right;
  }
}
