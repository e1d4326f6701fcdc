/// The evaluation of queries.
///
/// Owns: the step grid, series of steps, and one operator a kind of expression. Door: {@link
/// io.narthex.promql.exec.Evaluator}. Invariants: evaluation goes series by series, not step by
/// step: a selector's series is decoded once, a range function slides a window over its arrays, and
/// an aggregation takes the result in before the next series is read; labels are never touched per
/// step. A step without a value holds the bits of the stale marker, which no result can have.
@NullMarked
package io.narthex.promql.exec;

import org.jspecify.annotations.NullMarked;
