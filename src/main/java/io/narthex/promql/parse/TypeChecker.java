package io.narthex.promql.parse;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.promql.ast.AggregateOp;
import io.narthex.promql.ast.BinaryOp;
import io.narthex.promql.ast.Expr;
import io.narthex.promql.ast.Expr.Aggregate;
import io.narthex.promql.ast.Expr.Binary;
import io.narthex.promql.ast.Expr.Call;
import io.narthex.promql.ast.Expr.Paren;
import io.narthex.promql.ast.Expr.Pos;
import io.narthex.promql.ast.Expr.Subquery;
import io.narthex.promql.ast.Expr.Unary;
import io.narthex.promql.ast.Expr.VectorSelector;
import io.narthex.promql.ast.ExprType;
import io.narthex.promql.ast.Function;
import io.narthex.promql.ast.Matching;
import io.narthex.promql.ast.ValueType;
import java.util.ArrayList;
import java.util.List;

/// Checks that the parts of a tree fit each other, and drops matchings that do not stand between
/// two vectors. Notes every mistake, outer ones after inner ones as the reference does.
final class TypeChecker {

  private final TokenStream tokens;

  TypeChecker(TokenStream tokens) {
    this.tokens = tokens;
  }

  /// A checked tree and its type.
  private record Checked(Expr expr, ValueType type) {}

  /// The tree as it is evaluated; of use only if no mistake was noted.
  Expr check(Expr expr) {
    return typed(expr).expr();
  }

  private Checked typed(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral _, Expr.StringLiteral _ -> new Checked(expr, ExprType.of(expr));
      case VectorSelector selector -> {
        selector(selector, false);
        yield new Checked(expr, ValueType.VECTOR);
      }
      case Expr.MatrixSelector matrix -> {
        selector(matrix.selector(), false);
        yield new Checked(expr, ValueType.MATRIX);
      }
      case Paren paren -> {
        Checked inner = typed(paren.inner());
        yield new Checked(new Paren(inner.expr(), paren.pos()), inner.type());
      }
      case Unary unary -> unary(unary);
      case Subquery subquery -> subquery(subquery);
      case Call call -> new CallChecker(call).check();
      case Aggregate aggregate -> aggregate(aggregate);
      case Binary binary -> new BinaryChecker(binary).check();
    };
  }

  /// The type of a tree that is not checked yet: its matchings are all still there.
  private static ValueType unchecked(Expr expr) {
    return switch (expr) {
      case Paren paren -> unchecked(paren.inner());
      case Unary unary -> unchecked(unary.operand());
      case Binary binary ->
          unchecked(binary.left()) == ValueType.SCALAR
                  && unchecked(binary.right()) == ValueType.SCALAR
              ? ValueType.SCALAR
              : ValueType.VECTOR;
      default -> ExprType.of(expr);
    };
  }

  private Checked unary(Unary unary) {
    Checked operand = typed(unary.operand());
    if (operand.type() != ValueType.SCALAR && operand.type() != ValueType.VECTOR) {
      tokens.add(
          unary.pos(),
          "unary expression only allowed on expressions of type scalar or instant vector, got \""
              + operand.type().documented()
              + "\"");
    }
    Expr expr = new Unary(unary.minus(), operand.expr(), unary.pos());
    return new Checked(expr, operand.type());
  }

  private Checked subquery(Subquery subquery) {
    Checked inner = typed(subquery.inner());
    if (inner.type() != ValueType.VECTOR) {
      tokens.add(
          subquery.pos(),
          "subquery is only allowed on instant vector, got " + inner.type().text() + " instead");
    }
    Expr expr =
        new Subquery(
            inner.expr(), subquery.range(), subquery.step(), subquery.modifiers(), subquery.pos());
    return new Checked(expr, ValueType.MATRIX);
  }

  private Checked aggregate(Aggregate aggregate) {
    Expr inner = expect(aggregate.inner(), ValueType.VECTOR, "aggregation expression");
    Expr param = aggregate.param();
    if (param != null) {
      boolean text = aggregate.op() == AggregateOp.COUNT_VALUES;
      param = expect(param, text ? ValueType.STRING : ValueType.SCALAR, "aggregation parameter");
    }
    Expr expr =
        new Aggregate(
            aggregate.op(),
            inner,
            param,
            aggregate.without(),
            aggregate.grouping(),
            aggregate.pos());
    return new Checked(expr, ValueType.VECTOR);
  }

  private Expr expect(Expr expr, ValueType wanted, String where) {
    Checked checked = typed(expr);
    if (checked.type() != wanted) {
      tokens.add(expr.pos(), mismatch(wanted, where, checked.type()));
    }
    return checked.expr();
  }

  private static String mismatch(ValueType wanted, String where, ValueType got) {
    return "expected type " + wanted.documented() + " in " + where + ", got " + got.documented();
  }

  private void selector(VectorSelector selector, boolean mayMatchAll) {
    List<Matcher> matchers = selector.matchers();
    if (!selector.name().isEmpty()) {
      // The last matcher is the one for the name before the braces.
      for (Matcher matcher : matchers.subList(0, matchers.size() - 1)) {
        if (matcher.name().equals(Labels.NAME)) {
          tokens.add(
              selector.pos(),
              "metric name must not be set twice: "
                  + Literals.quote(selector.name())
                  + " or "
                  + Literals.quote(matcher.value()));
        }
      }
      return;
    }
    for (Matcher matcher : matchers) {
      if (!matcher.matches("")) {
        return;
      }
    }
    if (!mayMatchAll) {
      tokens.add(selector.pos(), "vector selector must contain at least one non-empty matcher");
    }
  }

  /// Checks one call.
  private final class CallChecker {
    private final Call call;
    private final Function function;

    CallChecker(Call call) {
      this.call = call;
      this.function = call.function();
    }

    Checked check() {
      count();
      boolean info = function.name().equals("info") && call.args().size() > 1;
      if (info) {
        infoSelector(call.args().get(1));
      }
      List<Expr> checked = new ArrayList<>();
      for (int i = 0; i < call.args().size(); i++) {
        int type = i;
        if (i >= function.args().size()) {
          if (function.variadic() == 0) {
            break;
          }
          type = function.args().size() - 1;
        }
        checked.add(argument(call.args().get(i), function.args().get(type), info && i == 1));
      }
      return new Checked(new Call(function, List.copyOf(checked), call.pos()), function.returns());
    }

    private void count() {
      int given = call.args().size();
      int declared = function.args().size();
      String expected = null;
      if (function.variadic() == 0) {
        expected = given == declared ? null : "expected " + declared;
      } else if (given < declared - 1) {
        expected = "expected at least " + (declared - 1);
      } else if (function.variadic() > 0 && given > declared - 1 + function.variadic()) {
        expected = "expected at most " + (declared - 1 + function.variadic());
      }
      if (expected != null) {
        tokens.add(
            call.pos(),
            expected + " argument(s) in call to \"" + function.name() + "\", got " + given);
      }
    }

    private Expr argument(Expr arg, ValueType wanted, boolean mayMatchAll) {
      Checked checked;
      if (mayMatchAll && arg instanceof VectorSelector selector) {
        selector(selector, true);
        checked = new Checked(arg, ValueType.VECTOR);
      } else {
        checked = typed(arg);
      }
      if (checked.type() != wanted) {
        String where = "call to function \"" + function.name() + "\"";
        tokens.add(arg.pos(), mismatch(wanted, where, checked.type()));
      }
      return checked.expr();
    }

    /// The second argument of `info` only lends its matchers.
    private void infoSelector(Expr arg) {
      ValueType type = unchecked(arg);
      if (type != ValueType.VECTOR) {
        tokens.add(call.pos(), mismatch(ValueType.VECTOR, "call to function \"info\"", type));
      }
      if (!(arg instanceof VectorSelector selector)) {
        tokens.add(arg.pos(), "expected label selectors only");
      } else if (!selector.name().isEmpty()) {
        tokens.add(arg.pos(), "expected label selectors only, got vector selector instead");
      }
    }
  }

  /// Checks one binary operation.
  private final class BinaryChecker {
    private final Binary binary;
    private final BinaryOp op;
    private final Matching matching;
    private final Checked left;
    private final Checked right;

    BinaryChecker(Binary binary) {
      this.binary = binary;
      this.op = binary.op();
      Matching written = binary.matching();
      if (written == null) {
        throw new IllegalStateException("BUG: checked before: " + binary);
      }
      this.matching = written;
      this.left = typed(binary.left());
      this.right = typed(binary.right());
    }

    Checked check() {
      boolean scalars = left.type() == ValueType.SCALAR && right.type() == ValueType.SCALAR;
      boolean vectors = left.type() == ValueType.VECTOR && right.type() == ValueType.VECTOR;
      bool(scalars);
      groupedTwice();
      operand(binary.left(), left.type());
      operand(binary.right(), right.type());
      if (!vectors) {
        unmatched();
      } else if (op.isSet()) {
        set();
      }
      boolean scalar = left.type() == ValueType.SCALAR || right.type() == ValueType.SCALAR;
      if (scalar && op.isSet()) {
        add("set operator \"" + op.text() + "\" not allowed in binary scalar expression");
      }
      Matching kept = vectors ? matching : null;
      Expr expr =
          new Binary(op, left.expr(), right.expr(), binary.returnBool(), kept, binary.pos());
      return new Checked(expr, scalars ? ValueType.SCALAR : ValueType.VECTOR);
    }

    private void bool(boolean scalars) {
      if (binary.returnBool() && !op.isComparison()) {
        tokens.add(operator(), "bool modifier can only be used on comparison operators");
      }
      if (op.isComparison() && !binary.returnBool() && scalars) {
        tokens.add(operator(), "comparisons between scalars must use BOOL modifier");
      }
    }

    private void groupedTwice() {
      if (!matching.on()) {
        return;
      }
      for (String label : matching.labels()) {
        for (String included : matching.include()) {
          if (label.equals(included)) {
            tokens.add(
                operator(),
                "label "
                    + Literals.quote(label)
                    + " must not occur in ON and GROUP clause at once");
          }
        }
      }
    }

    private void operand(Expr operand, ValueType type) {
      if (type != ValueType.SCALAR && type != ValueType.VECTOR) {
        tokens.add(
            operand.pos(), "binary expression must contain only scalar and instant vector types");
      }
    }

    private void unmatched() {
      if (!matching.labels().isEmpty()) {
        add("vector matching only allowed between instant vectors");
      }
      if (fills()) {
        add("filling in missing series only allowed between instant vectors");
      }
    }

    private void set() {
      if (matching.cardinality() != Matching.Cardinality.MANY_TO_MANY) {
        add("no grouping allowed for \"" + op.text() + "\" operation");
        add("set operations must always be many-to-many");
      }
      if (fills()) {
        add("filling in missing series not allowed for set operators");
      }
    }

    private boolean fills() {
      return matching.fillLeft() != null || matching.fillRight() != null;
    }

    private void add(String message) {
      tokens.add(binary.pos(), message);
    }

    /// The operator with its modifiers, without the spaces around them. The end is the offset of
    /// the last byte, as the reference has it.
    private Pos operator() {
      QueryText text = tokens.text;
      int start = binary.left().pos().end();
      while (Scanner.isSpace(text.runeAt(start))) {
        start++;
      }
      int end = binary.right().pos().start() - 1;
      while (end > start && Scanner.isSpace(text.runeAt(end))) {
        end--;
      }
      return new Pos(start, end);
    }
  }
}
