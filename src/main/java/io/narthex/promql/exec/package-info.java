/// Runs plans. Evaluation goes series by series: each series is decoded once, its windows and steps
/// are walked over primitive arrays, and aggregations forget it at once. Nothing is calculated step
/// by step over all series.
///
/// Door: {@link io.narthex.promql.exec.Evaluator}. Each child room is one family of operators over
/// {@link io.narthex.promql.exec.series}.
@NullMarked
package io.narthex.promql.exec;

import org.jspecify.annotations.NullMarked;
