package io.narthex.promql;

import io.narthex.promql.exec.PlanCosts;
import io.narthex.promql.exec.series.NodeCost;
import io.narthex.promql.plan.Plan;
import io.narthex.promql.value.PlanReport;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Makes the reader's report of what a plan cost.
final class Reports {

  private final byte[] query;
  private final PlanCosts costs;

  Reports(String query, PlanCosts costs) {
    this.query = query.getBytes(StandardCharsets.UTF_8);
    this.costs = costs;
  }

  PlanReport whole() {
    return report(costs.plan());
  }

  private PlanReport report(Plan plan) {
    NodeCost cost = costs.of(plan);
    List<PlanReport> arguments =
        PlanCosts.children(plan).stream()
            .filter(child -> !(child instanceof Plan.Text))
            .map(this::report)
            .toList();
    int start = Math.min(plan.pos().start(), query.length);
    int end = Math.clamp(plan.pos().end(), start, query.length);
    return new PlanReport(
        node(plan),
        detail(plan),
        new String(query, start, end - start, StandardCharsets.UTF_8),
        start,
        end,
        cost.series(),
        cost.samples(),
        cost.nanos(),
        arguments);
  }

  private static String node(Plan plan) {
    return switch (plan) {
      case Plan.Number _ -> "number";
      case Plan.Text _ -> "string";
      case Plan.Selector _ -> "selector";
      case Plan.Range _ -> "range selector";
      case Plan.Subquery _ -> "subquery";
      case Plan.Call _ -> "function";
      case Plan.Aggregate _ -> "aggregation";
      case Plan.Binary _ -> "binary operator";
      case Plan.Negate _ -> "negation";
      case Plan.Once _ -> "once";
    };
  }

  private static String detail(Plan plan) {
    return switch (plan) {
      case Plan.Call call -> call.function().name();
      case Plan.Aggregate aggregate -> aggregate.op().text();
      case Plan.Binary binary -> binary.op().text();
      case Plan.Number _,
          Plan.Text _,
          Plan.Selector _,
          Plan.Range _,
          Plan.Subquery _,
          Plan.Negate _,
          Plan.Once _ ->
          "";
    };
  }
}
