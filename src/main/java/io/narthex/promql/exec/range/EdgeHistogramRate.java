package io.narthex.promql.exec.range;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;
import io.narthex.promql.exec.histogram.CounterReset;
import io.narthex.promql.exec.histogram.HistogramMath;
import io.narthex.promql.exec.histogram.HistogramSum;
import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.Notes;
import org.jspecify.annotations.Nullable;

/// One step of {@link EdgeRate} over histograms.
final class EdgeHistogramRate {

  private final Windows w;
  private final Track track;
  private final int step;
  private final boolean counter;
  private final boolean perSecond;

  EdgeHistogramRate(Windows w, Track track, int step, boolean counter, boolean perSecond) {
    this.w = w;
    this.track = track;
    this.step = step;
    this.counter = counter;
    this.perSecond = perSecond;
  }

  void fill(Column out) {
    int from = track.from[step];
    boolean smoothed = w.shape().smoothed();
    long startMs = w.shape().start(step);
    long endMs = w.shape().end(step);
    Edges edges = Edges.find(track.samples, from, track.to[step], startMs, endMs, smoothed);
    if (edges == null || !valid(edges)) {
      return;
    }
    FloatHistogram left =
        edges.betweenAtStart(track.samples, startMs, smoothed)
            ? between(edges.first(), startMs)
            : track.histogram(edges.first());
    FloatHistogram right =
        edges.betweenAtEnd(track.samples, from, endMs, smoothed)
            ? between(edges.last() - 1, endMs)
            : track.histogram(edges.last());
    if (!counter && (left.resetHint != ResetHint.GAUGE || right.resetHint != ResetHint.GAUGE)) {
      w.annotations().add(Notes.notGauge(w.metric(), w.pos()));
    }
    HistogramSum change = new HistogramSum(right);
    change.subtract(left);
    if (change.reconciled()) {
      w.annotations().add(Notes.reconciledBounds("subtraction", w.pos()));
    }
    FloatHistogram lost = counter ? lost(edges, left, right, startMs, smoothed) : null;
    if (lost != null) {
      boolean before = change.reconciled();
      change.add(lost);
      if (change.reconciled() && !before) {
        w.annotations().add(Notes.reconciledBounds("addition", w.pos()));
      }
    }
    out.set(step, change.result(ResetHint.GAUGE, perSecond ? w.shape().rangeMs() / 1000.0 : 1));
  }

  private boolean valid(Edges edges) {
    boolean custom = track.histogram(edges.first()).usesCustomBuckets();
    for (int i = edges.first(); i <= edges.last(); i++) {
      FloatHistogram h = track.histogram(i);
      if (h.usesCustomBuckets() != custom) {
        w.annotations().add(Notes.mixedExponentialCustom(w.metric(), w.pos()));
        return false;
      }
      if (counter && h.resetHint == ResetHint.GAUGE) {
        w.annotations().add(Notes.notCounter(w.metric(), w.pos()));
      }
    }
    return true;
  }

  private FloatHistogram between(int i, long tMs) {
    return Interpolation.between(
        track.histogram(i),
        track.timeMs(i),
        track.histogram(i + 1),
        track.timeMs(i + 1),
        tMs,
        counter,
        w.annotations(),
        w.pos());
  }

  /// What resets between the edges took.
  private @Nullable FloatHistogram lost(
      Edges edges, FloatHistogram left, FloatHistogram right, long startMs, boolean smoothed) {
    int first = edges.first() + 1;
    FloatHistogram previous = left;
    if (smoothed
        && track.timeMs(edges.first()) < startMs
        && CounterReset.between(
            track.histogram(edges.first()), track.histogram(edges.first() + 1))) {
      previous = track.histogram(edges.first() + 1);
      first++;
    }
    if (first > edges.last()) {
      return null;
    }
    HistogramSum sum = null;
    for (int i = first; i <= edges.last(); i++) {
      FloatHistogram current = i == edges.last() ? right : track.histogram(i);
      if (CounterReset.between(previous, current)) {
        if (sum == null) {
          sum = new HistogramSum(previous);
        } else {
          sum.add(previous);
        }
      }
      previous = current;
    }
    return sum == null ? null : HistogramMath.withHint(sum.result(), ResetHint.UNKNOWN);
  }
}
