/// Binary operators: arithmetic between columns, matching of series by signatures that are hashed
/// once a series, set operators.
@NullMarked
package io.narthex.promql.exec.binary;

import org.jspecify.annotations.NullMarked;
