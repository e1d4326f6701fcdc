package io.narthex.promql.exec;

import io.narthex.promql.ast.BinaryOp;

/// Binary operators on two floats.
final class BinaryMath {

  private BinaryMath() {}

  /// The value of an arithmetic operator, or the left side of a comparison.
  static double value(BinaryOp op, double l, double r) {
    return switch (op) {
      case ADD -> l + r;
      case SUB -> l - r;
      case MUL -> l * r;
      case DIV -> l / r;
      case MOD -> l % r;
      case POW -> pow(l, r);
      case ATAN2 -> Math.atan2(l, r);
      case EQL, NEQ, LTE, LSS, GTE, GTR -> l;
      case AND, OR, UNLESS, TRIM_LOWER, TRIM_UPPER ->
          throw new IllegalStateException("BUG: " + op + " of floats");
    };
  }

  /// C's power: one to any power and anything to the zeroth is one.
  static double pow(double l, double r) {
    if (l == 1 || l == -1 && Double.isInfinite(r)) {
      return 1;
    }
    return Math.pow(l, r);
  }

  static boolean compare(BinaryOp op, double l, double r) {
    return switch (op) {
      case EQL -> l == r;
      case NEQ -> l != r;
      case LTE -> l <= r;
      case LSS -> l < r;
      case GTE -> l >= r;
      case GTR -> l > r;
      case ADD, SUB, MUL, DIV, MOD, POW, ATAN2, AND, OR, UNLESS, TRIM_LOWER, TRIM_UPPER ->
          throw new IllegalStateException("BUG: " + op + " does not compare");
    };
  }

  /// Whether the result is another quantity than the operands', so that their name does not fit it.
  static boolean changesMeaning(BinaryOp op) {
    return switch (op) {
      case ADD, SUB, MUL, DIV, MOD, POW, ATAN2 -> true;
      case EQL, NEQ, LTE, LSS, GTE, GTR, AND, OR, UNLESS, TRIM_LOWER, TRIM_UPPER -> false;
    };
  }
}
