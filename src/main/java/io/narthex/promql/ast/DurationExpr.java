package io.narthex.promql.ast;

import io.narthex.promql.ast.Expr.Pos;
import org.jspecify.annotations.Nullable;

/// A duration that is calculated when the query's step and range are known: `step()`, `2 * 5m`,
/// `min_of(a, b)`.
public sealed interface DurationExpr {

  Pos pos();

  /// A number of seconds; `duration` remembers that it was written with units.
  record Literal(double seconds, boolean duration, Pos pos) implements DurationExpr {}

  /// `step()` or `range()`.
  record Context(boolean range, Pos pos) implements DurationExpr {}

  /// An operator or function; `left` is null for the unary ones. `wrapped` remembers parentheses.
  record Operation(Op op, @Nullable DurationExpr left, DurationExpr right, boolean wrapped, Pos pos)
      implements DurationExpr {}

  /// The operators and functions of duration expressions.
  enum Op {
    ADD,
    SUB,
    MUL,
    DIV,
    MOD,
    POW,
    MIN_OF,
    MAX_OF
  }
}
