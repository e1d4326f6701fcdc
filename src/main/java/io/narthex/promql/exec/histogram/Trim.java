package io.narthex.promql.exec.histogram;

import io.narthex.model.sample.FloatHistogram;

/// Cuts the observations above or below a value off a histogram (`</` and `>/`). The sum becomes an
/// estimate from the middles of what is left, if anything was cut.
public final class Trim {

  private final FloatHistogram h;
  private final double at;
  private final boolean keepBelow;
  private final boolean custom;
  private double count;
  private double sum;
  private boolean cut;

  private Trim(FloatHistogram h, double at, boolean keepBelow) {
    this.h = h;
    this.at = at;
    this.keepBelow = keepBelow;
    custom = h.usesCustomBuckets();
  }

  /// @param keepBelow whether the observations below `at` stay rather than those above
  public static FloatHistogram of(FloatHistogram h, double at, boolean keepBelow) {
    return new Trim(h, at, keepBelow).result();
  }

  private FloatHistogram result() {
    Buckets positive = Buckets.of(h.positiveSpans, h.positiveBuckets);
    Buckets negative = Buckets.of(h.negativeSpans, h.negativeBuckets);
    boolean hasPositive = side(positive, true);
    boolean hasNegative = side(negative, false);
    double zero = h.zeroCount > 0 ? zero(hasNegative, hasPositive) : h.zeroCount;
    if (!cut) {
      return h;
    }
    positive.compact();
    negative.compact();
    return new FloatHistogram(
        h.resetHint,
        h.schema,
        h.zeroThreshold,
        zero,
        count,
        sum,
        positive.spans(),
        positive.counts(1),
        negative.spans(),
        negative.counts(1),
        h.customValues);
  }

  /// Trims one side; returns whether it has observations at all.
  private boolean side(Buckets buckets, boolean positive) {
    boolean any = false;
    for (int i = 0; i < buckets.size; i++) {
      if (buckets.count[i] == 0) {
        continue;
      }
      any = true;
      double near = Bounds.upper(buckets.index[i] - 1, h.schema, h.customValues);
      double far = Bounds.upper(buckets.index[i], h.schema, h.customValues);
      double kept =
          positive
              ? bucket(near, far, buckets.count[i], true)
              : bucket(-far, -near, buckets.count[i], false);
      cut |= kept != buckets.count[i];
      buckets.count[i] = kept;
    }
    return any;
  }

  /// How much of a bucket stays.
  private double bucket(double lower, double upper, double observations, boolean positive) {
    if (keepBelow ? upper <= at : lower >= at) {
      keep(observations, middle(lower, upper, positive, custom));
      return observations;
    }
    if (keepBelow ? lower >= at : upper <= at) {
      cut = true;
      return 0;
    }
    if (Double.isNaN(at)) {
      cut = true;
      return 0;
    }
    if (lower == Double.NEGATIVE_INFINITY || upper == Double.POSITIVE_INFINITY) {
      return open(lower, upper, observations);
    }
    double below = observations * BucketRow.below(lower, upper, at, custom);
    double kept = keepBelow ? below : observations - below;
    keep(
        kept,
        keepBelow ? middle(lower, at, positive, custom) : middle(at, upper, positive, custom));
    return kept;
  }

  /// A bucket with an infinite bound, cut somewhere inside.
  private double open(double lower, double upper, double observations) {
    if (lower == Double.NEGATIVE_INFINITY) {
      return keepBelow ? openBelow(upper, observations) : openAbove(upper, observations);
    }
    if (keepBelow) {
      return keep(0, finite(lower));
    }
    return at >= lower ? keep(observations, at) : keep(0, finite(lower));
  }

  private double openBelow(double upper, double observations) {
    if (at >= upper) {
      return keep(observations, 0);
    }
    if (at > 0 && upper > 0 && upper != Double.POSITIVE_INFINITY) {
      return keep(observations * at / upper, at / 2);
    }
    return upper <= 0 ? keep(observations, at) : keep(0, finite(upper));
  }

  private double openAbove(double upper, double observations) {
    if (at == Double.NEGATIVE_INFINITY) {
      return keep(observations, 0);
    }
    if (at >= 0 && upper > at && upper != Double.POSITIVE_INFINITY) {
      return keep(observations * (1 - at / upper), (at + upper) / 2);
    }
    return keep(0, finite(upper));
  }

  private double zero(boolean hasNegative, boolean hasPositive) {
    double lower = hasPositive && !hasNegative ? 0 : -h.zeroThreshold;
    double upper = hasNegative && !hasPositive ? 0 : h.zeroThreshold;
    double kept;
    double middle;
    if (keepBelow ? at <= lower : at >= upper) {
      kept = 0;
      middle = 0;
    } else if (keepBelow ? at >= upper : at <= lower) {
      kept = h.zeroCount;
      middle = (lower + upper) / 2;
    } else if (keepBelow) {
      kept = h.zeroCount * ((at - lower) / (upper - lower));
      middle = (lower + at) / 2;
    } else {
      kept = h.zeroCount * ((upper - at) / (upper - lower));
      middle = (at + upper) / 2;
    }
    cut |= kept != h.zeroCount;
    return keep(kept, middle);
  }

  private double keep(double observations, double middle) {
    count += observations;
    sum += middle * observations;
    return observations;
  }

  private static double finite(double x) {
    return Double.isInfinite(x) ? 0 : x;
  }

  private static double middle(double lower, double upper, boolean positive, boolean linear) {
    if (Double.isInfinite(lower)) {
      if (Double.isInfinite(upper)) {
        return 0;
      }
      return upper > 0 ? upper / 2 : upper;
    }
    if (Double.isInfinite(upper)) {
      return lower;
    }
    if (linear) {
      return (lower + upper) / 2;
    }
    double mean = Math.sqrt(Math.abs(lower * upper));
    return positive ? mean : -mean;
  }
}
