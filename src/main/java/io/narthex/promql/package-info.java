/// The query engine. Door: PromqlEngine, text in, QueryResult out.
@NullMarked
package io.narthex.promql;

import org.jspecify.annotations.NullMarked;
