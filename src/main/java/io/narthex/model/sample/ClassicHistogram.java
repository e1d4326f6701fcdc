package io.narthex.model.sample;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A classic histogram (cumulative counts below upper bounds, their number and sum) that is
/// collected to become a native one with custom buckets. Reused; not thread-safe. Source:
/// prometheus `util/convertnhcb`.
public final class ClassicHistogram {

  /// More empty buckets than this between full ones are left out.
  private static final int MOST_EMPTY = 2;

  private double[] bounds = new double[16];
  private double[] counts = new double[16];
  private int size;
  private boolean hasCount;
  private double count;
  private double sum;
  private boolean broken;

  /// Forgets everything.
  public void clear() {
    size = 0;
    hasCount = false;
    count = 0;
    sum = 0;
    broken = false;
  }

  /// Adds the number of observations up to `bound`. The first of several with the same bound
  /// counts.
  public void bucket(double bound, double cumulative) {
    int at = size;
    while (at > 0 && bounds[at - 1] >= bound) {
      at--;
    }
    if (at < size && bounds[at] == bound) {
      return;
    }
    broken |= !(cumulative >= 0) || at > 0 && cumulative < counts[at - 1];
    broken |= at < size && cumulative > counts[at];
    if (size == bounds.length) {
      bounds = Arrays.copyOf(bounds, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
    }
    System.arraycopy(bounds, at, bounds, at + 1, size - at);
    System.arraycopy(counts, at, counts, at + 1, size - at);
    bounds[at] = bound;
    counts[at] = cumulative;
    size++;
  }

  /// Sets the number of all observations.
  public void count(double observations) {
    broken |= !(observations >= 0);
    count = observations;
    hasCount = true;
  }

  /// Sets the sum of all observations.
  public void sum(double observations) {
    sum = observations;
  }

  /// The native histogram; null if the numbers contradict each other.
  public @Nullable FloatHistogram convert() {
    if (!hasCount && size > 0) {
      count = counts[size - 1];
    }
    bucket(Double.POSITIVE_INFINITY, count);
    if (broken || counts[size - 1] != count) {
      return null;
    }
    double[] buckets = new double[size];
    for (int i = 0; i < size; i++) {
      buckets[i] = i == 0 ? counts[0] : counts[i] - counts[i - 1];
    }
    int[] spans = new int[2 * size];
    double[] kept = new double[size];
    int spanCount = 0;
    int keptCount = 0;
    int end = 0;
    for (int at = nextFull(buckets, 0); at < size; at = nextFull(buckets, end)) {
      int from = at;
      end = endOfRun(buckets, from);
      spans[2 * spanCount] = from - (spanCount == 0 ? 0 : lastEnd(spans, spanCount));
      spans[2 * spanCount++ + 1] = end - from;
      System.arraycopy(buckets, from, kept, keptCount, end - from);
      keptCount += end - from;
    }
    return new FloatHistogram(
        FloatHistogram.ResetHint.UNKNOWN,
        FloatHistogram.CUSTOM_BUCKETS,
        0,
        0,
        count,
        sum,
        Arrays.copyOf(spans, 2 * spanCount),
        Arrays.copyOf(kept, keptCount),
        new int[0],
        new double[0],
        Arrays.copyOf(bounds, size - 1));
  }

  private static int lastEnd(int[] spans, int spanCount) {
    int end = 0;
    for (int i = 0; i < 2 * spanCount; i++) {
      end += spans[i];
    }
    return end;
  }

  private static int nextFull(double[] buckets, int from) {
    int at = from;
    while (at < buckets.length && buckets[at] == 0) {
      at++;
    }
    return at;
  }

  /// Where the full buckets from `from` on end that have few empty ones between them.
  private static int endOfRun(double[] buckets, int from) {
    int end = from + 1;
    int next = nextFull(buckets, end);
    while (next < buckets.length && next - end <= MOST_EMPTY) {
      end = next + 1;
      next = nextFull(buckets, end);
    }
    return end;
  }
}
