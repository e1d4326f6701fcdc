package io.narthex.cli.promql;

import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import io.narthex.promql.ast.Expr;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A change of the matchers on one label in every selector of a query.
///
/// @param type null if the matchers go
record MatcherEdit(String name, @Nullable MatchType type, String value) {

  static MatcherEdit deleting(String name) {
    return new MatcherEdit(name, null, "");
  }

  /// The tree with the change.
  Expr in(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral _, Expr.StringLiteral _ -> expr;
      case Expr.VectorSelector s -> in(s);
      case Expr.MatrixSelector m -> new Expr.MatrixSelector(in(m.selector()), m.range(), m.pos());
      case Expr.Paren p -> new Expr.Paren(in(p.inner()), p.pos());
      case Expr.Unary u -> new Expr.Unary(u.minus(), in(u.operand()), u.pos());
      case Expr.Subquery s ->
          new Expr.Subquery(in(s.inner()), s.range(), s.step(), s.modifiers(), s.pos());
      case Expr.Call c ->
          new Expr.Call(c.function(), c.args().stream().map(this::in).toList(), c.pos());
      case Expr.Aggregate a ->
          new Expr.Aggregate(
              a.op(),
              in(a.inner()),
              a.param() == null ? null : in(a.param()),
              a.without(),
              a.grouping(),
              a.pos());
      case Expr.Binary b ->
          new Expr.Binary(
              b.op(), in(b.left()), in(b.right()), b.returnBool(), b.matching(), b.pos());
    };
  }

  private Expr.VectorSelector in(Expr.VectorSelector selector) {
    List<Matcher> matchers = new ArrayList<>();
    boolean found = false;
    for (Matcher matcher : selector.matchers()) {
      if (!matcher.name().equals(name)) {
        matchers.add(matcher);
      } else if (type != null) {
        matchers.add(Matcher.of(type, name, value));
        found = true;
      }
    }
    if (!found && type != null) {
      matchers.add(Matcher.of(type, name, value));
    }
    return new Expr.VectorSelector(
        selector.name(), List.copyOf(matchers), selector.modifiers(), selector.pos());
  }
}
