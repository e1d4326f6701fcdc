package io.narthex.promql.exec.histogram;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;

/// Sums histograms of different schemas, zero buckets and custom bounds, with compensation. What
/// differs is brought to the coarser of both.
public final class HistogramSum {

  private ResetHint hint;
  private int schema;
  private double zeroThreshold;
  private final Compensated zeroCount;
  private final Compensated count;
  private final Compensated sum;
  private Buckets positive;
  private final Buckets negative;
  private double[] customValues;
  private boolean reconciled;
  private boolean collision;

  /// A sum that begins with `first`.
  public HistogramSum(FloatHistogram first) {
    hint = first.resetHint;
    schema = first.schema;
    zeroThreshold = first.zeroThreshold;
    zeroCount = new Compensated(first.zeroCount);
    count = new Compensated(first.count);
    sum = new Compensated(first.sum);
    positive = Buckets.of(first.positiveSpans, first.positiveBuckets);
    negative = Buckets.of(first.negativeSpans, first.negativeBuckets);
    customValues = first.customValues;
  }

  /// Whether `other` can be added: both have custom buckets or both have none.
  public boolean compatible(FloatHistogram other) {
    return (schema == FloatHistogram.CUSTOM_BUCKETS) == other.usesCustomBuckets();
  }

  /// Adds `other`, which is {@link #compatible}.
  public void add(FloatHistogram other) {
    add(other, 1);
  }

  /// Subtracts `other`, which is {@link #compatible}.
  public void subtract(FloatHistogram other) {
    add(other, -1);
  }

  private void add(FloatHistogram other, double sign) {
    adjustHint(other.resetHint);
    if (schema == FloatHistogram.CUSTOM_BUCKETS) {
      addCustom(other, sign);
    } else {
      addExponential(other, sign);
    }
    count.add(sign * other.count);
    sum.add(sign * other.sum);
  }

  private void adjustHint(ResetHint other) {
    if (other == hint || hint == ResetHint.GAUGE) {
      return;
    }
    if (other == ResetHint.GAUGE) {
      hint = ResetHint.GAUGE;
    } else if (hint != ResetHint.UNKNOWN) {
      collision |= other != ResetHint.UNKNOWN;
      hint = ResetHint.UNKNOWN;
    }
  }

  private void addCustom(FloatHistogram other, double sign) {
    Buckets theirs = Buckets.of(other.positiveSpans, other.positiveBuckets);
    if (!Bounds.same(customValues, other.customValues)) {
      reconciled = true;
      double[] common = Bounds.common(customValues, other.customValues);
      positive = positive.mapped(customValues, common);
      theirs = theirs.mapped(other.customValues, common);
      customValues = common;
    }
    positive.add(theirs, 0, sign);
  }

  private void addExponential(FloatHistogram other, double sign) {
    Buckets theirPositive = Buckets.of(other.positiveSpans, other.positiveBuckets);
    Buckets theirNegative = Buckets.of(other.negativeSpans, other.negativeBuckets);
    double theirZero = reconcileZero(other, theirPositive, theirNegative);
    zeroCount.add(sign * theirZero);
    if (other.schema < schema) {
      positive.coarsen(schema, other.schema);
      negative.coarsen(schema, other.schema);
      schema = other.schema;
    } else if (other.schema > schema) {
      theirPositive.coarsen(other.schema, schema);
      theirNegative.coarsen(other.schema, schema);
    }
    positive.add(theirPositive, ZeroBucket.inside(theirPositive, schema, zeroThreshold), sign);
    negative.add(theirNegative, ZeroBucket.inside(theirNegative, schema, zeroThreshold), sign);
  }

  /// Widens the zero buckets of both until they are equal; returns the other's count.
  private double reconcileZero(FloatHistogram other, Buckets theirPositive, Buckets theirNegative) {
    double theirCount = other.zeroCount;
    double theirThreshold = other.zeroThreshold;
    while (theirThreshold != zeroThreshold) {
      if (zeroThreshold > theirThreshold) {
        ZeroBucket wider =
            ZeroBucket.widen(
                new Compensated(other.zeroCount),
                other.zeroThreshold,
                theirPositive,
                theirNegative,
                other.schema,
                zeroThreshold);
        theirCount = wider.count().value();
        theirThreshold = wider.threshold();
      }
      if (theirThreshold > zeroThreshold) {
        ZeroBucket wider =
            ZeroBucket.widen(zeroCount, zeroThreshold, positive, negative, schema, theirThreshold);
        zeroCount.sum = wider.count().sum;
        zeroCount.compensation = wider.count().compensation;
        zeroThreshold = wider.threshold();
        positive.dropFirst(ZeroBucket.below(positive, schema, zeroThreshold));
        negative.dropFirst(ZeroBucket.below(negative, schema, zeroThreshold));
      }
    }
    return theirCount;
  }

  /// Whether adding `other` would leave the range of floats.
  boolean overflowsWith(FloatHistogram other) {
    return Double.isInfinite(count.sum + other.count)
        || Double.isInfinite(sum.sum + other.sum)
        || Double.isInfinite(zeroCount.sum + other.zeroCount);
  }

  void scale(double factor) {
    zeroCount.scale(factor);
    count.scale(factor);
    sum.scale(factor);
    positive.scale(factor);
    negative.scale(factor);
  }

  /// Whether custom bounds differed and were brought to the common ones.
  public boolean reconciled() {
    return reconciled;
  }

  /// Whether a histogram after a reset met one that is not.
  public boolean collision() {
    return collision;
  }

  /// The sum.
  public FloatHistogram result() {
    return result(hint, 1);
  }

  /// The sum with another hint, all counts divided by `divisor`.
  public FloatHistogram result(ResetHint resetHint, double divisor) {
    positive.compact();
    negative.compact();
    boolean custom = schema == FloatHistogram.CUSTOM_BUCKETS;
    return new FloatHistogram(
        resetHint,
        schema,
        custom ? 0 : zeroThreshold,
        custom ? 0 : divisor == 1 ? zeroCount.value() : zeroCount.dividedBy(divisor),
        divisor == 1 ? count.value() : count.dividedBy(divisor),
        divisor == 1 ? sum.value() : sum.dividedBy(divisor),
        positive.spans(),
        positive.counts(divisor),
        negative.spans(),
        negative.counts(divisor),
        customValues);
  }

  ResetHint hint() {
    return hint;
  }
}
