/// What a query answers: scalar, string, vector, matrix, and the annotations beside them.
@NullMarked
package io.narthex.promql.value;

import org.jspecify.annotations.NullMarked;
