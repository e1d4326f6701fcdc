package io.narthex.promql.exec.range;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;
import io.narthex.promql.exec.histogram.CounterReset;
import io.narthex.promql.exec.histogram.HistogramSum;
import io.narthex.promql.exec.series.Notes;
import org.jspecify.annotations.Nullable;

/// The change of native histograms inside a window, not extrapolated.
final class HistogramRate {

  private static final int[] NO_SPANS = {};
  private static final double[] NO_BUCKETS = {};

  private HistogramRate() {}

  /// Last minus first plus what resets took; null, with a note, if the histograms do not fit
  /// together. At least two samples.
  static @Nullable FloatHistogram change(
      Windows w, Track track, int from, int to, boolean counter, boolean starts) {
    FloatHistogram first = track.histogram(from);
    FloatHistogram last = track.histogram(to - 1);
    if (counter && (isGauge(first) || isGauge(last))) {
      w.annotations().add(Notes.notCounter(w.metric(), w.pos()));
    }
    if (counter && reset(track, from, from + 1, first, starts)) {
      // What came before the first reset does not matter, not even its kind.
      first = emptyLike(track.histogram(from + 1));
    }
    if (!fit(w, track, from, to, first, counter)) {
      w.annotations().add(Notes.mixedExponentialCustom(w.metric(), w.pos()));
      return null;
    }
    HistogramSum sum = new HistogramSum(last);
    sum.subtract(first);
    if (sum.reconciled()) {
      w.annotations().add(Notes.reconciledBounds("subtraction", w.pos()));
    }
    if (counter) {
      addResets(w, track, from, to, first, starts, sum);
    } else if (!isGauge(track.histogram(from)) || !isGauge(last)) {
      w.annotations().add(Notes.notGauge(w.metric(), w.pos()));
    }
    return sum.result(ResetHint.GAUGE, 1);
  }

  private static void addResets(
      Windows w,
      Track track,
      int from,
      int to,
      FloatHistogram first,
      boolean starts,
      HistogramSum sum) {
    boolean reconciled = sum.reconciled();
    boolean overlap = false;
    FloatHistogram previous = first;
    for (int i = from + 1; i < to; i++) {
      if (starts && !overlap && overlaps(track, i)) {
        overlap = true;
        w.annotations().add(Notes.startTimeOverlap(w.metric(), w.pos()));
      }
      if (reset(track, i - 1, i, previous, starts)) {
        sum.add(previous);
      }
      previous = track.histogram(i);
    }
    if (sum.reconciled() && !reconciled) {
      w.annotations().add(Notes.reconciledBounds("addition", w.pos()));
    }
  }

  private static boolean overlaps(Track track, int i) {
    return StartTimes.overlap(
        track.samples.startMs(i - 1), track.timeMs(i - 1), track.samples.startMs(i));
  }

  private static boolean reset(
      Track track, int before, int at, FloatHistogram previous, boolean starts) {
    return starts
            && StartTimes.reset(
                track.samples.startMs(before),
                track.timeMs(before),
                track.samples.startMs(at),
                track.timeMs(at))
        || CounterReset.between(previous, track.histogram(at));
  }

  private static boolean fit(
      Windows w, Track track, int from, int to, FloatHistogram first, boolean counter) {
    boolean custom = first.usesCustomBuckets();
    if (track.histogram(to - 1).usesCustomBuckets() != custom) {
      return false;
    }
    if (!counter) {
      return true;
    }
    for (int i = from + 1; i < to - 1; i++) {
      FloatHistogram between = track.histogram(i);
      if (isGauge(between)) {
        w.annotations().add(Notes.notCounter(w.metric(), w.pos()));
      }
      if (between.usesCustomBuckets() != custom) {
        return false;
      }
    }
    return true;
  }

  private static boolean isGauge(FloatHistogram histogram) {
    return histogram.resetHint == ResetHint.GAUGE;
  }

  private static FloatHistogram emptyLike(FloatHistogram h) {
    return new FloatHistogram(
        ResetHint.UNKNOWN,
        h.schema,
        0,
        0,
        0,
        0,
        NO_SPANS,
        NO_BUCKETS,
        NO_SPANS,
        NO_BUCKETS,
        h.customValues);
  }
}
