/// The contract between those who write series and those who read them.
///
/// Owns: {@link io.narthex.storage.Appendable} and {@link io.narthex.storage.Queryable}, the only
/// doors through which series are written and read; nobody outside the composition knows which
/// engine stands behind them. Invariants: times are milliseconds since the epoch; spans of readers
/// are closed at both ends; values travel as raw bits, so that stale markers stay what they are.
@NullMarked
package io.narthex.storage;

import org.jspecify.annotations.NullMarked;
