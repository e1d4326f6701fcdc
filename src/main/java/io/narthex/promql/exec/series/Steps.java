package io.narthex.promql.exec.series;

/// The instants at which an expression is evaluated: `startMs + i * stepMs` for `0 <= i < count`.
/// An instant query has one step.
///
/// @param startMs first instant
/// @param stepMs distance, > 0
/// @param count how many instants, >= 0
public record Steps(long startMs, long stepMs, int count) {

  public Steps {
    if (stepMs <= 0 || count < 0) {
      throw new IllegalArgumentException("BUG: stepMs=" + stepMs + " count=" + count);
    }
  }

  /// The instants from `startMs` to `endMs`, both inclusive.
  public static Steps between(long startMs, long endMs, long stepMs) {
    long count = endMs < startMs ? 0 : (endMs - startMs) / stepMs + 1;
    return new Steps(startMs, stepMs, (int) Math.min(Integer.MAX_VALUE, count));
  }

  /// Only the first instant.
  public Steps first() {
    return new Steps(startMs, stepMs, Math.min(count, 1));
  }

  public long timeMs(int i) {
    return startMs + i * stepMs;
  }

  /// The last instant; meaningless if there is none.
  public long lastMs() {
    return timeMs(count - 1);
  }
}
