package io.narthex.api;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Positive;

/// When a range query is evaluated, times in milliseconds, both ends inclusive. Components have the
/// names of the parameters.
record RangeParams(
    long start,
    long end,
    @Positive(
            message =
                "zero or negative query resolution step widths are not accepted. Try a positive"
                    + " integer")
        long step) {

  private static final long MOST_POINTS = 11_000;

  /// Reads and checks the three parameters in the reference's order.
  static RangeParams of(ApiParams params) {
    TimeSpan span =
        Checked.of(new TimeSpan(params.requiredTimeMs("start"), params.requiredTimeMs("end")));
    return Checked.of(new RangeParams(span.start(), span.end(), params.requiredDurationMs("step")));
  }

  @AssertTrue(
      message =
          "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query"
              + " resolution (?step=XX)",
      payload = Checked.Unnamed.class)
  boolean isWithinResolution() {
    return step <= 0 || (end - start) / step <= MOST_POINTS;
  }

  /// A span that does not end before it starts.
  @Ordered
  record TimeSpan(long start, long end) implements Ordered.Span {}
}
