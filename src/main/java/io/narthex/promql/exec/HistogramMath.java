package io.narthex.promql.exec;

import io.narthex.model.sample.FloatHistogram;

/// Arithmetic of native histograms.
final class HistogramMath {

  private HistogramMath() {}

  /// All counts and the sum times `factor`.
  static FloatHistogram scaled(FloatHistogram h, double factor) {
    return new FloatHistogram(
        factor < 0 ? FloatHistogram.ResetHint.GAUGE : h.resetHint,
        h.schema,
        h.zeroThreshold,
        h.zeroCount * factor,
        h.count * factor,
        h.sum * factor,
        h.positiveSpans,
        scaled(h.positiveBuckets, factor),
        h.negativeSpans,
        scaled(h.negativeBuckets, factor),
        h.customValues);
  }

  private static double[] scaled(double[] counts, double factor) {
    double[] out = counts.clone();
    for (int i = 0; i < out.length; i++) {
      out[i] *= factor;
    }
    return out;
  }

  /// The text of a histogram as a label value.
  static String text(FloatHistogram h) {
    throw EvalContext.notImplemented("count_values of native histograms");
  }
}
