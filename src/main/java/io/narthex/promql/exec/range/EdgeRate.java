package io.narthex.promql.exec.range;

import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.Notes;
import io.narthex.storage.SampleBuffer;

/// `rate`, `increase` and `delta` of anchored and smoothed ranges: the difference of the values at
/// the edges, nothing extrapolated.
final class EdgeRate implements RangeKernel {

  private final boolean counter;
  private final boolean perSecond;

  EdgeRate(boolean counter, boolean perSecond) {
    this.counter = counter;
    this.perSecond = perSecond;
  }

  @Override
  public void fill(Windows w, Column out) {
    Track floats = w.floats();
    Track histograms = w.histograms();
    for (int i = 0; i < w.steps(); i++) {
      int f = floats.count(i);
      int h = histograms.count(i);
      if (f > 0 && h > 0) {
        w.annotations().add(Notes.mixedFloatsHistograms(w.metric(), w.pos()));
      } else if (h > 0) {
        new EdgeHistogramRate(w, histograms, i, counter, perSecond).fill(out);
      } else if (f > 0) {
        floats(w, floats.samples, i, floats.from[i], floats.to[i], out);
      }
    }
  }

  private void floats(Windows w, SampleBuffer s, int step, int from, int to, Column out) {
    boolean smoothed = w.shape().smoothed();
    long startMs = w.shape().start(step);
    long endMs = w.shape().end(step);
    Edges edges = Edges.find(s, from, to, startMs, endMs, smoothed);
    if (edges == null) {
      return;
    }
    double left = edges.left(s, startMs, smoothed, counter);
    double right = edges.right(s, from, endMs, smoothed, counter);
    double change = right - left;
    if (counter) {
      change += correction(s, edges, startMs, endMs, left, right);
    }
    out.values[step] = perSecond ? change / (w.shape().rangeMs() / 1000.0) : change;
  }

  private static double correction(
      SampleBuffer s, Edges edges, long startMs, long endMs, double left, double right) {
    int first = edges.first() + (s.timesMs[edges.first()] <= startMs ? 1 : 0);
    int last = edges.last() - (s.timesMs[edges.last()] >= endMs ? 1 : 0);
    double correction = 0;
    double previous = left;
    for (int i = first; i <= last; i++) {
      if (s.values[i] < previous) {
        correction += previous;
      }
      previous = s.values[i];
    }
    return right < previous ? correction + previous : correction;
  }
}
