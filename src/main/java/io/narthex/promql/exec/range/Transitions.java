package io.narthex.promql.exec.range;

import io.narthex.promql.exec.histogram.CounterReset;
import io.narthex.promql.exec.histogram.HistogramMath;
import io.narthex.promql.exec.series.Column;

/// `changes` and `resets`: how often neighbours in the window differ, or the later one is lower. A
/// float beside a histogram counts for both.
final class Transitions implements RangeKernel {

  private final boolean resets;
  private int[] prefix = {};

  Transitions(boolean resets) {
    this.resets = resets;
  }

  @Override
  public void fill(Windows w, Column out) {
    if (!w.anyHistogram()) {
      floats(w, out);
      return;
    }
    for (int i = 0; i < w.steps(); i++) {
      mixed(w, i, out);
    }
  }

  /// Transitions between neighbours do not depend on the window: count them once, subtract.
  private void floats(Windows w, Column out) {
    Track floats = w.floats();
    int size = floats.samples.size;
    if (prefix.length < size) {
      prefix = new int[size];
    }
    for (int i = 1; i < size; i++) {
      prefix[i] = prefix[i - 1] + (happened(w, floats, i - 1, floats, i, false) ? 1 : 0);
    }
    for (int i = 0; i < w.steps(); i++) {
      int from = firstFloat(w, floats, i);
      int to = floats.to[i];
      if (from >= 0 && to > from) {
        out.values[i] = prefix[to - 1] - prefix[from];
      }
    }
  }

  /// With `anchored` the window begins with the last sample at or before the range, if there is
  /// one, and there is no value if nothing follows it.
  private static int firstFloat(Windows w, Track track, int step) {
    int from = track.from[step];
    if (!w.shape().anchored()) {
      return from;
    }
    int before = lastAtOrBefore(track, step, w.shape().start(step));
    return before + 1 >= track.to[step] ? -1 : Math.max(from, before);
  }

  private static int lastAtOrBefore(Track track, int step, long startMs) {
    int last = track.from[step] - 1;
    while (last + 1 < track.to[step] && track.timeMs(last + 1) <= startMs) {
      last++;
    }
    return last < track.from[step] ? track.from[step] - 1 : last;
  }

  private void mixed(Windows w, int step, Column out) {
    Track floats = w.floats();
    Track histograms = w.histograms();
    int f = floats.from[step];
    int h = histograms.from[step];
    int fTo = floats.to[step];
    int hTo = histograms.to[step];
    if (w.shape().anchored()) {
      int beforeF = lastAtOrBefore(floats, step, w.shape().start(step));
      int beforeH = lastAtOrBefore(histograms, step, w.shape().start(step));
      if (beforeF + 1 >= fTo && beforeH + 1 >= hTo) {
        return;
      }
      boolean anyF = beforeF >= f;
      boolean anyH = beforeH >= h;
      if (anyF && (!anyH || floats.timeMs(beforeF) >= histograms.timeMs(beforeH))) {
        f = beforeF;
        h = beforeH + 1;
      } else if (anyH) {
        f = beforeF + 1;
        h = beforeH;
      }
    }
    if (f >= fTo && h >= hTo) {
      return;
    }
    int count = 0;
    Track previous = null;
    int previousAt = 0;
    while (f < fTo || h < hTo) {
      boolean takeFloat = h >= hTo || f < fTo && floats.timeMs(f) < histograms.timeMs(h);
      Track current = takeFloat ? floats : histograms;
      int at = takeFloat ? f++ : h++;
      if (previous != null
          && (previous != current || happened(w, previous, previousAt, current, at, !takeFloat))) {
        count++;
      }
      previous = current;
      previousAt = at;
    }
    out.values[step] = count;
  }

  private boolean happened(Windows w, Track a, int i, Track b, int j, boolean histograms) {
    if (resets && w.shape().startTimestamps()) {
      boolean restarted =
          StartTimes.reset(a.samples.startMs(i), a.timeMs(i), b.samples.startMs(j), b.timeMs(j));
      if (restarted) {
        return true;
      }
    }
    if (histograms) {
      return resets
          ? CounterReset.between(a.histogram(i), b.histogram(j))
          : !HistogramMath.same(a.histogram(i), b.histogram(j));
    }
    double before = a.value(i);
    double now = b.value(j);
    return resets ? now < before : now != before && !(Double.isNaN(now) && Double.isNaN(before));
  }
}
