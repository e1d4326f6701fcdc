package io.narthex.promql.parse;

import io.narthex.promql.ast.Expr;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// Refuses trees that are too deep to walk by recursion: long chains of operators are as deep as
/// they are long, though they are read without recursion.
final class TreeDepth {

  private record Visit(Expr expr, int depth) {}

  private TreeDepth() {}

  static void check(Expr root, TokenStream tokens) {
    ArrayDeque<Visit> open = new ArrayDeque<>();
    open.push(new Visit(root, 1));
    while (!open.isEmpty()) {
      Visit visit = open.pop();
      if (visit.depth() > TokenStream.MAX_DEPTH) {
        throw tokens.fail(visit.expr().pos(), TokenStream.tooDeep(TokenStream.MAX_DEPTH));
      }
      for (Expr child : children(visit.expr())) {
        open.push(new Visit(child, visit.depth() + 1));
      }
    }
  }

  private static List<Expr> children(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral _, Expr.StringLiteral _ -> List.of();
      case Expr.VectorSelector _, Expr.MatrixSelector _ -> List.of();
      case Expr.Paren paren -> List.of(paren.inner());
      case Expr.Unary unary -> List.of(unary.operand());
      case Expr.Subquery subquery -> List.of(subquery.inner());
      case Expr.Call call -> call.args();
      case Expr.Binary binary -> List.of(binary.left(), binary.right());
      case Expr.Aggregate aggregate -> {
        List<Expr> both = new ArrayList<>();
        both.add(aggregate.inner());
        if (aggregate.param() != null) {
          both.add(aggregate.param());
        }
        yield both;
      }
    };
  }
}
