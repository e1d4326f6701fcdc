package io.narthex.promql.exec.histogram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Sums of histograms against sums of plain maps.
class HistogramSumTest {

  private static final double[] NONE = {};

  private static FloatHistogram histogram(int schema, TreeMap<Integer, Double> positive) {
    int[] spans = new int[positive.size() * 2];
    double[] counts = new double[positive.size()];
    int at = 0;
    int next = 0;
    double total = 0;
    for (var bucket : positive.entrySet()) {
      spans[2 * at] = bucket.getKey() - next;
      spans[2 * at + 1] = 1;
      next = bucket.getKey() + 1;
      counts[at++] = bucket.getValue();
      total += bucket.getValue();
    }
    return new FloatHistogram(
        ResetHint.UNKNOWN, schema, 0, 0, total, total * 2, spans, counts, new int[0], NONE, NONE);
  }

  private static TreeMap<Integer, Double> buckets(FloatHistogram h) {
    TreeMap<Integer, Double> buckets = new TreeMap<>();
    int next = 0;
    int at = 0;
    for (int s = 0; s < h.positiveSpans.length; s += 2) {
      next += h.positiveSpans[s];
      for (int i = 0; i < h.positiveSpans[s + 1]; i++) {
        buckets.put(next++, h.positiveBuckets[at++]);
      }
    }
    return buckets;
  }

  private static TreeMap<Integer, Double> coarser(
      TreeMap<Integer, Double> buckets, int schema, int target) {
    TreeMap<Integer, Double> result = new TreeMap<>();
    buckets.forEach((index, count) -> {
      double width = 1 << schema - target;
      result.merge((int) Math.ceil(index / width), count, Double::sum);
    });
    return result;
  }

  @Test
  void sumsOfAnySchemasAreThoseOfTheCoarsest() {
    long seed = 7;
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      int schemaA = random.nextInt(-3, 6);
      int schemaB = random.nextInt(-3, 6);
      TreeMap<Integer, Double> a = randomBuckets(random);
      TreeMap<Integer, Double> b = randomBuckets(random);
      HistogramSum sum = new HistogramSum(histogram(schemaA, a));
      sum.add(histogram(schemaB, b));
      FloatHistogram result = sum.result();
      int target = Math.min(schemaA, schemaB);
      TreeMap<Integer, Double> expected = coarser(a, schemaA, target);
      coarser(b, schemaB, target).forEach((i, n) -> expected.merge(i, n, Double::sum));
      String what = "seed " + seed + " round " + round;
      assertEquals(target, result.schema, what);
      assertEquals(expected, buckets(result), what);
      sum.subtract(histogram(schemaB, b));
      assertEquals(coarser(a, schemaA, target), buckets(sum.result()), what);
    }
  }

  private static TreeMap<Integer, Double> randomBuckets(Random random) {
    TreeMap<Integer, Double> buckets = new TreeMap<>();
    for (int i = random.nextInt(8); i > 0; i--) {
      buckets.put(random.nextInt(-20, 20), 1.0 + random.nextInt(9));
    }
    return buckets;
  }

  @Test
  void theWiderZeroBucketTakesInWhatItCovers() {
    TreeMap<Integer, Double> buckets = new TreeMap<>();
    buckets.put(-1, 3.0); // (0.25, 0.5]
    buckets.put(0, 5.0); // (0.5, 1]
    buckets.put(1, 7.0); // (1, 2]
    FloatHistogram narrow = histogram(0, buckets);
    FloatHistogram wide =
        new FloatHistogram(
            ResetHint.UNKNOWN, 0, 0.6, 2, 2, 0, new int[0], NONE, new int[0], NONE, NONE);
    HistogramSum sum = new HistogramSum(wide);
    sum.add(narrow);
    // 0.6 cuts a bucket, so that the zero bucket grows to its end.
    FloatHistogram result = sum.result();
    assertEquals(1, result.zeroThreshold);
    assertEquals(2 + 3 + 5, result.zeroCount);
    assertEquals("{1=7.0}", buckets(result).toString());
  }

  @Test
  void aFallenBucketIsAReset() {
    TreeMap<Integer, Double> before = new TreeMap<>();
    before.put(1, 3.0);
    before.put(4, 2.0);
    TreeMap<Integer, Double> after = new TreeMap<>(before);
    after.put(4, 9.0);
    assertFalse(CounterReset.between(histogram(0, before), histogram(0, after)));
    after.put(1, 2.0);
    assertTrue(CounterReset.between(histogram(0, before), histogram(0, after)));
    after.remove(1);
    assertTrue(CounterReset.between(histogram(0, before), histogram(0, after)));
  }
}
