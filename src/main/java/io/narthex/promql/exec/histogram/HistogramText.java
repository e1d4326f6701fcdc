package io.narthex.promql.exec.histogram;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.promql.exec.series.GoFloat;

/// A histogram as Prometheus writes it into a label value.
public final class HistogramText {

  private HistogramText() {}

  /// `{count:4, sum:5, (0.5,1]:1, ...}`, buckets ascending.
  public static String of(FloatHistogram h) {
    StringBuilder out = new StringBuilder("{count:").append(GoFloat.general(h.count));
    out.append(", sum:").append(GoFloat.general(h.sum));
    Buckets negative = Buckets.of(h.negativeSpans, h.negativeBuckets);
    for (int i = negative.size - 1; i >= 0; i--) {
      double lower = -Bounds.upper(negative.index[i], h.schema, h.customValues);
      double upper = -Bounds.upper(negative.index[i] - 1, h.schema, h.customValues);
      bucket(out, '[', lower, upper, ')', negative.count[i]);
    }
    bucket(out, '[', -h.zeroThreshold, h.zeroThreshold, ']', h.zeroCount);
    Buckets positive = Buckets.of(h.positiveSpans, h.positiveBuckets);
    for (int i = 0; i < positive.size; i++) {
      double lower = Bounds.upper(positive.index[i] - 1, h.schema, h.customValues);
      double upper = Bounds.upper(positive.index[i], h.schema, h.customValues);
      boolean closed = h.usesCustomBuckets() && positive.index[i] == 0;
      bucket(out, closed ? '[' : '(', lower, upper, ']', positive.count[i]);
    }
    return out.append('}').toString();
  }

  private static void bucket(
      StringBuilder out, char open, double lower, double upper, char close, double count) {
    if (count != 0) {
      out.append(", ").append(open).append(GoFloat.general(lower)).append(',');
      out.append(GoFloat.general(upper)).append(close).append(':').append(GoFloat.general(count));
    }
  }
}
