package io.narthex.promql.exec.series;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.storage.SampleBuffer;

/// What samples count where memory is counted in samples: a float 1, a histogram as many as floats
/// would fit into its place. Source: prometheus `FloatHistogram.Size`.
public final class SampleWeight {

  private static final int STRUCT_BYTES = 168;
  private static final int WORD_BYTES = 8;
  private static final int POINT_BYTES = 16;

  private SampleWeight() {}

  public static int of(FloatHistogram h) {
    int words =
        h.positiveSpans.length / 2
            + h.negativeSpans.length / 2
            + h.positiveBuckets.length
            + h.negativeBuckets.length
            + h.customValues.length;
    return (STRUCT_BYTES + words * WORD_BYTES + WORD_BYTES) / POINT_BYTES;
  }

  /// Of all values in a column.
  public static long of(Column column) {
    if (column.histograms == null) {
      return column.count();
    }
    long weight = 0;
    for (int i = 0; i < column.size; i++) {
      FloatHistogram histogram = column.histogram(i);
      weight += histogram != null ? of(histogram) : column.present(i) ? 1 : 0;
    }
    return weight;
  }

  /// Of all samples in a buffer.
  public static long of(SampleBuffer samples) {
    long weight = samples.size;
    for (int i = 0; samples.histograms != null && i < samples.size; i++) {
      FloatHistogram histogram = samples.histogram(i);
      weight += histogram == null ? 0 : of(histogram) - 1;
    }
    return weight;
  }
}
