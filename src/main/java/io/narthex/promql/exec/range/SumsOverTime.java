package io.narthex.promql.exec.range;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;
import io.narthex.promql.exec.histogram.HistogramMean;
import io.narthex.promql.exec.histogram.HistogramSum;
import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.Kahan;
import io.narthex.promql.exec.series.Notes;

/// `sum_over_time` and `avg_over_time`, compensated, of floats or of histograms.
final class SumsOverTime implements RangeKernel {

  private final boolean mean;
  private final Kahan kahan = new Kahan();

  SumsOverTime(boolean mean) {
    this.mean = mean;
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
      } else if (f > 0) {
        double[] values = floats.samples.values;
        out.values[i] =
            mean
                ? kahan.mean(values, floats.from[i], floats.to[i])
                : kahan.sum(values, floats.from[i], floats.to[i]);
      } else if (h > 0) {
        histograms(w, histograms, i, out);
      }
    }
  }

  private void histograms(Windows w, Track track, int step, Column out) {
    int from = track.from[step];
    int to = track.to[step];
    FloatHistogram first = track.histogram(from);
    boolean reset = false;
    boolean noReset = false;
    for (int i = from; i < to; i++) {
      FloatHistogram h = track.histogram(i);
      if (h.usesCustomBuckets() != first.usesCustomBuckets()) {
        w.annotations().add(Notes.mixedExponentialCustom(w.metric(), w.pos()));
        return;
      }
      reset |= h.resetHint == ResetHint.RESET;
      noReset |= h.resetHint == ResetHint.NO_RESET;
    }
    if (reset && noReset) {
      w.annotations().add(Notes.resetCollision("aggregation", w.pos()));
    }
    boolean reconciled = mean ? mean(track, from, to, step, out) : sum(track, from, to, step, out);
    if (reconciled) {
      w.annotations().add(Notes.reconciledBounds("aggregation", w.pos()));
    }
  }

  private static boolean sum(Track track, int from, int to, int step, Column out) {
    HistogramSum sum = new HistogramSum(track.histogram(from));
    for (int i = from + 1; i < to; i++) {
      sum.add(track.histogram(i));
    }
    out.set(step, sum.result());
    return sum.reconciled();
  }

  private static boolean mean(Track track, int from, int to, int step, Column out) {
    HistogramMean mean = new HistogramMean(track.histogram(from));
    for (int i = from + 1; i < to; i++) {
      mean.add(track.histogram(i));
    }
    out.set(step, mean.result());
    return mean.reconciled();
  }
}
