/// Where series enter a query: selectors over the storage and subqueries over other operators.
@NullMarked
package io.narthex.promql.exec.select;

import org.jspecify.annotations.NullMarked;
