package io.narthex.promql.exec.binary;

import io.narthex.promql.ast.BinaryOp;
import io.narthex.promql.exec.series.GoMath;

/// Operators on two floats.
public final class Arithmetic {

  private Arithmetic() {}

  /// An operator as a function.
  public interface Operator {
    double apply(double left, double right);
  }

  /// The value of an arithmetic operator. Comparisons give their left side.
  public static Operator operator(BinaryOp op) {
    return switch (op) {
      case ADD -> (a, b) -> a + b;
      case SUB -> (a, b) -> a - b;
      case MUL -> (a, b) -> a * b;
      case DIV -> (a, b) -> a / b;
      case MOD -> (a, b) -> a % b;
      case POW -> GoMath::pow;
      case ATAN2 -> Math::atan2;
      case EQL, NEQ, LTE, LSS, GTE, GTR -> (a, b) -> a;
      case OR, AND, UNLESS, TRIM_UPPER, TRIM_LOWER ->
          throw new IllegalStateException("BUG: " + op + " is not for floats");
    };
  }

  /// Whether a comparison holds; other operators always do.
  public static boolean holds(BinaryOp op, double a, double b) {
    return switch (op) {
      case EQL -> a == b;
      case NEQ -> a != b;
      case LTE -> a <= b;
      case LSS -> a < b;
      case GTE -> a >= b;
      case GTR -> a > b;
      case OR, AND, UNLESS, TRIM_UPPER, TRIM_LOWER, ADD, SUB, MUL, DIV, MOD, ATAN2, POW -> true;
    };
  }

  /// Two scalars, a comparison giving 0 or 1.
  public static double[] scalars(BinaryOp op, double[] left, double[] right) {
    double[] out = new double[left.length];
    Operator operator = operator(op);
    for (int i = 0; i < out.length; i++) {
      out[i] =
          op.isComparison()
              ? holds(op, left[i], right[i]) ? 1 : 0
              : operator.apply(left[i], right[i]);
    }
    return out;
  }

  /// Whether the result is another quantity than the operands, so that the metric name goes.
  public static boolean changesMetric(BinaryOp op) {
    return switch (op) {
      case ADD, SUB, MUL, DIV, MOD, POW, ATAN2 -> true;
      case OR, AND, UNLESS, EQL, NEQ, LTE, LSS, GTE, GTR, TRIM_UPPER, TRIM_LOWER -> false;
    };
  }
}
