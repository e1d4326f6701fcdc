package io.narthex.promql.promqltest;

import io.narthex.promql.ast.Expr;
import io.narthex.promql.ast.Expr.At;
import io.narthex.promql.ast.Expr.Modifiers;
import io.narthex.promql.parse.ExprPrinter;
import io.narthex.promql.parse.ParseException;
import io.narthex.promql.parse.PromqlParser;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/// A query of a script with `@` its time at every selector and subquery, asked at another time: it
/// must say the same.
record PinnedQuery(String text, long atMs) {

  /// Functions that look at the time of evaluation whatever is pinned.
  private static final Set<String> UNSAFE =
      Set.of(
          "days_in_month",
          "day_of_month",
          "day_of_week",
          "day_of_year",
          "end",
          "hour",
          "minute",
          "month",
          "year",
          "predict_linear",
          "range",
          "start",
          "step",
          "time",
          "timestamp");

  /// The ways to ask `query` of time `tMs` elsewhere; none if it depends on where it is asked.
  static List<PinnedQuery> of(String query, long tMs) {
    Expr expr;
    try {
      expr = PromqlParser.parse(query, ScriptRunner.FEATURES);
    } catch (ParseException e) {
      return List.of();
    }
    Pinning pinning = new Pinning(tMs);
    String text = ExprPrinter.print(pinning.expr(expr));
    if (pinning.unsafe) {
      return List.of();
    }
    LongStream times =
        tMs == 0
            ? LongStream.of(-1000, 0, 1000)
            : LongStream.of(-10 * tMs, 0, tMs / 5, tMs, 10 * tMs);
    return times.mapToObj(t -> new PinnedQuery(text, t)).toList();
  }

  private static final class Pinning {
    private final long tMs;
    private boolean unsafe;

    Pinning(long tMs) {
      this.tMs = tMs;
    }

    Expr expr(Expr expr) {
      return switch (expr) {
        case Expr.NumberLiteral _, Expr.StringLiteral _ -> expr;
        case Expr.Paren p -> new Expr.Paren(expr(p.inner()), p.pos());
        case Expr.Unary u -> new Expr.Unary(u.minus(), expr(u.operand()), u.pos());
        case Expr.VectorSelector v -> selector(v);
        case Expr.MatrixSelector m ->
            new Expr.MatrixSelector(selector(m.selector()), m.range(), m.pos());
        case Expr.Subquery s ->
            // What stands inside is pinned by the subquery.
            new Expr.Subquery(s.inner(), s.range(), s.step(), pinned(s.modifiers()), s.pos());
        case Expr.Call c -> {
          unsafe |= UNSAFE.contains(c.function().name());
          yield new Expr.Call(c.function(), c.args().stream().map(this::expr).toList(), c.pos());
        }
        case Expr.Aggregate a ->
            new Expr.Aggregate(
                a.op(),
                expr(a.inner()),
                a.param() == null ? null : expr(a.param()),
                a.without(),
                a.grouping(),
                a.pos());
        case Expr.Binary b ->
            new Expr.Binary(
                b.op(), expr(b.left()), expr(b.right()), b.returnBool(), b.matching(), b.pos());
      };
    }

    private Expr.VectorSelector selector(Expr.VectorSelector v) {
      return new Expr.VectorSelector(v.name(), v.matchers(), pinned(v.modifiers()), v.pos());
    }

    private Modifiers pinned(Modifiers m) {
      return m.timestampMs() == null && m.at() == At.NONE
          ? new Modifiers(m.offset(), tMs, At.NONE, m.anchored(), m.smoothed())
          : m;
    }
  }
}
