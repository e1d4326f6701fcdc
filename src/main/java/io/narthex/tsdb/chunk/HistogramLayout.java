package io.narthex.tsdb.chunk;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;

/// What all histograms of a chunk share.
///
/// @param positiveSpans offset, length, offset, length ...
/// @param negativeSpans likewise
record HistogramLayout(
    int schema,
    double zeroThreshold,
    int[] positiveSpans,
    int[] negativeSpans,
    double[] customValues) {

  private static final int MIN_SCHEMA = -4;

  /// Schemas up to here are known; those above 8 cannot be calculated with, but be read.
  private static final int MAX_SCHEMA = 52;

  private static final int EXPLICIT_THRESHOLD = 255;

  /// More than any chunk of reasonable size can hold: guards memory against nonsense.
  private static final int MOST_BUCKETS = 1 << 20;

  /// A one-byte threshold b stands for 2^(b-244).
  private static final int THRESHOLD_BIAS = 244;

  static HistogramLayout read(BitReader in) {
    double zeroThreshold = zeroThreshold(in);
    long schema = in.varbitInt();
    if (schema != FloatHistogram.CUSTOM_BUCKETS && (schema < MIN_SCHEMA || schema > MAX_SCHEMA)) {
      throw in.corrupt("unknown histogram schema " + schema);
    }
    int[] positive = spans(in);
    int[] negative = spans(in);
    double[] custom = {};
    if (schema == FloatHistogram.CUSTOM_BUCKETS) {
      custom = new double[in.varbitCount()];
      for (int i = 0; i < custom.length; i++) {
        long scaled = in.varbitUint();
        custom[i] = scaled == 0 ? in.f64() : (scaled - 1) / 1000.0;
      }
    }
    return new HistogramLayout((int) schema, zeroThreshold, positive, negative, custom);
  }

  private static double zeroThreshold(BitReader in) {
    int code = (int) in.bits(8);
    return switch (code) {
      case 0 -> 0;
      case EXPLICIT_THRESHOLD -> in.f64();
      default -> Math.scalb(1.0, code - THRESHOLD_BIAS);
    };
  }

  private static int[] spans(BitReader in) {
    int[] spans = new int[2 * in.varbitCount()];
    for (int i = 0; i < spans.length; i += 2) {
      spans[i + 1] = in.varbitCount();
      spans[i] = (int) in.varbitInt();
    }
    return spans;
  }

  int positiveBuckets(BitReader in) {
    return buckets(positiveSpans, in);
  }

  int negativeBuckets(BitReader in) {
    return buckets(negativeSpans, in);
  }

  private static int buckets(int[] spans, BitReader in) {
    long sum = 0;
    for (int i = 1; i < spans.length; i += 2) {
      sum += spans[i];
    }
    if (sum > MOST_BUCKETS) {
      throw in.corrupt("a histogram of " + sum + " buckets");
    }
    return (int) sum;
  }

  /// A histogram of this layout.
  FloatHistogram histogram(
      ResetHint hint,
      double zeroCount,
      double count,
      double sum,
      double[] positive,
      double[] negative) {
    return new FloatHistogram(
        hint,
        schema,
        zeroThreshold,
        zeroCount,
        count,
        sum,
        positiveSpans,
        positive,
        negativeSpans,
        negative,
        customValues);
  }
}
