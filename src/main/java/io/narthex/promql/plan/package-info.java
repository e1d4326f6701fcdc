/// From the checked tree to the plan: times and durations resolved for one query, parentheses gone,
/// parts that do not change from step to step marked. Door: {@link io.narthex.promql.plan.Planner}.
@NullMarked
package io.narthex.promql.plan;

import org.jspecify.annotations.NullMarked;
