package io.narthex.promql.ast;

import io.narthex.promql.ast.Expr.Pos;
import org.jspecify.annotations.Nullable;

/// A duration that is calculated when the query's step and range are known: `step()`, `2 * 5m`,
/// `min_of(a, b)`.
public sealed interface DurationExpr {

  Pos pos();

  /// A number of seconds; `duration` remembers that it was written with units.
  record Literal(double seconds, boolean duration, Pos pos) implements DurationExpr {}

  /// `step()` or `range()`. `wrapped` remembers parentheses.
  record Context(boolean range, boolean wrapped, Pos pos) implements DurationExpr {}

  /// An operator or function. `left` is null for the unary ones, SUB and ADD. A unary ADD changes
  /// nothing: it stands for a sign before a call, or carries the parentheses of a literal.
  /// `wrapped` remembers parentheses. Its place is that of its operands.
  record Operation(Op op, @Nullable DurationExpr left, DurationExpr right, boolean wrapped, Pos pos)
      implements DurationExpr {}

  /// The operators and functions of duration expressions.
  enum Op {
    ADD("+"),
    SUB("-"),
    MUL("*"),
    DIV("/"),
    MOD("%"),
    POW("^"),
    MIN_OF("min_of"),
    MAX_OF("max_of");

    private final String text;

    Op(String text) {
      this.text = text;
    }

    /// The operator or function name as PromQL writes it.
    public String text() {
      return text;
    }
  }
}
