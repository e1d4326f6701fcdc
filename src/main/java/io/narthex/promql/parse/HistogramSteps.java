package io.narthex.promql.parse;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// Adds one histogram to another, as series descriptions step (`{{...}}+{{...}}x5`). Made for
/// tests: clear, not fast.
final class HistogramSteps {

  private HistogramSteps() {}

  /// `base + factor * increment`, in the schema of `base`.
  ///
  /// @throws IllegalArgumentException if the increment cannot be brought to the schema of `base`
  static FloatHistogram add(FloatHistogram base, FloatHistogram increment, int factor) {
    if (base.schema > increment.schema) {
      throw new IllegalArgumentException(
          "error combining histograms: cannot merge from schema "
              + increment.schema
              + " to "
              + base.schema);
    }
    if (base.usesCustomBuckets() != increment.usesCustomBuckets()) {
      throw new IllegalArgumentException(
          "cannot apply this operation on histograms with a mix of exponential and custom bucket"
              + " schemas");
    }
    if (base.usesCustomBuckets() && !Arrays.equals(base.customValues, increment.customValues)) {
      throw new IllegalArgumentException(
          "cannot step a histogram with custom buckets by one with other bounds");
    }
    if (base.zeroThreshold != increment.zeroThreshold && !base.usesCustomBuckets()) {
      throw new IllegalArgumentException(
          "cannot step a histogram by one with another width of the zero bucket");
    }
    TreeMap<Integer, Double> positive = buckets(base.positiveSpans, base.positiveBuckets, 0);
    TreeMap<Integer, Double> negative = buckets(base.negativeSpans, base.negativeBuckets, 0);
    int coarser = increment.schema - base.schema;
    merge(positive, buckets(increment.positiveSpans, increment.positiveBuckets, coarser), factor);
    merge(negative, buckets(increment.negativeSpans, increment.negativeBuckets, coarser), factor);
    return new FloatHistogram(
        hint(base.resetHint, increment.resetHint),
        base.schema,
        base.zeroThreshold,
        base.zeroCount + factor * increment.zeroCount,
        base.count + factor * increment.count,
        base.sum + factor * increment.sum,
        spans(positive),
        counts(positive),
        spans(negative),
        counts(negative),
        base.customValues);
  }

  /// Counts by bucket index, in a schema that is coarser by `coarser` steps.
  private static TreeMap<Integer, Double> buckets(int[] spans, double[] counts, int coarser) {
    TreeMap<Integer, Double> byIndex = new TreeMap<>();
    int index = 0;
    int at = 0;
    for (int s = 0; s < spans.length; s += 2) {
      index += spans[s];
      for (int i = 0; i < spans[s + 1]; i++) {
        // Bucket i of schema n+1 lies in bucket ceil(i/2) of schema n.
        int coarse = ((index - 1) >> coarser) + 1;
        byIndex.merge(coarse, counts[at++], Double::sum);
        index++;
      }
    }
    return byIndex;
  }

  private static void merge(
      TreeMap<Integer, Double> into, TreeMap<Integer, Double> more, int factor) {
    for (Map.Entry<Integer, Double> bucket : more.entrySet()) {
      into.merge(bucket.getKey(), factor * bucket.getValue(), Double::sum);
    }
  }

  private static ResetHint hint(ResetHint base, ResetHint increment) {
    if (base == increment) {
      return base;
    }
    boolean gauge = base == ResetHint.GAUGE || increment == ResetHint.GAUGE;
    return gauge ? ResetHint.GAUGE : ResetHint.UNKNOWN;
  }

  private static int[] spans(TreeMap<Integer, Double> buckets) {
    int[] spans = new int[2 * buckets.size()];
    int n = 0;
    int next = 0;
    for (int index : buckets.keySet()) {
      if (n > 0 && index == next) {
        spans[n - 1]++;
      } else {
        spans[n++] = index - next;
        spans[n++] = 1;
      }
      next = index + 1;
    }
    return Arrays.copyOf(spans, n);
  }

  private static double[] counts(TreeMap<Integer, Double> buckets) {
    return buckets.values().stream().mapToDouble(Double::doubleValue).toArray();
  }
}
