package io.narthex.tsdb.chunk;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The reset hint with which a histogram comes out of storage, whatever it went in with: that of
/// one that is read from a chunk. The first of a chunk has no hint, since the chunk before it may
/// be gone; the others follow without a reset, since a reset ends a chunk. Gauges stay gauges.
public final class StoredHint {

  private StoredHint() {}

  /// `histogram` as it is read when it follows `before`, the one before it in its series.
  public static FloatHistogram after(@Nullable FloatHistogram before, FloatHistogram histogram) {
    if (histogram.isStale() || histogram.resetHint == ResetHint.GAUGE) {
      return histogram;
    }
    boolean follows =
        before != null
            && !before.isStale()
            && before.resetHint != ResetHint.GAUGE
            && histogram.resetHint != ResetHint.RESET
            && grows(before, histogram);
    return histogram.withHint(follows ? ResetHint.NO_RESET : ResetHint.UNKNOWN);
  }

  private static boolean grows(FloatHistogram before, FloatHistogram h) {
    return before.schema == h.schema
        && before.zeroThreshold == h.zeroThreshold
        && Arrays.equals(before.customValues, h.customValues)
        && h.count >= before.count
        && h.zeroCount >= before.zeroCount
        && !BucketSpans.falls(
            BucketSpans.indexes(before.positiveSpans),
            before.positiveBuckets,
            h.positiveSpans,
            h.positiveBuckets)
        && !BucketSpans.falls(
            BucketSpans.indexes(before.negativeSpans),
            before.negativeBuckets,
            h.negativeSpans,
            h.negativeBuckets);
  }
}
