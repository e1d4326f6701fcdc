package io.narthex.tsdb.wal;

import io.narthex.io.bytes.BytesIn;
import io.narthex.io.bytes.BytesOut;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;
import java.util.Arrays;

/// Native histograms as records hold them: hint, schema, zero bucket, count, sum, spans, buckets
/// (integer histograms as deltas), bounds of custom buckets.
final class HistogramRecords {

  /// Up to here every whole number is a double of its own.
  private static final double MOST_EXACT_COUNT = 1L << 53;

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

  /// Whether the histogram can be written as one of whole numbers.
  static boolean isWhole(FloatHistogram histogram) {
    return isWhole(histogram.count)
        && isWhole(histogram.zeroCount)
        && Arrays.stream(histogram.positiveBuckets).allMatch(HistogramRecords::isWhole)
        && Arrays.stream(histogram.negativeBuckets).allMatch(HistogramRecords::isWhole);
  }

  private static boolean isWhole(double value) {
    return value >= 0 && value <= MOST_EXACT_COUNT && value == Math.rint(value);
  }

  /// Writes the histogram, in the form of whole numbers or of floats.
  static void encode(FloatHistogram histogram, boolean whole, BytesOut out) {
    out.u8(histogram.resetHint.ordinal());
    out.varint(histogram.schema);
    out.f64(histogram.zeroThreshold);
    if (whole) {
      out.uvarint((long) histogram.zeroCount).uvarint((long) histogram.count);
    } else {
      out.f64(histogram.zeroCount).f64(histogram.count);
    }
    out.f64(histogram.sum);
    putSpans(histogram.positiveSpans, out);
    putSpans(histogram.negativeSpans, out);
    if (whole) {
      putDeltas(histogram.positiveBuckets, out);
      putDeltas(histogram.negativeBuckets, out);
    } else {
      putBuckets(histogram.positiveBuckets, out);
      putBuckets(histogram.negativeBuckets, out);
    }
    if (histogram.usesCustomBuckets()) {
      putBuckets(histogram.customValues, out);
    }
  }

  private static void putDeltas(double[] buckets, BytesOut out) {
    out.uvarint(buckets.length);
    long before = 0;
    for (double bucket : buckets) {
      out.varint((long) bucket - before);
      before = (long) bucket;
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
