package io.narthex.promql.exec.histogram;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;
import java.util.Arrays;

/// Small arithmetic on histograms; every result is a new one without empty buckets.
public final class HistogramMath {

  private static final int[] NO_SPANS = {};
  private static final double[] NO_BUCKETS = {};

  private HistogramMath() {}

  /// `histogram * factor`.
  public static FloatHistogram multiply(FloatHistogram histogram, double factor) {
    HistogramSum product = new HistogramSum(histogram);
    product.scale(factor);
    return product.result(factor < 0 ? ResetHint.GAUGE : histogram.resetHint, 1);
  }

  /// `histogram / divisor`. Division by zero leaves no buckets.
  public static FloatHistogram divide(FloatHistogram histogram, double divisor) {
    if (divisor == 0) {
      return new FloatHistogram(
          histogram.resetHint,
          histogram.schema,
          histogram.zeroThreshold,
          histogram.usesCustomBuckets() ? 0 : histogram.zeroCount / divisor,
          histogram.count / divisor,
          histogram.sum / divisor,
          NO_SPANS,
          NO_BUCKETS,
          NO_SPANS,
          NO_BUCKETS,
          histogram.customValues);
    }
    ResetHint hint = divisor < 0 ? ResetHint.GAUGE : histogram.resetHint;
    return divisor == 1
        ? withHint(histogram, hint)
        : new HistogramSum(histogram).result(hint, divisor);
  }

  /// The same histogram with another hint.
  public static FloatHistogram withHint(FloatHistogram h, ResetHint hint) {
    return h.withHint(hint);
  }

  /// The same histogram without empty buckets.
  public static FloatHistogram compact(FloatHistogram histogram) {
    return new HistogramSum(histogram).result();
  }

  /// Whether both have the same observations in the same buckets; the hint does not count.
  public static boolean same(FloatHistogram a, FloatHistogram b) {
    return a == b || a.equals(b) && Arrays.equals(a.customValues, b.customValues);
  }
}
