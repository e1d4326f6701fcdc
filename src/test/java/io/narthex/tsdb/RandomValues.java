package io.narthex.tsdb;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;
import io.narthex.model.sample.StaleMarker;
import java.util.Arrays;
import java.util.Random;

/// Random sample values of all kinds, and a text of a histogram that does not depend on how its
/// buckets are laid out.
final class RandomValues {

  private static final int[] NO_SPANS = {};
  private static final double[] NONE = {};

  private final Random random;
  private double level;

  RandomValues(Random random) {
    this.random = random;
  }

  double value() {
    return switch (random.nextInt(8)) {
      case 0 -> random.nextGaussian();
      case 1 -> StaleMarker.STALE;
      case 2 -> Double.longBitsToDouble(random.nextLong());
      default -> random.nextInt(4);
    };
  }

  /// Integer or float, counter or gauge, exponential or custom buckets, or a stale marker.
  FloatHistogram histogram() {
    int kind = random.nextInt(10);
    if (kind == 0) {
      return FloatHistogram.stale();
    }
    level = random.nextInt(12) == 0 ? 0 : level + random.nextInt(5);
    double part = kind < 3 ? 0.25 : 0;
    ResetHint hint = kind == 4 ? ResetHint.GAUGE : ResetHint.UNKNOWN;
    boolean custom = kind > 7;
    int buckets = 1 + random.nextInt(4);
    int[] positive = spans(buckets, custom);
    double[] counts = counts(positive, part);
    int[] negative = custom ? NO_SPANS : spans(random.nextInt(3), false);
    double[] below = counts(negative, part);
    double zero = custom ? 0 : level + part;
    double count = zero + Arrays.stream(counts).sum() + Arrays.stream(below).sum();
    return new FloatHistogram(
        hint,
        custom ? FloatHistogram.CUSTOM_BUCKETS : random.nextInt(20) == 0 ? 2 : 1,
        custom ? 0 : 0.001,
        zero,
        count,
        random.nextGaussian(),
        positive,
        counts,
        negative,
        below,
        custom ? new double[] {0.5, 1, 2.5, 7, 1000.125} : NONE);
  }

  private int[] spans(int count, boolean custom) {
    int[] spans = new int[2 * count];
    for (int i = 0; i < count; i++) {
      spans[2 * i] = custom ? 0 : i == 0 ? random.nextInt(5) - 2 : 1 + random.nextInt(2);
      spans[2 * i + 1] = 1;
    }
    return spans;
  }

  private double[] counts(int[] spans, double part) {
    double[] counts = new double[spans.length / 2];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = level + i + part;
    }
    return counts;
  }

  static String text(double value) {
    return Long.toHexString(Double.doubleToRawLongBits(value));
  }

  static String text(FloatHistogram h) {
    if (h.isStale()) {
      return "stale histogram";
    }
    StringBuilder out = new StringBuilder();
    out.append(h.schema).append(' ').append(h.zeroThreshold).append(' ').append(h.zeroCount);
    out.append(' ').append(h.count).append(' ').append(text(h.sum));
    out.append(h.resetHint == ResetHint.GAUGE ? " gauge" : "");
    append(out.append(" +"), h.positiveSpans, h.positiveBuckets);
    append(out.append(" -"), h.negativeSpans, h.negativeBuckets);
    return out.append(Arrays.toString(h.customValues)).toString();
  }

  private static void append(StringBuilder out, int[] spans, double[] counts) {
    int index = 0;
    int n = 0;
    for (int i = 0; i < spans.length; i += 2) {
      index += spans[i];
      for (int k = spans[i + 1]; k > 0; k--) {
        if (counts[n] != 0) {
          out.append(' ').append(index).append(':').append(counts[n]);
        }
        n++;
        index++;
      }
    }
  }
}
