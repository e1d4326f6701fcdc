package io.narthex.tsdb.wal;

import io.narthex.io.bytes.BytesIn;
import io.narthex.io.bytes.BytesOut;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;

/// Native histograms as records hold them: hint, schema, zero bucket, count, sum, spans, buckets
/// (integer histograms as deltas), bounds of custom buckets.
final class HistogramRecords {

  private HistogramRecords() {}

  static FloatHistogram decode(BytesIn in, boolean floats) {
    ResetHint hint = hint(in.u8());
    int schema = (int) in.varint();
    double zeroThreshold = in.f64();
    double zeroCount = floats ? in.f64() : unsigned(in.uvarint());
    double count = floats ? in.f64() : unsigned(in.uvarint());
    double sum = in.f64();
    int[] positiveSpans = spans(in);
    int[] negativeSpans = spans(in);
    double[] positive = buckets(in, floats);
    double[] negative = buckets(in, floats);
    double[] bounds = schema == FloatHistogram.CUSTOM_BUCKETS ? buckets(in, true) : new double[0];
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
        bounds);
  }

  /// Writes the histogram in the form of float histograms.
  static void encode(FloatHistogram histogram, BytesOut out) {
    out.u8(histogram.resetHint.ordinal());
    out.varint(histogram.schema);
    out.f64(histogram.zeroThreshold);
    out.f64(histogram.zeroCount);
    out.f64(histogram.count);
    out.f64(histogram.sum);
    putSpans(histogram.positiveSpans, out);
    putSpans(histogram.negativeSpans, out);
    putBuckets(histogram.positiveBuckets, out);
    putBuckets(histogram.negativeBuckets, out);
    if (histogram.usesCustomBuckets()) {
      putBuckets(histogram.customValues, out);
    }
  }

  private static ResetHint hint(int number) {
    return switch (number) {
      case 1 -> ResetHint.RESET;
      case 2 -> ResetHint.NO_RESET;
      case 3 -> ResetHint.GAUGE;
      default -> ResetHint.UNKNOWN;
    };
  }

  private static double unsigned(long value) {
    return value >= 0 ? value : Math.scalb((double) (value >>> 1), 1);
  }

  private static int[] spans(BytesIn in) {
    int count = in.uvarint31();
    if (count > in.remaining()) {
      throw in.corrupt("a histogram with " + count + " spans");
    }
    int[] spans = new int[2 * count];
    for (int i = 0; i < spans.length; i += 2) {
      spans[i] = (int) in.varint();
      spans[i + 1] = in.uvarint31();
    }
    return spans;
  }

  private static double[] buckets(BytesIn in, boolean floats) {
    int count = in.uvarint31();
    if (count > in.remaining()) {
      throw in.corrupt("a histogram with " + count + " buckets");
    }
    double[] buckets = new double[count];
    long sum = 0;
    for (int i = 0; i < count; i++) {
      if (floats) {
        buckets[i] = in.f64();
      } else {
        sum += in.varint();
        buckets[i] = sum;
      }
    }
    return buckets;
  }

  private static void putSpans(int[] spans, BytesOut out) {
    out.uvarint(spans.length / 2);
    for (int i = 0; i < spans.length; i += 2) {
      out.varint(spans[i]).uvarint(spans[i + 1]);
    }
  }

  private static void putBuckets(double[] buckets, BytesOut out) {
    out.uvarint(buckets.length);
    for (double bucket : buckets) {
      out.f64(bucket);
    }
  }
}
