package io.narthex.api.json;

import io.narthex.model.labels.Matcher;
import io.narthex.promql.ast.DurationExpr;
import io.narthex.promql.ast.Expr;
import io.narthex.promql.ast.Expr.Modifiers;
import io.narthex.promql.ast.Expr.Span;
import io.narthex.promql.ast.Function;
import io.narthex.promql.ast.Matching;
import io.narthex.promql.ast.ValueType;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Syntax trees as `/api/v1/parse_query` shows them. Keys stand in alphabetical order, as the
/// reference has them.
public final class AstJson {

  private final JsonOut out;
  private final boolean positions;

  private AstJson(JsonOut out, boolean positions) {
    this.out = out;
    this.positions = positions;
  }

  /// Writes `expr` as one value.
  public static void write(Expr expr, JsonOut out) {
    new AstJson(out, false).expr(expr);
  }

  /// As above, each node with its place in the query, which the reference does not tell:
  /// `"position":{"start":0,"end":2}`, bytes of the UTF-8 text, the end exclusive.
  public static void writeWithPositions(Expr expr, JsonOut out) {
    new AstJson(out, true).expr(expr);
  }

  private void expr(@Nullable Expr expr) {
    if (expr == null) {
      out.nullValue();
      return;
    }
    out.beginObject();
    if (positions) {
      Expr.Pos pos = expr.pos();
      out.key("position").beginObject().field("start", pos.start()).field("end", pos.end());
      out.endObject();
    }
    switch (expr) {
      case Expr.NumberLiteral number ->
          out.field("type", "numberLiteral").field("val", NumberText.plain(number.value()));
      case Expr.StringLiteral string ->
          out.field("type", "stringLiteral").field("val", string.value());
      case Expr.Paren paren -> {
        child("expr", paren.inner());
        out.field("type", "parenExpr");
      }
      case Expr.Unary unary -> {
        child("expr", unary.operand());
        out.field("op", unary.minus() ? "-" : "+").field("type", "unaryExpr");
      }
      case Expr.VectorSelector selector -> selector(selector, null);
      case Expr.MatrixSelector matrix -> selector(matrix.selector(), matrix.range());
      case Expr.Subquery subquery -> subquery(subquery);
      case Expr.Call call -> call(call);
      case Expr.Aggregate aggregate -> aggregate(aggregate);
      case Expr.Binary binary -> binary(binary);
    }
    out.endObject();
  }

  private void child(String key, @Nullable Expr expr) {
    out.key(key);
    expr(expr);
  }

  private void aggregate(Expr.Aggregate aggregate) {
    child("expr", aggregate.inner());
    out.key("grouping").strings(aggregate.grouping());
    out.field("op", aggregate.op().text());
    child("param", aggregate.param());
    out.field("type", "aggregation").field("without", aggregate.without());
  }

  private void binary(Expr.Binary binary) {
    out.field("bool", binary.returnBool());
    child("lhs", binary.left());
    out.key("matching");
    Matching matching = binary.matching();
    if (matching == null) {
      out.nullValue();
    } else {
      matching(matching);
    }
    out.field("op", binary.op().text());
    child("rhs", binary.right());
    out.field("type", "binaryExpr");
  }

  private void matching(Matching matching) {
    String card = matching.cardinality().name().toLowerCase(Locale.ROOT).replace('_', '-');
    out.beginObject().field("card", card);
    out.key("fillValues").beginObject();
    number("lhs", matching.fillLeft());
    number("rhs", matching.fillRight());
    out.endObject();
    out.key("include").strings(matching.include());
    out.key("labels").strings(matching.labels());
    out.field("on", matching.on()).endObject();
  }

  /// JSON knows no NaN and no infinity.
  private void number(String key, @Nullable Double value) {
    out.key(key);
    if (value == null || value.isNaN() || value.isInfinite()) {
      out.nullValue();
    } else {
      out.value(value.doubleValue());
    }
  }

  private void call(Expr.Call call) {
    out.key("args").beginArray();
    call.args().forEach(this::expr);
    out.endArray();
    Function function = call.function();
    List<String> types = function.args().stream().map(ValueType::text).toList();
    out.key("func").beginObject();
    out.key("argTypes").strings(types);
    out.field("name", function.name());
    out.field("returnType", function.returns().text());
    out.field("variadic", function.variadic()).endObject();
    out.field("type", "call");
  }

  private void subquery(Expr.Subquery subquery) {
    child("expr", subquery.inner());
    span("offset", subquery.modifiers().offset());
    span("range", subquery.range());
    at(subquery.modifiers());
    Span step = subquery.step();
    span("step", step == null ? Span.ZERO : step);
    timestamp(subquery.modifiers());
    out.field("type", "subquery");
  }

  private void selector(Expr.VectorSelector selector, @Nullable Span range) {
    Modifiers modifiers = selector.modifiers();
    out.field("anchored", modifiers.anchored());
    out.key("matchers").beginArray();
    for (Matcher matcher : selector.matchers()) {
      out.beginObject().field("name", matcher.name());
      out.field("type", matcher.type().text()).field("value", matcher.value()).endObject();
    }
    out.endArray();
    out.field("name", selector.name());
    span("offset", modifiers.offset());
    if (range != null) {
      span("range", range);
    }
    out.field("smoothed", modifiers.smoothed());
    at(modifiers);
    timestamp(modifiers);
    out.field("type", range == null ? "vectorSelector" : "matrixSelector");
  }

  private void at(Modifiers modifiers) {
    out.key("startOrEnd");
    switch (modifiers.at()) {
      case NONE -> out.nullValue();
      case START -> out.value("start");
      case END -> out.value("end");
    }
  }

  private void timestamp(Modifiers modifiers) {
    out.key("timestamp");
    Long timestampMs = modifiers.timestampMs();
    if (timestampMs == null) {
      out.nullValue();
    } else {
      out.value(timestampMs.longValue());
    }
  }

  private void span(String key, Span span) {
    out.field(key, span.ms());
    out.key(key + "Expr");
    duration(span.expr());
  }

  private void duration(@Nullable DurationExpr expr) {
    if (expr == null) {
      out.nullValue();
      return;
    }
    switch (expr) {
      case DurationExpr.Literal literal ->
          out.beginObject()
              .field("duration", literal.duration())
              .field("type", "numberLiteral")
              .field("val", NumberText.plain(literal.seconds()))
              .endObject();
      case DurationExpr.Context context ->
          operation(context.range() ? "range" : "step", null, null, context.wrapped());
      case DurationExpr.Operation operation ->
          operation(
              operation.op().text(), operation.left(), operation.right(), operation.wrapped());
    }
  }

  private void operation(
      String op, @Nullable DurationExpr left, @Nullable DurationExpr right, boolean wrapped) {
    out.beginObject();
    out.key("lhs");
    duration(left);
    out.field("op", op);
    out.key("rhs");
    duration(right);
    out.field("type", "durationExpr").field("wrapped", wrapped).endObject();
  }
}
