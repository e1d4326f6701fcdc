package io.narthex.model.sample;

import java.util.Arrays;

/// A native histogram with absolute float buckets: the form in which histograms are queried.
/// Immutable by convention: whoever changes one copies it first. `schema` is -4..8 for exponential
/// buckets, -53 for custom ones.
public final class FloatHistogram {

  /// Schema of histograms with custom bucket bounds.
  public static final int CUSTOM_BUCKETS = -53;

  private static final int[] NO_SPANS = {};
  private static final double[] NO_BUCKETS = {};

  /// How this histogram relates to the one before it in its series.
  public enum ResetHint {
    UNKNOWN,
    RESET,
    NO_RESET,
    GAUGE
  }

  public final ResetHint resetHint;
  public final int schema;
  public final double zeroThreshold;
  public final double zeroCount;
  public final double count;
  public final double sum;

  /// offset, length, offset, length ... in bucket indexes; an offset is relative to the end of the
  /// span before.
  public final int[] positiveSpans;

  public final int[] negativeSpans;
  public final double[] positiveBuckets;
  public final double[] negativeBuckets;

  /// Upper bounds of custom buckets, ascending, without +Inf; empty for other schemas.
  public final double[] customValues;

  public FloatHistogram(
      ResetHint resetHint,
      int schema,
      double zeroThreshold,
      double zeroCount,
      double count,
      double sum,
      int[] positiveSpans,
      double[] positiveBuckets,
      int[] negativeSpans,
      double[] negativeBuckets,
      double[] customValues) {
    this.resetHint = resetHint;
    this.schema = schema;
    this.zeroThreshold = zeroThreshold;
    this.zeroCount = zeroCount;
    this.count = count;
    this.sum = sum;
    this.positiveSpans = positiveSpans;
    this.positiveBuckets = positiveBuckets;
    this.negativeSpans = negativeSpans;
    this.negativeBuckets = negativeBuckets;
    this.customValues = customValues;
  }

  /// The marker that ends a series of histograms: its sum is the stale NaN.
  public static FloatHistogram stale() {
    return new FloatHistogram(
        ResetHint.UNKNOWN,
        0,
        0,
        0,
        0,
        StaleMarker.STALE,
        NO_SPANS,
        NO_BUCKETS,
        NO_SPANS,
        NO_BUCKETS,
        NO_BUCKETS);
  }

  /// A histogram of the same kind that has seen nothing, as when it begins to count.
  public FloatHistogram emptied() {
    return new FloatHistogram(
        ResetHint.RESET,
        schema,
        zeroThreshold,
        0,
        0,
        0,
        NO_SPANS,
        NO_BUCKETS,
        NO_SPANS,
        NO_BUCKETS,
        customValues);
  }

  /// The same histogram with another hint.
  public FloatHistogram withHint(ResetHint hint) {
    return hint == resetHint
        ? this
        : new FloatHistogram(
            hint,
            schema,
            zeroThreshold,
            zeroCount,
            count,
            sum,
            positiveSpans,
            positiveBuckets,
            negativeSpans,
            negativeBuckets,
            customValues);
  }

  public boolean isStale() {
    return StaleMarker.isStale(sum);
  }

  public boolean usesCustomBuckets() {
    return schema == CUSTOM_BUCKETS;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof FloatHistogram o
        && schema == o.schema
        && bits(zeroThreshold) == bits(o.zeroThreshold)
        && bits(zeroCount) == bits(o.zeroCount)
        && bits(count) == bits(o.count)
        && bits(sum) == bits(o.sum)
        && Arrays.equals(positiveSpans, o.positiveSpans)
        && Arrays.equals(negativeSpans, o.negativeSpans)
        && Arrays.equals(positiveBuckets, o.positiveBuckets)
        && Arrays.equals(negativeBuckets, o.negativeBuckets)
        && Arrays.equals(customValues, o.customValues);
  }

  private static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  @Override
  public int hashCode() {
    return Double.hashCode(count) * 31 + Double.hashCode(sum) + Arrays.hashCode(positiveBuckets);
  }
}
