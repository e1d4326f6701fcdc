package io.narthex.promql.plan;

import io.narthex.model.labels.Matcher;
import io.narthex.promql.ast.AggregateOp;
import io.narthex.promql.ast.BinaryOp;
import io.narthex.promql.ast.Expr.Pos;
import io.narthex.promql.ast.Function;
import io.narthex.promql.ast.Matching;
import io.narthex.promql.ast.ValueType;
import io.narthex.storage.SelectHints;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A query that is ready to run: all times are numbers. Immutable.
public sealed interface Plan {

  /// Where it stands in the text.
  Pos pos();

  /// What running it gives.
  ValueType type();

  record Number(double value, Pos pos) implements Plan {
    @Override
    public ValueType type() {
      return ValueType.SCALAR;
    }
  }

  record Text(String value, Pos pos) implements Plan {
    @Override
    public ValueType type() {
      return ValueType.STRING;
    }
  }

  /// An instant selector.
  ///
  /// @param when which instant it looks at
  /// @param countsOnly whether only counts and sums of histograms are asked for
  record Selector(
      List<Matcher> matchers,
      When when,
      boolean anchored,
      boolean smoothed,
      boolean countsOnly,
      SelectHints hints,
      Pos pos)
      implements Plan {
    @Override
    public ValueType type() {
      return ValueType.VECTOR;
    }
  }

  /// A range selector, `rangeMs` > 0 wide.
  record Range(Selector selector, long rangeMs, Pos pos) implements Plan {
    @Override
    public ValueType type() {
      return ValueType.MATRIX;
    }
  }

  /// `inner` at absolute multiples of `stepMs`, over a window `rangeMs` wide.
  record Subquery(Plan inner, long rangeMs, long stepMs, When when, Pos pos) implements Plan {
    @Override
    public ValueType type() {
      return ValueType.MATRIX;
    }
  }

  record Call(Function function, List<Plan> args, Pos pos) implements Plan {
    @Override
    public ValueType type() {
      return function.returns();
    }
  }

  /// @param grouping sorted
  record Aggregate(
      AggregateOp op,
      Plan inner,
      @Nullable Plan param,
      boolean without,
      List<String> grouping,
      Pos pos)
      implements Plan {
    @Override
    public ValueType type() {
      return ValueType.VECTOR;
    }
  }

  record Binary(
      BinaryOp op, Plan left, Plan right, boolean returnBool, @Nullable Matching matching, Pos pos)
      implements Plan {
    @Override
    public ValueType type() {
      return left.type() == ValueType.SCALAR && right.type() == ValueType.SCALAR
          ? ValueType.SCALAR
          : ValueType.VECTOR;
    }
  }

  /// `-inner`.
  record Negate(Plan inner, Pos pos) implements Plan {
    @Override
    public ValueType type() {
      return inner.type();
    }
  }

  /// The same at every step: `inner` is run for the first step only.
  record Once(Plan inner) implements Plan {
    @Override
    public Pos pos() {
      return inner.pos();
    }

    @Override
    public ValueType type() {
      return inner.type();
    }
  }

  /// Which instant a selector or subquery looks at when the step is at `tMs`.
  ///
  /// @param offsetMs positive into the past
  /// @param atMs the instant that `@` names, or null for the step's own
  record When(long offsetMs, @Nullable Long atMs) {
    public long of(long tMs) {
      return (atMs == null ? tMs : atMs) - offsetMs;
    }
  }
}
