package io.narthex.promql.exec.select;

import io.narthex.model.labels.Labels;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;
import io.narthex.promql.ast.Expr.Pos;
import io.narthex.promql.exec.histogram.HistogramMath;
import io.narthex.promql.exec.range.Edges;
import io.narthex.promql.exec.range.Interpolation;
import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.Lane;
import io.narthex.promql.exec.series.Notes;
import io.narthex.promql.exec.series.Steps;
import io.narthex.promql.exec.series.VectorSet;
import io.narthex.promql.plan.Plan;
import io.narthex.storage.SampleBuffer;

/// `selector smoothed`: the value between the samples around each step, both within the lookback;
/// the last one where none follows.
public final class SmoothedSelector implements VectorSet {

  private final Selection selection;
  private final Plan.When when;
  private final Steps steps;
  private final long lookbackMs;
  private final Pos pos;

  public SmoothedSelector(
      Selection selection, Plan.When when, Steps steps, long lookbackMs, Pos pos) {
    this.selection = selection;
    this.when = when;
    this.steps = steps;
    this.lookbackMs = lookbackMs;
    this.pos = pos;
  }

  @Override
  public int size() {
    return selection.size();
  }

  @Override
  public Labels labels(int i) {
    return selection.labels(i);
  }

  @Override
  public boolean dropName(int i) {
    return false;
  }

  @Override
  public boolean distinct() {
    return true;
  }

  @Override
  public boolean oneMetric() {
    return selection.oneMetric();
  }

  @Override
  public void evaluate(int i, Lane lane, Column out) {
    lane.limits().check();
    out.reset(steps.count());
    SampleBuffer raw = lane.borrowSamples();
    SampleBuffer samples = lane.borrowSamples();
    selection.read(
        i, when.of(steps.startMs()) - lookbackMs + 1, when.of(steps.lastMs()) + lookbackMs, raw);
    RangeSelector.copyLive(raw, samples);
    String metric = selection.labels(i).metricName();
    int from = 0;
    int to = 0;
    for (int step = 0; step < steps.count(); step++) {
      long at = when.of(steps.timeMs(step));
      while (from < samples.size && samples.timesMs[from] <= at - lookbackMs) {
        from++;
      }
      while (to < samples.size && samples.timesMs[to] <= at + lookbackMs) {
        to++;
      }
      fill(samples, from, to, at, step, metric, lane, out);
    }
    lane.giveSamples(samples);
    lane.giveSamples(raw);
  }

  private void fill(
      SampleBuffer s, int from, int to, long at, int step, String metric, Lane lane, Column out) {
    if (from >= to || s.timesMs[from] > at) {
      if (from < to && mixed(s, from, to)) {
        lane.annotations.add(Notes.mixedFloatsHistograms(metric, pos));
      }
      return;
    }
    if (mixed(s, from, to)) {
      lane.annotations.add(Notes.mixedFloatsHistograms(metric, pos));
      return;
    }
    int before = from;
    while (before + 1 < to && s.timesMs[before + 1] <= at) {
      before++;
    }
    boolean exact = s.timesMs[before] == at;
    boolean last = before + 1 == to;
    FloatHistogram histogram = s.histogram(before);
    if (histogram == null) {
      out.set(step, exact || last ? s.values[before] : Edges.between(s, before, at, false));
      return;
    }
    FloatHistogram next = last ? null : s.histogram(before + 1);
    if (exact) {
      out.set(step, histogram);
    } else if (next == null) {
      out.set(step, HistogramMath.withHint(histogram, ResetHint.UNKNOWN));
    } else if (histogram.usesCustomBuckets() != next.usesCustomBuckets()) {
      lane.annotations.add(Notes.mixedExponentialCustom(metric, pos));
    } else {
      boolean counter = histogram.resetHint != ResetHint.GAUGE || next.resetHint != ResetHint.GAUGE;
      out.set(
          step,
          Interpolation.between(
              histogram,
              s.timesMs[before],
              next,
              s.timesMs[before + 1],
              at,
              counter,
              lane.annotations,
              pos));
    }
  }

  private static boolean mixed(SampleBuffer s, int from, int to) {
    if (s.histograms == null) {
      return false;
    }
    boolean first = s.histogram(from) == null;
    for (int i = from + 1; i < to; i++) {
      if ((s.histogram(i) == null) != first) {
        return true;
      }
    }
    return false;
  }
}
