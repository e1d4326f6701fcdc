package io.narthex.promql.plan;

import io.narthex.storage.SelectHints;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stands around a node while the plan is made: how the subqueries shift its time, and which
/// operator takes its series first.
///
/// @param shiftMs offsets of the subqueries around, summed from the innermost `@` on
/// @param widthMs ranges of the subqueries around, likewise
/// @param atMs `@` of the nearest subquery that has one
/// @param stepMs step of the nearest subquery, or of the query
/// @param function the function or aggregation that takes the series, or empty
/// @param grouping labels of the aggregation directly above
/// @param need what is wanted of histograms
record Surroundings(
    long shiftMs,
    long widthMs,
    @Nullable Long atMs,
    long stepMs,
    String function,
    List<String> grouping,
    boolean by,
    Need need) {

  /// What the operators around want of histograms.
  enum Need {
    ANYTHING,
    /// Counts and sums.
    COUNTS,
    /// The buckets too, whatever stands around.
    BUCKETS;

    /// What a function wants.
    static Need of(String function) {
      return switch (function) {
        case "histogram_count", "histogram_sum", "histogram_avg" -> COUNTS;
        case "histogram_quantile", "histogram_quantiles", "histogram_fraction" -> BUCKETS;
        default -> ANYTHING;
      };
    }
  }

  static Surroundings outermost(long stepMs) {
    return new Surroundings(0, 0, null, stepMs, "", List.of(), false, Need.ANYTHING);
  }

  Surroundings needing(Need inner) {
    Need stronger = inner.compareTo(need) > 0 ? inner : need;
    return new Surroundings(shiftMs, widthMs, atMs, stepMs, function, grouping, by, stronger);
  }

  Surroundings inside(String functionName) {
    return new Surroundings(shiftMs, widthMs, atMs, stepMs, functionName, List.of(), false, need);
  }

  Surroundings inside(String aggregation, List<String> labels, boolean groupBy) {
    return new Surroundings(shiftMs, widthMs, atMs, stepMs, aggregation, labels, groupBy, need);
  }

  Surroundings inside(Plan.When when, long rangeMs, long subqueryStepMs) {
    Long at = when.atMs();
    return at != null
        ? new Surroundings(
            when.offsetMs(), rangeMs, at, subqueryStepMs, function, List.of(), false, Need.BUCKETS)
        : new Surroundings(
            shiftMs + when.offsetMs(),
            widthMs + rangeMs,
            atMs,
            subqueryStepMs,
            function,
            List.of(),
            false,
            Need.BUCKETS);
  }

  /// The span that a selector reads.
  SelectHints hints(
      QueryWindow window, Plan.When when, long rangeMs, boolean anchored, boolean smoothed) {
    long start = atMs == null ? window.startMs() : atMs;
    long end = atMs == null ? window.endMs() : atMs;
    Long own = when.atMs();
    if (own != null) {
      start = own;
      end = own;
    } else {
      start -= shiftMs + widthMs;
      end -= shiftMs;
    }
    long back = rangeMs == 0 ? window.lookbackMs() : rangeMs;
    if (rangeMs != 0 && (anchored || smoothed)) {
      back += window.lookbackMs();
    }
    start -= back - 1;
    if (smoothed) {
      end += window.lookbackMs();
    }
    return new SelectHints(
        start - when.offsetMs(), end - when.offsetMs(), stepMs, rangeMs, function, grouping, by, 0);
  }
}
