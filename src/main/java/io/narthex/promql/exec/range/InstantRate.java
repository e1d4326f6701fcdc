package io.narthex.promql.exec.range;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;
import io.narthex.promql.exec.histogram.CounterReset;
import io.narthex.promql.exec.histogram.HistogramMath;
import io.narthex.promql.exec.histogram.HistogramSum;
import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.Notes;
import io.narthex.storage.SampleBuffer;

/// `irate` and `idelta`: the change between the last two samples of the window.
final class InstantRate implements RangeKernel {

  private final boolean rate;

  InstantRate(boolean rate) {
    this.rate = rate;
  }

  @Override
  public void fill(Windows w, Column out) {
    Track floats = w.floats();
    Track histograms = w.histograms();
    for (int i = 0; i < w.steps(); i++) {
      int f = floats.count(i);
      int h = histograms.count(i);
      if (f + h < 2) {
        continue;
      }
      if (h == 0) {
        floats(w, floats.samples, floats.to[i] - 1, i, out);
      } else if (f == 0 || lastTwoAreHistograms(floats, histograms, i)) {
        histograms(w, histograms, histograms.to[i] - 1, i, out);
      } else if (lastTwoAreFloats(floats, histograms, i)) {
        floats(w, floats.samples, floats.to[i] - 1, i, out);
      } else {
        w.annotations().add(Notes.mixedFloatsHistograms(w.metric(), w.pos()));
      }
    }
  }

  private static boolean lastTwoAreHistograms(Track floats, Track histograms, int i) {
    return histograms.count(i) > 1
        && histograms.timeMs(histograms.to[i] - 2) > floats.timeMs(floats.to[i] - 1);
  }

  private static boolean lastTwoAreFloats(Track floats, Track histograms, int i) {
    return floats.count(i) > 1
        && floats.timeMs(floats.to[i] - 2) > histograms.timeMs(histograms.to[i] - 1);
  }

  private boolean restarted(Windows w, SampleBuffer s, int last) {
    return w.shape().startTimestamps()
        && StartTimes.reset(
            s.startMs(last - 1), s.timesMs[last - 1], s.startMs(last), s.timesMs[last]);
  }

  private void floats(Windows w, SampleBuffer s, int last, int step, Column out) {
    double gap = (s.timesMs[last] - s.timesMs[last - 1]) / 1000.0;
    double value = s.values[last];
    double before = s.values[last - 1];
    boolean reset = rate && (value < before || restarted(w, s, last));
    double change = reset ? value : value - before;
    out.values[step] = rate ? change / gap : change;
  }

  private void histograms(Windows w, Track track, int last, int step, Column out) {
    FloatHistogram now = track.histogram(last);
    FloatHistogram before = track.histogram(last - 1);
    boolean anyGauge = now.resetHint == ResetHint.GAUGE || before.resetHint == ResetHint.GAUGE;
    boolean bothGauge = now.resetHint == ResetHint.GAUGE && before.resetHint == ResetHint.GAUGE;
    if (rate && anyGauge) {
      w.annotations().add(Notes.notCounter(w.metric(), w.pos()));
    }
    if (!rate && !bothGauge) {
      w.annotations().add(Notes.notGauge(w.metric(), w.pos()));
    }
    HistogramSum sum = new HistogramSum(now);
    boolean reset =
        rate && (restarted(w, track.samples, last) || CounterReset.between(before, now));
    if (!reset) {
      if (!sum.compatible(before)) {
        w.annotations().add(Notes.mixedExponentialCustom(w.metric(), w.pos()));
        return;
      }
      sum.subtract(before);
      if (sum.reconciled()) {
        w.annotations().add(Notes.reconciledBounds("subtraction", w.pos()));
      }
    }
    FloatHistogram change = sum.result(ResetHint.GAUGE, 1);
    double gap = (track.timeMs(last) - track.timeMs(last - 1)) / 1000.0;
    out.set(step, rate ? HistogramMath.divide(change, gap) : change);
  }
}
