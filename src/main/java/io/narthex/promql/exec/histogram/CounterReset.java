package io.narthex.promql.exec.histogram;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;

/// Finds out whether a histogram that counts was reset.
public final class CounterReset {

  private CounterReset() {}

  /// Whether a reset lies between `previous` and `current`.
  public static boolean between(FloatHistogram previous, FloatHistogram current) {
    if (current.resetHint == ResetHint.RESET) {
      return true;
    }
    return current.resetHint != ResetHint.NO_RESET && visible(previous, current);
  }

  /// Like {@link #between}, but without a look at the hint.
  public static boolean visible(FloatHistogram previous, FloatHistogram current) {
    if (current.count < previous.count) {
      return true;
    }
    if (current.usesCustomBuckets()) {
      return !previous.usesCustomBuckets() || customReset(previous, current);
    }
    if (current.schema > previous.schema || current.zeroThreshold < previous.zeroThreshold) {
      return true;
    }
    if (previous.usesCustomBuckets()) {
      return true;
    }
    Buckets oldPositive = Buckets.of(previous.positiveSpans, previous.positiveBuckets);
    Buckets oldNegative = Buckets.of(previous.negativeSpans, previous.negativeBuckets);
    ZeroBucket oldZero =
        ZeroBucket.widen(
            new Compensated(previous.zeroCount),
            previous.zeroThreshold,
            oldPositive,
            oldNegative,
            previous.schema,
            current.zeroThreshold);
    if (oldZero.threshold() != current.zeroThreshold
        || current.zeroCount < oldZero.count().value()) {
      return true;
    }
    if (current.schema < previous.schema) {
      oldPositive.coarsen(previous.schema, current.schema);
      oldNegative.coarsen(previous.schema, current.schema);
    }
    return anyFell(oldPositive, Buckets.of(current.positiveSpans, current.positiveBuckets), current)
        || anyFell(
            oldNegative, Buckets.of(current.negativeSpans, current.negativeBuckets), current);
  }

  private static boolean anyFell(Buckets before, Buckets now, FloatHistogram current) {
    int j = 0;
    for (int i = start(before, current); i < before.size; i++) {
      while (j < now.size && now.index[j] < before.index[i]) {
        j++;
      }
      boolean there = j < now.size && now.index[j] == before.index[i];
      if (there ? now.count[j] < before.count[i] : before.count[i] != 0) {
        return true;
      }
    }
    return false;
  }

  private static int start(Buckets before, FloatHistogram current) {
    return current.usesCustomBuckets()
        ? 0
        : ZeroBucket.inside(before, current.schema, current.zeroThreshold);
  }

  private static boolean customReset(FloatHistogram previous, FloatHistogram current) {
    Buckets before = Buckets.of(previous.positiveSpans, previous.positiveBuckets);
    Buckets now = Buckets.of(current.positiveSpans, current.positiveBuckets);
    if (!Bounds.same(previous.customValues, current.customValues)) {
      double[] common = Bounds.common(previous.customValues, current.customValues);
      before = before.mapped(previous.customValues, common);
      now = now.mapped(current.customValues, common);
    }
    return anyFell(before, now, current);
  }
}
