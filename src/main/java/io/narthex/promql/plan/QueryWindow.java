package io.narthex.promql.plan;

/// What a plan is made for.
///
/// @param startMs first instant
/// @param endMs last instant, >= startMs
/// @param stepMs distance of the instants; 0 for an instant query
/// @param lookbackMs how far an instant selector looks back
/// @param defaultSubqueryStepMs step of subqueries that name none
public record QueryWindow(
    long startMs, long endMs, long stepMs, long lookbackMs, long defaultSubqueryStepMs) {}
