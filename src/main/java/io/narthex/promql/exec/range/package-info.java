/// Functions over windows of raw samples. A kernel sees all samples of one series as arrays and the
/// window of every step as index ranges, and fills one column.
///
/// Owns: {@link io.narthex.promql.exec.range.RangeKernel}, one small class a family. Door: {@link
/// io.narthex.promql.exec.range.RangeFunctions}. Invariant: windows are open on the left.
@NullMarked
package io.narthex.promql.exec.range;

import org.jspecify.annotations.NullMarked;
