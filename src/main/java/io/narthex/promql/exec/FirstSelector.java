package io.narthex.promql.exec;

import io.narthex.promql.plan.Plan;
import org.jspecify.annotations.Nullable;

/// Finds out which instant the first selector of an expression looks at, the subqueries around it
/// taken into account.
final class FirstSelector {

  private FirstSelector() {}

  /// The instant; the step's own if there is no selector.
  static Plan.When when(Plan plan) {
    Plan.When found = find(plan);
    return found == null ? new Plan.When(0, null) : found;
  }

  private static Plan.@Nullable When find(Plan plan) {
    return switch (plan) {
      case Plan.Selector selector -> selector.when();
      case Plan.Range range -> range.selector().when();
      case Plan.Subquery subquery -> within(subquery);
      case Plan.Once once -> find(once.inner());
      case Plan.Negate negate -> find(negate.inner());
      case Plan.Aggregate aggregate -> find(aggregate.inner());
      case Plan.Call call -> first(call);
      case Plan.Binary binary -> {
        Plan.When left = find(binary.left());
        yield left == null ? find(binary.right()) : left;
      }
      case Plan.Number _, Plan.Text _ -> null;
    };
  }

  private static Plan.@Nullable When first(Plan.Call call) {
    for (Plan arg : call.args()) {
      Plan.When found = find(arg);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static Plan.@Nullable When within(Plan.Subquery subquery) {
    Plan.When inner = find(subquery.inner());
    if (inner == null || inner.atMs() != null) {
      return inner;
    }
    return new Plan.When(inner.offsetMs() + subquery.when().offsetMs(), subquery.when().atMs());
  }
}
