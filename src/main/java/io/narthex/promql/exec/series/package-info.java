/// The data that operators hand to each other: step grids, columns of step values, sets of series
/// that are evaluated one by one, and what every part of a running query needs (limits, lanes,
/// annotations).
///
/// Owns: {@link io.narthex.promql.exec.series.VectorSet} and {@link
/// io.narthex.promql.exec.series.Column}. Invariants: a column has one slot a step; the stale
/// marker stands for "no sample", which no query can see as a value and no arithmetic can produce.
@NullMarked
package io.narthex.promql.exec.series;

import org.jspecify.annotations.NullMarked;
