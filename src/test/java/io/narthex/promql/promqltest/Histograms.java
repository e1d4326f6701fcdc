package io.narthex.promql.promqltest;

import io.narthex.model.sample.FloatHistogram;
import java.util.TreeMap;

/// Whether two histograms are the same but for the way their buckets are laid out.
final class Histograms {

  private Histograms() {}

  static boolean same(FloatHistogram a, FloatHistogram b, boolean hint) {
    return a.schema == b.schema
        && (!hint || a.resetHint == b.resetHint)
        && ScriptRunner.close(a.zeroThreshold, b.zeroThreshold)
        && ScriptRunner.close(a.zeroCount, b.zeroCount)
        && ScriptRunner.close(a.count, b.count)
        && ScriptRunner.close(a.sum, b.sum)
        && sameBuckets(a.positiveSpans, a.positiveBuckets, b.positiveSpans, b.positiveBuckets)
        && sameBuckets(a.negativeSpans, a.negativeBuckets, b.negativeSpans, b.negativeBuckets)
        && java.util.Arrays.equals(a.customValues, b.customValues);
  }

  private static boolean sameBuckets(int[] aSpans, double[] a, int[] bSpans, double[] b) {
    TreeMap<Integer, Double> x = buckets(aSpans, a);
    TreeMap<Integer, Double> y = buckets(bSpans, b);
    return x.keySet().equals(y.keySet())
        && x.keySet().stream().allMatch(k -> ScriptRunner.close(x.get(k), y.get(k)));
  }

  private static TreeMap<Integer, Double> buckets(int[] spans, double[] counts) {
    TreeMap<Integer, Double> buckets = new TreeMap<>();
    int index = 0;
    int at = 0;
    for (int s = 0; s < spans.length; s += 2) {
      index += spans[s];
      for (int k = 0; k < spans[s + 1]; k++, index++, at++) {
        if (counts[at] != 0) {
          buckets.put(index, counts[at]);
        }
      }
    }
    return buckets;
  }
}
