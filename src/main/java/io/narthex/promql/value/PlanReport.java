package io.narthex.promql.value;

import java.util.List;

/// What one node of a query's plan cost.
///
/// @param node what it does: `selector`, `aggregation`, `function`, ...
/// @param detail the function's or operator's name, or empty
/// @param text its part of the query
/// @param start place of the text in the query, in bytes
/// @param end behind it
/// @param series series of the result that have a value
/// @param samples samples of the result, as the limit counts them
/// @param nanos time of all threads together, arguments included
/// @param arguments in the order in which they are evaluated
public record PlanReport(
    String node,
    String detail,
    String text,
    int start,
    int end,
    long series,
    long samples,
    long nanos,
    List<PlanReport> arguments) {}
