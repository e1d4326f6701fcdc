package io.narthex.promql.exec;

/// The instants at which a query is evaluated: `startMs`, `startMs + stepMs` ... `count` of them.
/// An instant query has one.
///
/// @param stepMs > 0, also if there is one step only
public record StepGrid(long startMs, long stepMs, int count) {

  /// The grid of an instant query.
  public static StepGrid instant(long tMs) {
    return new StepGrid(tMs, 1, 1);
  }

  /// The grid of `[startMs, endMs]`, both ends included if the step meets them.
  public static StepGrid of(long startMs, long endMs, long stepMs) {
    return new StepGrid(startMs, stepMs, (int) ((endMs - startMs) / stepMs) + 1);
  }

  /// Time of step `i`.
  public long timeMs(int i) {
    return startMs + i * stepMs;
  }

  /// Time of the last step.
  public long endMs() {
    return timeMs(count - 1);
  }
}
