package io.narthex.tsdb.chunk;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;
import java.util.Arrays;

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

  private static final double MOST_THOUSANDTHS = 33_554_430;

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

  /// Writes what `read` reads.
  void write(BitWriter out) {
    writeZeroThreshold(out);
    out.varbitInt(schema);
    writeSpans(out, positiveSpans);
    writeSpans(out, negativeSpans);
    if (schema == FloatHistogram.CUSTOM_BUCKETS) {
      out.varbitUint(customValues.length);
      for (double bound : customValues) {
        writeBound(out, bound);
      }
    }
  }

  private void writeZeroThreshold(BitWriter out) {
    int code = Math.getExponent(zeroThreshold) + THRESHOLD_BIAS;
    if (zeroThreshold == 0) {
      out.write(0, 8);
    } else if (code > 0
        && code < EXPLICIT_THRESHOLD
        && zeroThreshold == Math.scalb(1.0, code - THRESHOLD_BIAS)) {
      out.write(code, 8);
    } else {
      out.write(EXPLICIT_THRESHOLD, 8);
      out.f64(zeroThreshold);
    }
  }

  private static void writeSpans(BitWriter out, int[] spans) {
    out.varbitUint(spans.length / 2);
    for (int i = 0; i < spans.length; i += 2) {
      out.varbitUint(spans[i + 1]);
      out.varbitInt(spans[i]);
    }
  }

  /// Bounds of few decimals are numbers of thousandths, plus one; others follow a zero.
  private static void writeBound(BitWriter out, double bound) {
    double scaled = bound * 1000;
    if (scaled >= 0 && scaled <= MOST_THOUSANDTHS && scaled == Math.rint(scaled)) {
      out.varbitUint((long) scaled + 1);
    } else {
      out.write(0, 1);
      out.f64(bound);
    }
  }

  /// Whether a histogram has the same kind of buckets.
  boolean sameKind(FloatHistogram h) {
    return schema == h.schema
        && zeroThreshold == h.zeroThreshold
        && Arrays.equals(customValues, h.customValues);
  }
}
