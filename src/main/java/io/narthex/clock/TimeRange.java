package io.narthex.clock;

/// A half-open span of time `[minMs, maxMs)` in milliseconds since the Unix epoch.
public record TimeRange(long minMs, long maxMs) {

  public TimeRange {
    if (minMs >= maxMs) {
      throw new IllegalArgumentException("time range is empty: minMs=" + minMs + " maxMs=" + maxMs);
    }
  }

  /// Whether both spans share an instant.
  public boolean overlaps(TimeRange other) {
    return minMs < other.maxMs && other.minMs < maxMs;
  }

  /// Whether `tMs` lies inside.
  public boolean contains(long tMs) {
    return minMs <= tMs && tMs < maxMs;
  }
}
