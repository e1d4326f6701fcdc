package io.narthex.api.json;

import io.narthex.model.sample.ExponentialBuckets;
import io.narthex.model.sample.FloatHistogram;

/// A native histogram in the API's JSON: count, sum and the buckets that are not empty, from low to
/// high, each as `[boundary rule, lower, upper, count]`. Source: features 6.08.
final class HistogramJson {

  /// Which bounds belong to a bucket: the upper, the lower, none, both.
  private static final int OPEN_LEFT = 0;

  private static final int OPEN_RIGHT = 1;
  private static final int CLOSED = 3;

  private HistogramJson() {}

  static void write(FloatHistogram h, JsonOut out) {
    out.beginObject();
    out.key("count").quotedNumber(h.count);
    out.key("sum").quotedNumber(h.sum);
    if (hasBuckets(h)) {
      out.key("buckets").beginArray();
      negatives(h, out);
      if (h.zeroCount != 0) {
        bucket(CLOSED, -h.zeroThreshold, h.zeroThreshold, h.zeroCount, out);
      }
      positives(h, out);
      out.endArray();
    }
    out.endObject();
  }

  private static boolean hasBuckets(FloatHistogram h) {
    return h.zeroCount != 0 || any(h.positiveBuckets) || any(h.negativeBuckets);
  }

  private static boolean any(double[] counts) {
    for (double count : counts) {
      if (count != 0) {
        return true;
      }
    }
    return false;
  }

  private static void positives(FloatHistogram h, JsonOut out) {
    int index = 0;
    int at = 0;
    for (int s = 0; s < h.positiveSpans.length; s += 2) {
      index += h.positiveSpans[s];
      for (int k = 0; k < h.positiveSpans[s + 1]; k++, index++, at++) {
        if (h.positiveBuckets[at] != 0) {
          int rule = h.usesCustomBuckets() && index == 0 ? customFirstRule(h) : OPEN_LEFT;
          bucket(rule, lower(h, index), upper(h, index), h.positiveBuckets[at], out);
        }
      }
    }
  }

  /// The lowest custom bucket reaches down to -Inf, both ends included.
  private static int customFirstRule(FloatHistogram h) {
    return CLOSED;
  }

  /// Negative buckets lie mirrored: the highest index is the lowest bucket.
  private static void negatives(FloatHistogram h, JsonOut out) {
    int[] indexes = new int[h.negativeBuckets.length];
    int index = 0;
    int at = 0;
    for (int s = 0; s < h.negativeSpans.length; s += 2) {
      index += h.negativeSpans[s];
      for (int k = 0; k < h.negativeSpans[s + 1]; k++) {
        indexes[at++] = index++;
      }
    }
    for (int i = at - 1; i >= 0; i--) {
      if (h.negativeBuckets[i] != 0) {
        bucket(OPEN_RIGHT, -upper(h, indexes[i]), -lower(h, indexes[i]), h.negativeBuckets[i], out);
      }
    }
  }

  /// A bucket that reaches into the zero bucket begins where that ends.
  private static double lower(FloatHistogram h, int index) {
    if (h.usesCustomBuckets()) {
      return index == 0 ? Double.NEGATIVE_INFINITY : upper(h, index - 1);
    }
    return Math.max(h.zeroThreshold, upper(h, index - 1));
  }

  private static double upper(FloatHistogram h, int index) {
    if (h.usesCustomBuckets()) {
      return index < h.customValues.length ? h.customValues[index] : Double.POSITIVE_INFINITY;
    }
    return ExponentialBuckets.upperBound(index, h.schema);
  }

  private static void bucket(int rule, double lower, double upper, double count, JsonOut out) {
    out.beginArray()
        .value(rule)
        .quotedNumber(lower)
        .quotedNumber(upper)
        .quotedNumber(count)
        .endArray();
  }
}
