/// The query engine. Door: {@link io.narthex.promql.PromqlEngine}, text in, {@link
/// io.narthex.promql.value.QueryResult} out.
///
/// A query goes one way: text, checked tree (`parse`, `ast`), plan with all times resolved
/// (`plan`), operators (`exec`), answer (`value`). Invariants: evaluation is series by series over
/// primitive columns, an instant query is a range of one step; every failure that a user can see is
/// a {@link io.narthex.promql.QueryException} with Prometheus' words.
@NullMarked
package io.narthex.promql;

import org.jspecify.annotations.NullMarked;
