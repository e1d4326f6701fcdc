package io.narthex.storage;

import java.util.List;

/// What the caller will do with a selection. Storage may use it to read less, never to answer
/// differently.
///
/// @param startMs first instant of interest, inclusive
/// @param endMs last instant of interest, inclusive
/// @param stepMs step of a range query, 0 for an instant one
/// @param rangeMs width of the range selector, 0 if there is none
/// @param function function or aggregation that is applied first, or empty
/// @param grouping labels of the aggregation, if `function` is one
/// @param by whether `grouping` is of `by` rather than `without`
/// @param limit most series wanted, 0 for all
public record SelectHints(
    long startMs,
    long endMs,
    long stepMs,
    long rangeMs,
    String function,
    List<String> grouping,
    boolean by,
    int limit) {

  /// Hints that say no more than the time span.
  public static SelectHints of(long startMs, long endMs) {
    return new SelectHints(startMs, endMs, 0, 0, "", List.of(), false, 0);
  }

  /// Hints of a look at series without their samples.
  public static SelectHints seriesOnly(long startMs, long endMs, int limit) {
    return new SelectHints(startMs, endMs, 0, 0, "series", List.of(), false, limit);
  }
}
