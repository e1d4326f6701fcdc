package io.narthex.promql.exec;

import io.narthex.promql.ast.Expr;
import io.narthex.promql.ast.Expr.At;
import io.narthex.promql.ast.Expr.Modifiers;
import java.util.Set;

/// Whether an expression has the same value at every step, so that once is enough.
final class StepInvariance {

  /// Functions that look at the step's own time.
  private static final Set<String> TIME_BOUND =
      Set.of(
          "days_in_month",
          "day_of_month",
          "day_of_week",
          "day_of_year",
          "hour",
          "minute",
          "month",
          "year",
          "predict_linear",
          "time",
          "timestamp",
          "start",
          "end",
          "range",
          "step");

  private StepInvariance() {}

  static boolean holds(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral _, Expr.StringLiteral _ -> true;
      case Expr.Paren paren -> holds(paren.inner());
      case Expr.Unary unary -> holds(unary.operand());
      case Expr.VectorSelector selector -> pinned(selector.modifiers());
      case Expr.MatrixSelector matrix -> pinned(matrix.selector().modifiers());
      case Expr.Subquery subquery -> pinned(subquery.modifiers());
      case Expr.Call call ->
          !TIME_BOUND.contains(call.function().name())
              && !call.args().isEmpty()
              && call.args().stream().allMatch(StepInvariance::holds);
      case Expr.Aggregate aggregate ->
          holds(aggregate.inner()) && (aggregate.param() == null || holds(aggregate.param()));
      case Expr.Binary binary -> holds(binary.left()) && holds(binary.right());
    };
  }

  private static boolean pinned(Modifiers modifiers) {
    return modifiers.timestampMs() != null || modifiers.at() != At.NONE;
  }
}
