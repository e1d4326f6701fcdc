package io.narthex.promql.ast;

/// The type of a checked expression: what evaluating it gives.
public final class ExprType {

  private ExprType() {}

  /// The type of `expr`, found from the tree alone.
  public static ValueType of(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral _ -> ValueType.SCALAR;
      case Expr.StringLiteral _ -> ValueType.STRING;
      case Expr.Paren paren -> of(paren.inner());
      case Expr.Unary unary -> of(unary.operand());
      case Expr.VectorSelector _, Expr.Aggregate _ -> ValueType.VECTOR;
      case Expr.MatrixSelector _, Expr.Subquery _ -> ValueType.MATRIX;
      case Expr.Call call -> call.function().returns();
      case Expr.Binary binary -> ofBinary(binary);
    };
  }

  private static ValueType ofBinary(Expr.Binary binary) {
    // A matching is only kept between two vectors, which spares walking long chains.
    boolean scalar =
        binary.matching() == null
            && of(binary.left()) == ValueType.SCALAR
            && of(binary.right()) == ValueType.SCALAR;
    return scalar ? ValueType.SCALAR : ValueType.VECTOR;
  }
}
