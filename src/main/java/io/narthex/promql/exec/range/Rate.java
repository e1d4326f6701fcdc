package io.narthex.promql.exec.range;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;
import io.narthex.promql.exec.histogram.HistogramMath;
import io.narthex.promql.exec.histogram.HistogramSum;
import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.Notes;
import io.narthex.storage.SampleBuffer;
import org.jspecify.annotations.Nullable;

/// `rate`, `increase` and `delta`: the change inside the window, extrapolated to its edges. A gap
/// at an edge is bridged if it is smaller than 1.1 times the mean distance of samples, else by half
/// of that distance; counters are never extended below zero. Source: prometheus `extrapolatedRate`.
final class Rate implements RangeKernel {

  private final boolean counter;
  private final boolean perSecond;
  private final Resets resets = new Resets();

  Rate(boolean counter, boolean perSecond) {
    this.counter = counter;
    this.perSecond = perSecond;
  }

  @Override
  public void fill(Windows windows, Column out) {
    Track floats = windows.floats();
    SampleBuffer samples = floats.samples;
    boolean starts = counter && windows.shape().startTimestamps() && samples.startsMs != null;
    if (counter) {
      resets.find(samples, starts);
    }
    boolean histograms = windows.anyHistogram();
    if (!starts && !histograms) {
      plain(windows, out.values);
      return;
    }
    for (int i = 0; i < windows.steps(); i++) {
      if (histograms && windows.histograms().count(i) > 0) {
        histogram(windows, i, out);
        continue;
      }
      int from = floats.from[i];
      int to = floats.to[i];
      if (to - from > 1 || starts && to > from) {
        floats(windows, samples, i, from, to, starts, out);
      }
    }
  }

  /// Nothing but floats: the loop that most queries spend their time in. Where samples come evenly
  /// one window is like the one before, and so is the factor of extrapolation.
  private void plain(Windows w, double[] out) {
    Track floats = w.floats();
    int[] froms = floats.from;
    int[] tos = floats.to;
    long[] times = floats.samples.timesMs;
    double[] values = floats.samples.values;
    long[] ends = w.shape().ends();
    Extrapolation even = new Extrapolation(w.shape().rangeMs(), perSecond);
    int steps = w.steps();
    for (int i = 0; i < steps; i++) {
      int from = froms[i];
      int last = tos[i] - 1;
      if (last <= from) {
        continue;
      }
      double first = values[from];
      double change = values[last] - first;
      even.turnTo(times[from], times[last], ends[i], last - from);
      if (counter) {
        change = resets.correction(values, from, last + 1, change);
        out[i] = change * even.counterFactor(first, change);
      } else {
        out[i] = change * even.factor();
      }
    }
  }

  private void floats(
      Windows w, SampleBuffer s, int step, int from, int to, boolean starts, Column out) {
    double first = s.values[from];
    double change = s.values[to - 1] - first;
    if (counter) {
      change = resets.correction(s.values, from, to, change);
      if (starts) {
        noteOverlap(w, s, from, to);
      }
    }
    long firstMs = s.timesMs[from];
    if (starts && startsInside(w, step, s.startMs(from), firstMs)) {
      out.values[step] =
          (change + first)
              * factorFrom(w, step, s.startMs(from), firstMs, s.timesMs[to - 1], to - from);
    } else if (to - from > 1) {
      double zeroShare = change > 0 && first >= 0 ? first / change : Double.NaN;
      out.values[step] = change * factor(w, step, firstMs, s.timesMs[to - 1], to - from, zeroShare);
    }
  }

  private static void noteOverlap(Windows w, SampleBuffer s, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      if (StartTimes.overlap(s.startMs(i - 1), s.timesMs[i - 1], s.startMs(i))) {
        w.annotations().add(Notes.startTimeOverlap(w.metric(), w.pos()));
        return;
      }
    }
  }

  private static boolean startsInside(Windows w, int step, long startMs, long firstMs) {
    return startMs != 0 && startMs > w.shape().start(step) && startMs < firstMs;
  }

  /// By what the change between the first and the last sample is multiplied.
  ///
  /// @param zeroShare share of the sampled time that the counter would need from zero to its first
  ///   value; NaN if that says nothing
  private double factor(
      Windows w, int step, long firstMs, long lastMs, int samples, double zeroShare) {
    double toStart = (firstMs - w.shape().start(step)) / 1000.0;
    double toEnd = (w.shape().end(step) - lastMs) / 1000.0;
    double sampled = (lastMs - firstMs) / 1000.0;
    double meanGap = sampled / (samples - 1);
    double threshold = meanGap * 1.1;
    if (toStart >= threshold) {
      toStart = meanGap / 2;
    }
    if (counter) {
      double toZero = sampled * zeroShare;
      if (toZero < toStart) {
        toStart = toZero;
      }
    }
    if (toEnd >= threshold) {
      toEnd = meanGap / 2;
    }
    return scaled(w, sampled, toStart, toEnd);
  }

  /// Like {@link #factor} where the counter is known to begin inside the window.
  private double factorFrom(
      Windows w, int step, long startMs, long firstMs, long lastMs, int samples) {
    double toEnd = (w.shape().end(step) - lastMs) / 1000.0;
    double sampled = (lastMs - startMs) / 1000.0;
    double meanGap = samples > 1 ? (lastMs - firstMs) / 1000.0 / (samples - 1) : 0;
    if (toEnd >= meanGap * 1.1) {
      toEnd = meanGap / 2;
    }
    return scaled(w, sampled, 0, toEnd);
  }

  private double scaled(Windows w, double sampled, double toStart, double toEnd) {
    double factor = sampled == 0 ? 1 : (sampled + toStart + toEnd) / sampled;
    return perSecond ? factor / (w.shape().rangeMs() / 1000.0) : factor;
  }

  private void histogram(Windows w, int step, Column out) {
    Track track = w.histograms();
    if (w.floats().count(step) > 0) {
      w.annotations().add(Notes.mixedFloatsHistograms(w.metric(), w.pos()));
      return;
    }
    int from = track.from[step];
    int to = track.to[step];
    boolean starts = counter && w.shape().startTimestamps() && track.samples.startsMs != null;
    FloatHistogram change = null;
    if (to - from > 1) {
      change = HistogramRate.change(w, track, from, to, counter, starts);
      if (change == null) {
        return;
      }
    }
    FloatHistogram first = track.histogram(from);
    long firstMs = track.timeMs(from);
    long lastMs = track.timeMs(to - 1);
    long startMs = starts ? track.samples.startMs(from) : 0;
    if (startsInside(w, step, startMs, firstMs)) {
      FloatHistogram whole = plus(w, change, first);
      if (whole != null) {
        double factor = factorFrom(w, step, startMs, firstMs, lastMs, to - from);
        out.set(step, HistogramMath.multiply(whole, factor));
      }
    } else if (change != null) {
      double zeroShare =
          change.count > 0 && first.count >= 0 ? first.count / change.count : Double.NaN;
      double factor = factor(w, step, firstMs, lastMs, to - from, zeroShare);
      out.set(step, HistogramMath.multiply(change, factor));
    }
  }

  private static @Nullable FloatHistogram plus(
      Windows w, @Nullable FloatHistogram change, FloatHistogram first) {
    if (change == null) {
      return first;
    }
    HistogramSum sum = new HistogramSum(change);
    if (!sum.compatible(first)) {
      w.annotations().add(Notes.mixedExponentialCustom(w.metric(), w.pos()));
      return null;
    }
    sum.add(first);
    if (sum.reconciled()) {
      w.annotations().add(Notes.reconciledBounds("addition", w.pos()));
    }
    return sum.result(ResetHint.GAUGE, 1);
  }
}
