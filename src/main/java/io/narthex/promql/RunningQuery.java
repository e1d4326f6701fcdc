package io.narthex.promql;

/// A query that runs or waits.
///
/// @param id names it until it is over
/// @param startMs first instant that is asked for
/// @param endMs last instant
/// @param stepMs 0 for an instant query
/// @param beganMs when it was asked
/// @param ageMs how long ago that was
/// @param waiting whether it waits for its turn
/// @param samples samples that it holds, as its limit counts them
/// @param bytes memory that it uses for what grows with steps and series
public record RunningQuery(
    long id,
    String query,
    long startMs,
    long endMs,
    long stepMs,
    long beganMs,
    long ageMs,
    boolean waiting,
    long samples,
    long bytes,
    QueryOrigin origin) {}
