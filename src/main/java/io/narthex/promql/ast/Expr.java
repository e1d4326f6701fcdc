package io.narthex.promql.ast;

import io.narthex.model.labels.Matcher;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A node of the syntax tree. Immutable: checks and plans make new trees.
public sealed interface Expr {

  /// Where it stands in the text.
  Pos pos();

  /// Bytes `[start, end)` of the UTF-8 query text.
  record Pos(int start, int end) {}

  /// A number; `duration` remembers that it was written as one (`5m`).
  record NumberLiteral(double value, boolean duration, Pos pos) implements Expr {}

  record StringLiteral(String value, Pos pos) implements Expr {}

  record Paren(Expr inner, Pos pos) implements Expr {}

  /// `+x` or `-x`.
  record Unary(boolean minus, Expr operand, Pos pos) implements Expr {}

  /// An instant selector. `name` is the metric name if it was written before the braces, else
  /// empty; `matchers` include the one for it.
  record VectorSelector(String name, List<Matcher> matchers, Modifiers modifiers, Pos pos)
      implements Expr {}

  /// `selector[range]`. The selector carries offset, `@`, anchored and smoothed.
  record MatrixSelector(VectorSelector selector, Span range, Pos pos) implements Expr {}

  /// `inner[range:step]`; `step` is null where the default step is meant.
  record Subquery(Expr inner, Span range, @Nullable Span step, Modifiers modifiers, Pos pos)
      implements Expr {}

  /// `function(args)`.
  record Call(Function function, List<Expr> args, Pos pos) implements Expr {}

  /// `op by (labels) (param, inner)`.
  record Aggregate(
      AggregateOp op,
      Expr inner,
      @Nullable Expr param,
      boolean without,
      List<String> grouping,
      Pos pos)
      implements Expr {}

  /// `left op right`. `matching` is null if a side is a scalar.
  record Binary(
      BinaryOp op, Expr left, Expr right, boolean returnBool, @Nullable Matching matching, Pos pos)
      implements Expr {}

  /// A span of time: milliseconds if it is known from the text, else the expression that gives it
  /// when the query's start, end and step are known.
  record Span(long ms, @Nullable DurationExpr expr) {
    public static final Span ZERO = new Span(0, null);
  }

  /// What may stand behind a selector or subquery.
  ///
  /// @param offset the offset, positive into the past
  /// @param timestampMs the `@` time if it was a number, else null
  /// @param at whether `@ start()` or `@ end()` was written
  record Modifiers(
      Span offset, @Nullable Long timestampMs, At at, boolean anchored, boolean smoothed) {
    public static final Modifiers NONE = new Modifiers(Span.ZERO, null, At.NONE, false, false);
  }

  /// The named forms of `@`.
  enum At {
    NONE,
    START,
    END
  }
}
