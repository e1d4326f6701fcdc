package io.narthex.tsdb;

/// What may be set anew while the storage is open. Times in milliseconds.
///
/// @param retentionMs how much older than the newest block's end a block may be, 0 for ever
/// @param retentionBytes what blocks, WAL and head chunks may take together, 0 for any size
/// @param retentionPercentage the same as a share of the file system, 0 to 100; goes before the
///   bytes unless it is 0
/// @param outOfOrderWindowMs how late a sample may be, 0 for in order only
/// @param maxExemplars exemplars that are kept, 0 for none
/// @param staleSeriesThreshold share (0..1) of the head's series that have ended at which these
///   leave it early, into blocks of their own; 0 or less if they stay with the others
public record TsdbLimits(
    long retentionMs,
    long retentionBytes,
    double retentionPercentage,
    long outOfOrderWindowMs,
    int maxExemplars,
    double staleSeriesThreshold) {

  private static final long DAY_MS = 86_400_000;

  public TsdbLimits {
    if (retentionMs < 0 || retentionBytes < 0) {
      throw new IllegalArgumentException("retention must not be negative");
    }
    if (!(retentionPercentage >= 0 && retentionPercentage <= 100)) {
      throw new IllegalArgumentException(
          "retention percentage must be 0..100: " + retentionPercentage);
    }
    if (outOfOrderWindowMs < 0 || maxExemplars < 0) {
      throw new IllegalArgumentException(
          "out-of-order window and number of exemplars must not be negative");
    }
  }

  /// Prometheus' defaults: 15 days, everything else off.
  public static TsdbLimits defaults() {
    return new TsdbLimits(15 * DAY_MS, 0, 0, 0, 0, 0);
  }

  /// These with another retention.
  public TsdbLimits withRetention(long ms, long bytes) {
    return new TsdbLimits(
        ms, bytes, retentionPercentage, outOfOrderWindowMs, maxExemplars, staleSeriesThreshold);
  }

  /// These with a share of the file system, in percent.
  public TsdbLimits withRetentionPercentage(double percentage) {
    return new TsdbLimits(
        retentionMs,
        retentionBytes,
        percentage,
        outOfOrderWindowMs,
        maxExemplars,
        staleSeriesThreshold);
  }

  /// These with another out-of-order window.
  public TsdbLimits withOutOfOrderWindow(long windowMs) {
    return new TsdbLimits(
        retentionMs,
        retentionBytes,
        retentionPercentage,
        windowMs,
        maxExemplars,
        staleSeriesThreshold);
  }

  /// These with room for that many exemplars.
  public TsdbLimits withExemplars(int most) {
    return new TsdbLimits(
        retentionMs,
        retentionBytes,
        retentionPercentage,
        outOfOrderWindowMs,
        most,
        staleSeriesThreshold);
  }

  /// These with another share (0..1) of stale series at which they leave the head, 0 for never.
  public TsdbLimits withStaleSeriesThreshold(double threshold) {
    return new TsdbLimits(
        retentionMs,
        retentionBytes,
        retentionPercentage,
        outOfOrderWindowMs,
        maxExemplars,
        threshold);
  }
}
