package io.narthex.promql.exec;

import io.narthex.promql.ast.Expr;

/// What can be said of metric names before a query runs.
final class Names {

  private Names() {}

  /// Whether the series of `expr` stay distinct when their metric names go: all have the same name,
  /// or none.
  static boolean distinctWithoutName(Expr expr) {
    return switch (expr) {
      case Expr.VectorSelector selector -> SelectorOperator.oneName(selector);
      case Expr.MatrixSelector matrix -> SelectorOperator.oneName(matrix.selector());
      case Expr.Subquery subquery -> distinctWithoutName(subquery.inner());
      case Expr.Paren paren -> distinctWithoutName(paren.inner());
      case Expr.Unary unary -> distinctWithoutName(unary.operand());
      case Expr.Aggregate aggregate ->
          !aggregate.op().takesParam()
              && (aggregate.without()
                  || !aggregate.grouping().contains(io.narthex.model.labels.Labels.NAME));
      case Expr.Call _, Expr.Binary _, Expr.NumberLiteral _, Expr.StringLiteral _ -> false;
    };
  }
}
