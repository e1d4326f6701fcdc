package io.narthex.promql.exec.range;

/// By what the change inside a window of floats is multiplied, see {@link Rate}. Remembers the
/// window before: as long as samples lie alike in their windows nothing is divided.
final class Extrapolation {

  private final long rangeMs;
  private final boolean perSecond;
  private long sampledMs = -1;
  private long toStartMs;
  private long toEndMs;
  private int gaps;
  private double sampled;
  private double toStart;
  private double toEnd;
  private double factor;

  /// @param perSecond whether the factor turns the change into one a second
  Extrapolation(long rangeMs, boolean perSecond) {
    this.rangeMs = rangeMs;
    this.perSecond = perSecond;
  }

  /// Turns to a window.
  ///
  /// @param endMs end of its range
  /// @param gapCount samples less one, > 0
  void turnTo(long firstMs, long lastMs, long endMs, int gapCount) {
    long spanMs = lastMs - firstMs;
    long leadMs = firstMs - (endMs - rangeMs);
    long tailMs = endMs - lastMs;
    if (spanMs != sampledMs || leadMs != toStartMs || tailMs != toEndMs || gapCount != gaps) {
      sampledMs = spanMs;
      toStartMs = leadMs;
      toEndMs = tailMs;
      gaps = gapCount;
      calculate();
    }
  }

  private void calculate() {
    sampled = sampledMs / 1000.0;
    toStart = toStartMs / 1000.0;
    toEnd = toEndMs / 1000.0;
    double meanGap = sampled / gaps;
    double threshold = meanGap * 1.1;
    if (toStart >= threshold) {
      toStart = meanGap / 2;
    }
    if (toEnd >= threshold) {
      toEnd = meanGap / 2;
    }
    factor = of(toStart);
  }

  private double of(double lead) {
    double whole = sampled == 0 ? 1 : (sampled + lead + toEnd) / sampled;
    return perSecond ? whole / (rangeMs / 1000.0) : whole;
  }

  /// The factor of a gauge.
  double factor() {
    return factor;
  }

  /// The factor of a counter, which is never extended below zero.
  double counterFactor(double first, double change) {
    // From a value that is no less than the change it takes at least the sampled time to zero.
    if (!(change > 0 && first >= 0) || first >= change && toStart <= sampled) {
      return factor;
    }
    double toZero = sampled * (first / change);
    return toZero < toStart ? of(toZero) : factor;
  }
}
