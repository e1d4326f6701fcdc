package io.narthex.promql.exec.range;

/// What start timestamps say about counters. 0 stands for unknown.
final class StartTimes {

  private StartTimes() {}

  /// Whether the counter began anew between two samples.
  static boolean reset(long previousStart, long previous, long currentStart, long current) {
    if (currentStart == 0 || currentStart >= current || currentStart < previous) {
      return false;
    }
    if (currentStart > previous) {
      return true;
    }
    return previousStart <= previous && previousStart != 0 && previousStart != previous;
  }

  /// Whether the current sample began before the previous one ended, and is not its continuation.
  static boolean overlap(long previousStart, long previous, long currentStart) {
    return currentStart != 0 && currentStart < previous && currentStart != previousStart;
  }
}
