/// Functions over instant vectors: elementwise ones, those that look at all series, and those that
/// change labels.
///
/// Door: {@link io.narthex.promql.exec.function.ElementFunctions} and one class for each function
/// that is more than a map over values.
@NullMarked
package io.narthex.promql.exec.function;

import org.jspecify.annotations.NullMarked;
