/// Label sets, matchers, names and regular expressions over label values. Immutable; sorted by
/// UTF-8 bytes.
@NullMarked
package io.narthex.model.labels;

import org.jspecify.annotations.NullMarked;
