/// Aggregations: series are taken in one after another and forgotten at once; only the groups stay.
///
/// Owns: {@link io.narthex.promql.exec.aggregate.Fold}, one class a family of operators. Door:
/// {@link io.narthex.promql.exec.aggregate.Aggregator}. Invariant: every lane folds a contiguous
/// share of the series, and shares are merged in order.
@NullMarked
package io.narthex.promql.exec.aggregate;

import org.jspecify.annotations.NullMarked;
