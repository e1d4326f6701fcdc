package io.narthex.promql.parse;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatText;
import java.util.Arrays;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/// Histograms in the notation of series descriptions: what tests show of them.
public final class HistogramText {

  private HistogramText() {}

  /// The text of `histogram`; gaps between its spans are written as empty buckets.
  public static String print(FloatHistogram histogram) {
    StringJoiner out = new StringJoiner(" ", "{{", "}}");
    if (histogram.schema != 0) {
      out.add("schema:" + histogram.schema);
    }
    number(out, "count", histogram.count);
    number(out, "sum", histogram.sum);
    number(out, "z_bucket", histogram.zeroCount);
    number(out, "z_bucket_w", histogram.zeroThreshold);
    if (histogram.usesCustomBuckets()) {
      out.add("custom_values:" + list(histogram.customValues));
    }
    switch (histogram.resetHint) {
      case UNKNOWN -> {}
      case RESET -> out.add("counter_reset_hint:reset");
      case NO_RESET -> out.add("counter_reset_hint:not_reset");
      case GAUGE -> out.add("counter_reset_hint:gauge");
    }
    buckets(out, "", histogram.positiveSpans, histogram.positiveBuckets);
    buckets(out, "n_", histogram.negativeSpans, histogram.negativeBuckets);
    return out.toString();
  }

  private static void number(StringJoiner out, String key, double value) {
    if (value != 0) {
      out.add(key + ":" + FloatText.general(value));
    }
  }

  private static void buckets(StringJoiner out, String prefix, int[] spans, double[] counts) {
    if (spans.length == 0) {
      return;
    }
    if (spans[0] != 0) {
      out.add(prefix + "offset:" + spans[0]);
    }
    int width = -spans[0];
    for (int part : spans) {
      width += part;
    }
    double[] dense = new double[width];
    int at = -spans[0];
    int n = 0;
    for (int s = 0; s < spans.length; s += 2) {
      at += spans[s];
      System.arraycopy(counts, n, dense, at, spans[s + 1]);
      at += spans[s + 1];
      n += spans[s + 1];
    }
    out.add(prefix + "buckets:" + list(dense));
  }

  private static String list(double[] values) {
    return Arrays.stream(values)
        .mapToObj(FloatText::general)
        .collect(Collectors.joining(" ", "[", "]"));
  }
}
