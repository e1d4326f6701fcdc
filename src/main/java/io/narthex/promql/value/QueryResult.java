package io.narthex.promql.value;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An answer with what the reader should know about it.
///
/// @param warnings texts with metric and `(line:col)`, at most ten and then a line that counts the
///   rest
/// @param infos likewise
/// @param plan what each node cost, if that was asked for
public record QueryResult(
    Value value,
    List<String> warnings,
    List<String> infos,
    QueryStats stats,
    @Nullable PlanReport plan) {}
