package io.narthex.promql.parse;

import io.narthex.promql.ast.Expr;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The text of trees over several lines: what does not fit into a line is split into its parts,
/// each indented by two spaces more. Source: Prometheus' `prettier_rules.md`.
public final class PrettyPrinter {

  /// The line limit of `/api/v1/format_query`.
  public static final int API_LINE_BYTES = 100;

  private static final String INDENT = "  ";

  private final int lineBytes;

  private PrettyPrinter(int lineBytes) {
    this.lineBytes = lineBytes;
  }

  /// The text of `expr`, split where a part is longer than `lineBytes` without its indent.
  public static String print(Expr expr, int lineBytes) {
    return new PrettyPrinter(lineBytes).node(expr, 0);
  }

  private String node(Expr expr, int level) {
    String line = ExprPrinter.print(expr);
    // Selectors and literals have no parts.
    boolean split = line.getBytes(StandardCharsets.UTF_8).length > lineBytes;
    String indent = INDENT.repeat(level);
    return switch (expr) {
      case Expr.NumberLiteral _, Expr.StringLiteral _ -> indent + line;
      case Expr.VectorSelector _, Expr.MatrixSelector _ -> indent + line;
      case Expr.Unary unary ->
          indent + (unary.minus() ? "-" : "+") + node(unary.operand(), level).strip();
      // The reference leaves the indent of a short subquery out.
      case Expr.Subquery subquery -> split ? subquery(subquery, level) : line;
      case Expr.Paren paren -> indent + (split ? block("(", List.of(paren.inner()), level) : line);
      case Expr.Call call ->
          indent + (split ? block(call.function().name() + "(", call.args(), level) : line);
      case Expr.Aggregate aggregate -> indent + (split ? aggregate(aggregate, level) : line);
      case Expr.Binary binary -> split ? binary(binary, level) : indent + line;
    };
  }

  private String block(String opening, List<Expr> parts, int level) {
    List<String> lines = new ArrayList<>();
    for (Expr part : parts) {
      lines.add(node(part, level + 1));
    }
    return opening + "\n" + String.join(",\n", lines) + "\n" + INDENT.repeat(level) + ")";
  }

  private String aggregate(Expr.Aggregate aggregate, int level) {
    StringBuilder opening = new StringBuilder();
    new ExprPrinter(opening).aggregation(aggregate);
    Expr param = aggregate.param();
    List<Expr> parts =
        param == null ? List.of(aggregate.inner()) : List.of(param, aggregate.inner());
    return block(opening.append('(').toString(), parts, level);
  }

  private String binary(Expr.Binary binary, int level) {
    StringBuilder out = new StringBuilder(node(binary.left(), level + 1));
    out.append('\n').repeat(INDENT, level);
    new ExprPrinter(out).operator(binary);
    return out.append('\n').append(node(binary.right(), level + 1)).toString();
  }

  private String subquery(Expr.Subquery subquery, int level) {
    StringBuilder out = new StringBuilder(node(subquery.inner(), level));
    new ExprPrinter(out).subqueryEnd(subquery);
    return out.toString();
  }
}
