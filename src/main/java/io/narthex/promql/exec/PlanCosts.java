package io.narthex.promql.exec;

import io.narthex.promql.ast.AggregateOp;
import io.narthex.promql.ast.ValueType;
import io.narthex.promql.exec.series.CountedSet;
import io.narthex.promql.exec.series.Limits;
import io.narthex.promql.exec.series.NodeCost;
import io.narthex.promql.exec.series.NodeCost.Kind;
import io.narthex.promql.exec.series.VectorSet;
import io.narthex.promql.plan.Plan;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// What each node of one running plan costs.
public final class PlanCosts {

  private static final Set<String> IN_PLACE = Set.of("label_replace", "label_join");

  private final Plan plan;
  private final Limits limits;
  private final boolean timed;
  private final Map<Plan, NodeCost> costs = new IdentityHashMap<>();

  /// @param timed whether time is measured, too
  public PlanCosts(Plan plan, Limits limits, boolean timed) {
    this.plan = plan;
    this.limits = limits;
    this.timed = timed;
    make(plan);
  }

  private NodeCost make(Plan node) {
    NodeCost cost = new NodeCost(kind(node));
    costs.put(node, cost);
    for (Plan child : children(node)) {
      cost.add(make(child));
    }
    return cost;
  }

  private static Kind kind(Plan node) {
    return switch (node) {
      case Plan.Aggregate aggregate ->
          aggregate.op() == AggregateOp.COUNT_VALUES ? Kind.STEPWISE : Kind.INSTEAD;
      case Plan.Once _, Plan.Negate _, Plan.Subquery _ -> Kind.SAME;
      case Plan.Call call ->
          IN_PLACE.contains(call.function().name())
              ? Kind.SAME
              : overRange(call) ? Kind.BESIDE : Kind.STEPWISE;
      case Plan.Binary _ -> Kind.STEPWISE;
      case Plan.Number _, Plan.Text _, Plan.Selector _, Plan.Range _ -> Kind.BESIDE;
    };
  }

  private static boolean overRange(Plan.Call call) {
    return call.args().stream().anyMatch(a -> a.type() == ValueType.MATRIX);
  }

  /// The arguments of a node, in the order in which they are evaluated.
  public static List<Plan> children(Plan node) {
    return switch (node) {
      case Plan.Number _, Plan.Text _, Plan.Selector _, Plan.Range _ -> List.of();
      case Plan.Once once -> List.of(once.inner());
      case Plan.Negate negate -> List.of(negate.inner());
      case Plan.Subquery subquery -> List.of(subquery.inner());
      case Plan.Binary binary -> List.of(binary.left(), binary.right());
      case Plan.Call call -> call.args();
      case Plan.Aggregate aggregate -> {
        List<Plan> all = new ArrayList<>();
        if (aggregate.param() != null) {
          all.add(aggregate.param());
        }
        all.add(aggregate.inner());
        yield all;
      }
    };
  }

  public Plan plan() {
    return plan;
  }

  /// The cost of a node of the plan.
  public NodeCost of(Plan node) {
    NodeCost cost = costs.get(node);
    if (cost == null) {
      throw new IllegalStateException("BUG: not a node of this plan: " + node);
    }
    return cost;
  }

  /// The most samples that were held at once.
  public long peak() {
    return of(plan).peak();
  }

  /// Counts the series that a node gives.
  VectorSet counted(Plan node, int steps, Supplier<VectorSet> series) {
    NodeCost cost = of(node);
    cost.at(steps);
    if (!timed) {
      VectorSet set = series.get();
      return sameAsInner(node) ? set : CountedSet.of(set, cost, limits, false);
    }
    long startNanos = limits.nanoTime();
    VectorSet set = series.get();
    cost.took(limits.nanoTime() - startNanos);
    return sameAsInner(node) ? set : CountedSet.of(set, cost, limits, true);
  }

  /// Whether the node's series are counted below it already, or where they are made.
  private static boolean sameAsInner(Plan node) {
    return kind(node) == Kind.SAME;
  }

  /// Counts a scalar's values.
  double[] counted(Plan node, double[] values) {
    if (!(node instanceof Plan.Negate || node instanceof Plan.Once)) {
      NodeCost cost = of(node);
      cost.at(values.length);
      cost.hold(values.length, values.length, limits);
    }
    return values;
  }
}
