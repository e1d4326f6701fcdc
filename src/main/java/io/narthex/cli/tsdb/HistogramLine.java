package io.narthex.cli.tsdb;

import io.narthex.model.sample.ExponentialBuckets;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatText;
import java.util.ArrayList;
import java.util.List;

/// A native histogram as Prometheus prints it. Counts that are all whole are those of an integer
/// histogram, which has them in digits; the storage does not keep apart what it was.
final class HistogramLine {

  private final FloatHistogram histogram;
  private final boolean whole;

  private HistogramLine(FloatHistogram histogram) {
    this.histogram = histogram;
    whole =
        isWhole(histogram.count)
            && allWhole(histogram.positiveBuckets)
            && allWhole(histogram.negativeBuckets)
            && isWhole(histogram.zeroCount);
  }

  /// `{count:4, sum:5, (0.5,1]:1}`, buckets ascending.
  static String of(FloatHistogram histogram) {
    return new HistogramLine(histogram).text();
  }

  private static boolean isWhole(double count) {
    return count >= 0 && count == (long) count;
  }

  private static boolean allWhole(double[] counts) {
    for (double count : counts) {
      if (!isWhole(count)) {
        return false;
      }
    }
    return true;
  }

  private String text() {
    FloatHistogram h = histogram;
    StringBuilder out = new StringBuilder("{count:").append(count(h.count));
    out.append(", sum:").append(FloatText.general(h.sum));
    List<String> negative = new ArrayList<>();
    buckets(h.negativeSpans, h.negativeBuckets, false, negative);
    negative.reversed().forEach(out::append);
    if (h.zeroCount != 0) {
      String bound = FloatText.general(h.zeroThreshold);
      out.append(", [-").append(bound).append(',').append(bound).append("]:");
      out.append(count(h.zeroCount));
    }
    List<String> positive = new ArrayList<>();
    buckets(h.positiveSpans, h.positiveBuckets, true, positive);
    positive.forEach(out::append);
    return out.append('}').toString();
  }

  private String count(double count) {
    return whole ? Long.toString((long) count) : FloatText.general(count);
  }

  private void buckets(int[] spans, double[] counts, boolean positive, List<String> out) {
    int index = 0;
    int at = 0;
    for (int span = 0; span < spans.length; span += 2) {
      index += spans[span];
      for (int i = 0; i < spans[span + 1]; i++, index++, at++) {
        if (counts[at] != 0) {
          out.add(positive ? positive(index, counts[at]) : negative(index, counts[at]));
        }
      }
    }
  }

  private String positive(int index, double count) {
    boolean closed = histogram.usesCustomBuckets() && index == 0;
    return ", "
        + (closed ? '[' : '(')
        + FloatText.general(bound(index - 1))
        + ","
        + FloatText.general(bound(index))
        + "]:"
        + count(count);
  }

  private String negative(int index, double count) {
    return ", ["
        + FloatText.general(-bound(index))
        + ","
        + FloatText.general(-bound(index - 1))
        + "):"
        + count(count);
  }

  private double bound(int index) {
    if (!histogram.usesCustomBuckets()) {
      return ExponentialBuckets.upperBound(index, histogram.schema);
    }
    double[] bounds = histogram.customValues;
    return index < 0
        ? Double.NEGATIVE_INFINITY
        : index < bounds.length ? bounds[index] : Double.POSITIVE_INFINITY;
  }
}
