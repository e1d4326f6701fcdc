package io.narthex.promql.parse;

import io.narthex.clock.Durations;
import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import io.narthex.model.labels.Utf8Order;
import io.narthex.model.sample.FloatText;
import io.narthex.promql.ast.DurationExpr;
import io.narthex.promql.ast.Expr;
import io.narthex.promql.ast.Expr.Modifiers;
import io.narthex.promql.ast.Expr.Span;
import io.narthex.promql.ast.Matching;
import io.narthex.promql.ast.Matching.Cardinality;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The canonical text of trees on one line: what rules, alerts and the API show of a query. Parsing
/// it gives the same tree again.
public final class ExprPrinter {

  private final StringBuilder out;

  ExprPrinter(StringBuilder out) {
    this.out = out;
  }

  /// The text of `expr`.
  public static String print(Expr expr) {
    StringBuilder out = new StringBuilder();
    new ExprPrinter(out).expr(expr);
    return out.toString();
  }

  void expr(Expr expr) {
    switch (expr) {
      case Expr.NumberLiteral number -> number(number.value(), number.duration());
      case Expr.StringLiteral string -> GoQuote.quote(string.value(), out);
      case Expr.VectorSelector selector -> vector(selector);
      case Expr.MatrixSelector matrix -> matrix(matrix);
      case Expr.Call call -> call(call);
      case Expr.Aggregate aggregate -> aggregate(aggregate);
      case Expr.Paren paren -> {
        out.append('(');
        expr(paren.inner());
        out.append(')');
      }
      case Expr.Unary unary -> {
        out.append(unary.minus() ? '-' : '+');
        expr(unary.operand());
      }
      case Expr.Subquery subquery -> {
        expr(subquery.inner());
        subqueryEnd(subquery);
      }
      case Expr.Binary binary -> {
        expr(binary.left());
        out.append(' ');
        operator(binary);
        out.append(' ');
        expr(binary.right());
      }
    }
  }

  private void number(double value, boolean duration) {
    if (!duration) {
      out.append(FloatText.plain(value));
      return;
    }
    if (value < 0) {
      out.append('-');
    }
    out.append(Durations.format((long) (Math.abs(value) * 1e9) / 1_000_000));
  }

  private void call(Expr.Call call) {
    out.append(call.function().name()).append('(');
    for (int i = 0; i < call.args().size(); i++) {
      if (i > 0) {
        out.append(", ");
      }
      expr(call.args().get(i));
    }
    out.append(')');
  }

  private void aggregate(Expr.Aggregate aggregate) {
    aggregation(aggregate);
    out.append('(');
    if (aggregate.param() != null) {
      expr(aggregate.param());
      out.append(", ");
    }
    expr(aggregate.inner());
    out.append(')');
  }

  /// The operator of an aggregation with its grouping.
  void aggregation(Expr.Aggregate aggregate) {
    out.append(aggregate.op().text());
    if (aggregate.without() || !aggregate.grouping().isEmpty()) {
      out.append(aggregate.without() ? " without (" : " by (");
      labels(aggregate.grouping());
      out.append(") ");
    }
  }

  /// A binary operator with its modifiers.
  void operator(Expr.Binary binary) {
    out.append(binary.op().text());
    if (binary.returnBool()) {
      out.append(" bool");
    }
    Matching matching = binary.matching();
    if (matching == null) {
      return;
    }
    Cardinality cardinality = matching.cardinality();
    boolean left = cardinality == Cardinality.MANY_TO_ONE;
    boolean grouped = left || cardinality == Cardinality.ONE_TO_MANY;
    if (grouped || matching.on() || !matching.labels().isEmpty()) {
      out.append(matching.on() ? " on (" : " ignoring (");
      labels(matching.labels());
      out.append(')');
    }
    if (grouped) {
      out.append(left ? " group_left (" : " group_right (");
      labels(matching.include());
      out.append(')');
    }
    fills(matching);
  }

  private void fills(Matching matching) {
    Double left = matching.fillLeft();
    Double right = matching.fillRight();
    if (left != null && right != null && left.doubleValue() == right.doubleValue()) {
      fill(" fill (", left);
    } else {
      fill(" fill_left (", left);
      fill(" fill_right (", right);
    }
  }

  private void fill(String keyword, @Nullable Double value) {
    if (value != null) {
      out.append(keyword).append(FloatText.general(value)).append(')');
    }
  }

  private void labels(List<String> labels) {
    for (int i = 0; i < labels.size(); i++) {
      if (i > 0) {
        out.append(", ");
      }
      GoQuote.labelName(labels.get(i), out);
    }
  }

  private void vector(Expr.VectorSelector selector) {
    selector(selector);
    at(selector.modifiers());
    extended(selector.modifiers());
    offset(selector.modifiers());
  }

  private void matrix(Expr.MatrixSelector matrix) {
    selector(matrix.selector());
    out.append('[');
    span(matrix.range());
    out.append(']');
    Modifiers modifiers = matrix.selector().modifiers();
    extended(modifiers);
    at(modifiers);
    offset(modifiers);
  }

  /// Name and matchers, the latter in the order of their texts.
  private void selector(Expr.VectorSelector selector) {
    List<String> texts = new ArrayList<>();
    for (Matcher matcher : selector.matchers()) {
      boolean name =
          matcher.type() == MatchType.EQUAL
              && matcher.name().equals(Labels.NAME)
              && matcher.value().equals(selector.name());
      if (!name || matcher.value().isEmpty()) {
        texts.add(text(matcher));
      }
    }
    out.append(selector.name());
    if (!texts.isEmpty()) {
      texts.sort(Utf8Order::compare);
      out.append('{').append(String.join(",", texts)).append('}');
    }
  }

  private static String text(Matcher matcher) {
    StringBuilder text = new StringBuilder();
    GoQuote.labelName(matcher.name(), text);
    text.append(matcher.type().text());
    return GoQuote.quote(matcher.value(), text).toString();
  }

  /// The brackets and modifiers of a subquery.
  void subqueryEnd(Expr.Subquery subquery) {
    out.append('[');
    span(subquery.range());
    out.append(':');
    if (subquery.step() != null) {
      span(subquery.step());
    }
    out.append(']');
    at(subquery.modifiers());
    offset(subquery.modifiers());
  }

  private void at(Modifiers modifiers) {
    Long timestampMs = modifiers.timestampMs();
    if (timestampMs != null) {
      out.append(" @ ").append(BigDecimal.valueOf(timestampMs, 3).toPlainString());
      return;
    }
    switch (modifiers.at()) {
      case START -> out.append(" @ start()");
      case END -> out.append(" @ end()");
      case NONE -> {}
    }
  }

  private void extended(Modifiers modifiers) {
    if (modifiers.anchored()) {
      out.append(" anchored");
    } else if (modifiers.smoothed()) {
      out.append(" smoothed");
    }
  }

  private void offset(Modifiers modifiers) {
    if (!modifiers.offset().equals(Span.ZERO)) {
      out.append(" offset ");
      span(modifiers.offset());
    }
  }

  private void span(Span span) {
    DurationExpr expr = span.expr();
    if (expr == null) {
      out.append(Durations.format(span.ms()));
    } else {
      duration(expr);
    }
  }

  private void duration(DurationExpr expr) {
    switch (expr) {
      case DurationExpr.Literal literal -> number(literal.seconds(), literal.duration());
      case DurationExpr.Context context -> {
        String text = context.range() ? "range()" : "step()";
        out.append(context.wrapped() ? "(" + text + ")" : text);
      }
      case DurationExpr.Operation operation -> {
        if (operation.wrapped()) {
          out.append('(');
        }
        operation(operation);
        if (operation.wrapped()) {
          out.append(')');
        }
      }
    }
  }

  private void operation(DurationExpr.Operation operation) {
    DurationExpr left = operation.left();
    switch (operation.op()) {
      case MIN_OF, MAX_OF -> {
        out.append(operation.op().text()).append('(');
        if (left != null) {
          duration(left);
        }
        out.append(", ");
        duration(operation.right());
        out.append(')');
      }
      case ADD, SUB, MUL, DIV, MOD, POW -> {
        if (left != null) {
          duration(left);
          out.append(' ').append(operation.op().text()).append(' ');
        } else if (operation.op() == DurationExpr.Op.SUB) {
          out.append('-');
        }
        duration(operation.right());
      }
    }
  }
}
