package io.narthex.promql.plan;

import io.narthex.promql.ast.BinaryOp;
import io.narthex.promql.ast.Expr;
import io.narthex.promql.ast.Expr.Modifiers;
import io.narthex.promql.ast.Expr.Span;
import io.narthex.storage.SelectHints;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes the plan of one query.
public final class Planner {

  /// Functions whose value depends on the step's own instant even if their arguments do not.
  private static final Set<String> TIME_BOUND =
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

  private final QueryWindow window;
  private final DurationCalculator durations;
  private long minMs = Long.MAX_VALUE;
  private long maxMs = Long.MIN_VALUE;

  private Planner(QueryWindow window) {
    this.window = window;
    durations =
        new DurationCalculator(window.stepMs() / 1e3, (window.endMs() - window.startMs()) / 1e3);
  }

  /// The plan of `expr`.
  ///
  /// @throws PlanException if a duration expression gives no usable duration
  public static PlannedQuery plan(Expr expr, QueryWindow window) {
    Planner planner = new Planner(window);
    Surroundings outermost = Surroundings.outermost(window.stepMs());
    Plan plan = planner.node(expr, outermost).wrapped();
    boolean reads = planner.maxMs != Long.MIN_VALUE;
    return new PlannedQuery(plan, reads ? planner.minMs : 0, reads ? planner.maxMs : 0);
  }

  /// A planned node.
  ///
  /// @param invariant whether it is the same at every step
  /// @param wrap whether {@link Plan.Once} should stand around it then
  private record Node(Plan plan, boolean invariant, boolean wrap) {

    Plan wrapped() {
      return wrap ? new Plan.Once(plan) : plan;
    }
  }

  private Node node(Expr expr, Surroundings around) {
    return switch (expr) {
      case Expr.NumberLiteral n -> new Node(new Plan.Number(n.value(), n.pos()), true, false);
      case Expr.StringLiteral s -> new Node(new Plan.Text(s.value(), s.pos()), true, false);
      case Expr.Paren paren -> node(paren.inner(), around);
      case Expr.Unary unary -> unary(unary, around);
      case Expr.VectorSelector selector -> {
        Plan.Selector plan = selector(selector, 0, around);
        yield new Node(plan, plan.when().atMs() != null, plan.when().atMs() != null);
      }
      case Expr.MatrixSelector matrix -> {
        long rangeMs = durations.positive(matrix.range());
        Plan.Selector plan = selector(matrix.selector(), rangeMs, around);
        yield new Node(
            new Plan.Range(plan, rangeMs, matrix.pos()), plan.when().atMs() != null, false);
      }
      case Expr.Subquery subquery -> subquery(subquery, around);
      case Expr.Call call -> call(call, around);
      case Expr.Aggregate aggregate -> aggregate(aggregate, around);
      case Expr.Binary binary -> binary(binary, around);
    };
  }

  private Node unary(Expr.Unary unary, Surroundings around) {
    Node inner = node(unary.operand(), around);
    return unary.minus()
        ? new Node(new Plan.Negate(inner.plan, unary.pos()), inner.invariant, inner.wrap)
        : inner;
  }

  private Plan.Selector selector(Expr.VectorSelector s, long rangeMs, Surroundings around) {
    Modifiers modifiers = s.modifiers();
    Plan.When when = when(modifiers);
    SelectHints hints =
        around.hints(window, when, rangeMs, modifiers.anchored(), modifiers.smoothed());
    minMs = Math.min(minMs, hints.startMs());
    maxMs = Math.max(maxMs, hints.endMs());
    return new Plan.Selector(
        s.matchers(),
        when,
        modifiers.anchored(),
        modifiers.smoothed(),
        around.need() == Surroundings.Need.COUNTS,
        hints,
        s.pos());
  }

  private Plan.When when(Modifiers modifiers) {
    @Nullable Long atMs =
        switch (modifiers.at()) {
          case START -> Long.valueOf(window.startMs());
          case END -> Long.valueOf(window.endMs());
          case NONE -> modifiers.timestampMs();
        };
    return new Plan.When(durations.any(modifiers.offset()), atMs);
  }

  private Node subquery(Expr.Subquery subquery, Surroundings around) {
    Plan.When when = when(subquery.modifiers());
    Span step = subquery.step();
    long stepMs = step == null ? 0 : durations.positive(step);
    if (stepMs == 0) {
      stepMs = window.defaultSubqueryStepMs();
    }
    long rangeMs = durations.positive(subquery.range());
    Node inner = node(subquery.inner(), around.inside(when, rangeMs, stepMs));
    Plan plan = inner.invariant ? new Plan.Once(inner.plan) : inner.plan;
    return new Node(
        new Plan.Subquery(plan, rangeMs, stepMs, when, subquery.pos()), when.atMs() != null, false);
  }

  private Node call(Expr.Call call, Surroundings around) {
    String name = call.function().name();
    Plan.Number context = queryContext(call);
    if (context != null) {
      return new Node(context, true, false);
    }
    Surroundings inside = around.inside(name).needing(Surroundings.Need.of(name));
    List<Node> args = new ArrayList<>();
    boolean invariant = !TIME_BOUND.contains(name);
    boolean onlyPinnedSelectors = name.equals("timestamp");
    for (Expr arg : call.args()) {
      Node node = node(arg, inside);
      args.add(node);
      invariant &= node.invariant;
      onlyPinnedSelectors &= node.invariant && node.plan instanceof Plan.Selector;
    }
    boolean once = invariant || onlyPinnedSelectors;
    List<Plan> plans = args.stream().map(a -> once ? a.plan : a.wrapped()).toList();
    return new Node(new Plan.Call(call.function(), plans, call.pos()), once, once);
  }

  /// The value of `start()`, `end()`, `range()` and `step()`; null for other functions.
  private Plan.@Nullable Number queryContext(Expr.Call call) {
    return switch (call.function().name()) {
      case "start" -> new Plan.Number(window.startMs() / 1e3, call.pos());
      case "end" -> new Plan.Number(window.endMs() / 1e3, call.pos());
      case "range" -> new Plan.Number((window.endMs() - window.startMs()) / 1e3, call.pos());
      case "step" ->
          new Plan.Number(
              window.startMs() == window.endMs() ? 0 : window.stepMs() / 1e3, call.pos());
      default -> null;
    };
  }

  private Node aggregate(Expr.Aggregate aggregate, Surroundings around) {
    Surroundings inside =
        around.inside(aggregate.op().text(), aggregate.grouping(), !aggregate.without());
    Node inner = node(aggregate.inner(), inside);
    Expr paramExpr = aggregate.param();
    Node param = paramExpr == null ? null : node(paramExpr, inside);
    boolean invariant = inner.invariant && (param == null || param.invariant);
    List<String> grouping = aggregate.grouping().stream().sorted().distinct().toList();
    Plan plan =
        new Plan.Aggregate(
            aggregate.op(),
            invariant ? inner.plan : inner.wrapped(),
            param == null ? null : invariant ? param.plan : param.wrapped(),
            aggregate.without(),
            grouping,
            aggregate.pos());
    return new Node(plan, invariant, invariant);
  }

  private Node binary(Expr.Binary binary, Surroundings around) {
    boolean trims = binary.op() == BinaryOp.TRIM_UPPER || binary.op() == BinaryOp.TRIM_LOWER;
    Surroundings inside =
        trims ? around.inside("").needing(Surroundings.Need.BUCKETS) : around.inside("");
    Node left = node(binary.left(), inside);
    Node right = node(binary.right(), inside);
    boolean invariant = left.invariant && right.invariant;
    Plan plan =
        new Plan.Binary(
            binary.op(),
            invariant ? left.plan : left.wrapped(),
            invariant ? right.plan : right.wrapped(),
            binary.returnBool(),
            binary.matching(),
            binary.pos());
    return new Node(plan, invariant, invariant);
  }
}
