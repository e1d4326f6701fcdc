package io.narthex.promql.plan;

/// A plan and the span of samples that it reads.
///
/// @param minMs first instant that a selector may read, inclusive
/// @param maxMs last instant, inclusive
public record PlannedQuery(Plan plan, long minMs, long maxMs) {}
