package io.narthex.promql.exec.range;

import io.narthex.storage.SampleBuffer;
import org.jspecify.annotations.Nullable;

/// Where the samples of an anchored or smoothed range begin and end, and the values at its edges.
///
/// @param first index of the sample that stands for the start
/// @param last index of the sample that stands for the end
public record Edges(int first, int last) {

  /// The edges of the range `(startMs, endMs]` among the samples `[from, to)`, at least one; null
  /// if nothing of them lies in the range.
  static @Nullable Edges find(
      SampleBuffer s, int from, int to, long startMs, long endMs, boolean smoothed) {
    int last = to - 1;
    int first = from;
    while (first < last && s.timesMs[first] <= startMs) {
      first++;
    }
    first = Math.max(from, first - 1);
    if (smoothed) {
      int end = from;
      while (end < last && s.timesMs[end] < endMs) {
        end++;
      }
      last = end;
    }
    boolean outside = s.timesMs[last] <= startMs || smoothed && s.timesMs[first] > endMs;
    return outside ? null : new Edges(first, last);
  }

  /// Whether the value at the start lies between two samples.
  boolean betweenAtStart(SampleBuffer s, long startMs, boolean smoothed) {
    return smoothed && s.timesMs[first] < startMs;
  }

  /// Whether the value at the end lies between two samples.
  boolean betweenAtEnd(SampleBuffer s, int from, long endMs, boolean smoothed) {
    return smoothed && last > from && s.timesMs[last] > endMs;
  }

  double left(SampleBuffer s, long startMs, boolean smoothed, boolean counter) {
    return betweenAtStart(s, startMs, smoothed)
        ? between(s, first, startMs, counter)
        : s.values[first];
  }

  double right(SampleBuffer s, int from, long endMs, boolean smoothed, boolean counter) {
    return betweenAtEnd(s, from, endMs, smoothed)
        ? between(s, last - 1, endMs, counter)
        : s.values[last];
  }

  /// The value at `tMs` on the line from sample `i` to the next. A counter that fell began at 0.
  public static double between(SampleBuffer s, int i, long tMs, boolean counter) {
    double before = s.values[i];
    double after = s.values[i + 1];
    if (counter && after < before) {
      before = 0;
    }
    return before
        + (after - before) * (tMs - s.timesMs[i]) / (double) (s.timesMs[i + 1] - s.timesMs[i]);
  }

  /// The samples of an anchored or smoothed range as they are shown: one at each edge and those
  /// inside.
  ///
  /// @param s floats only, at least one
  public static void show(
      SampleBuffer s, long startMs, long endMs, boolean smoothed, SampleBuffer out) {
    Edges edges = find(s, 0, s.size, startMs, endMs, smoothed);
    if (edges == null) {
      return;
    }
    out.add(startMs, edges.left(s, startMs, smoothed, false));
    for (int i = edges.first; i <= edges.last; i++) {
      if (s.timesMs[i] > startMs && s.timesMs[i] < endMs) {
        out.add(s.timesMs[i], s.values[i]);
      }
    }
    out.add(endMs, edges.right(s, 0, endMs, smoothed, false));
  }
}
