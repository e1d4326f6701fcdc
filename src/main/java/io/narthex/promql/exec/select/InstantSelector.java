package io.narthex.promql.exec.select;

import io.narthex.model.labels.Labels;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.EvalException;
import io.narthex.promql.exec.series.Lane;
import io.narthex.promql.exec.series.SampleTally;
import io.narthex.promql.exec.series.SampleWeight;
import io.narthex.promql.exec.series.Steps;
import io.narthex.promql.exec.series.VectorSet;
import io.narthex.promql.plan.Plan;
import io.narthex.storage.SampleBuffer;

/// The newest sample of each series at each step, not older than the lookback. A stale marker hides
/// the series.
public final class InstantSelector implements VectorSet {

  /// What is taken of a sample.
  public enum Part {
    VALUE,
    /// Its time, in seconds.
    TIME,
    /// Its start timestamp, in seconds.
    START,
    /// Its time in milliseconds; there must be no histograms.
    INFO_TIME
  }

  private final Selection selection;
  private final Plan.When when;
  private final Steps steps;
  private final long lookbackMs;
  private final Part part;
  private final boolean dropName;
  private final SampleTally tally;

  /// @param tally counts the samples that steps take
  public InstantSelector(
      Selection selection,
      Plan.When when,
      Steps steps,
      long lookbackMs,
      Part part,
      SampleTally tally) {
    this.tally = tally;
    this.selection = selection;
    this.when = when;
    this.steps = steps;
    this.lookbackMs = lookbackMs;
    this.part = part;
    dropName = part == Part.TIME || part == Part.START;
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
    return dropName;
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
  public boolean quiet() {
    return part != Part.INFO_TIME;
  }

  @Override
  public void evaluate(int i, Lane lane, Column out) {
    lane.limits().check();
    out.reset(steps.count());
    SampleBuffer samples = lane.borrowSamples();
    selection.read(i, when.of(steps.startMs()) - lookbackMs + 1, when.of(steps.lastMs()), samples);
    if (samples.size > 0) {
      count(fill(i, samples, out), out);
    }
    lane.giveSamples(samples);
  }

  private void count(int filled, Column out) {
    if (out.histograms == null && !tally.stepwise()) {
      tally.add(filled);
      return;
    }
    for (int i = 0; i < out.size; i++) {
      FloatHistogram histogram = out.histogram(i);
      if (histogram != null || out.present(i)) {
        tally.add(i, histogram == null ? 1 : SampleWeight.of(histogram));
      }
    }
  }

  private int fill(int series, SampleBuffer samples, Column out) {
    long[] times = samples.timesMs;
    int size = samples.size;
    int next = 0;
    int filled = 0;
    for (int i = 0; i < out.size; i++) {
      long at = when.of(steps.timeMs(i));
      while (next < size && times[next] <= at) {
        next++;
      }
      int last = next - 1;
      if (last >= 0 && times[last] > at - lookbackMs && put(series, samples, last, i, out)) {
        filled++;
      }
    }
    return filled;
  }

  private boolean put(int series, SampleBuffer samples, int at, int step, Column out) {
    FloatHistogram histogram = samples.histogram(at);
    if (histogram != null ? histogram.isStale() : Column.absent(samples.values[at])) {
      return false;
    }
    switch (part) {
      case VALUE -> {
        if (histogram != null) {
          out.set(step, histogram);
        } else {
          out.set(step, samples.values[at]);
        }
      }
      case TIME -> out.set(step, samples.timesMs[at] / 1000.0);
      case START -> out.set(step, samples.startMs(at) / 1000.0);
      case INFO_TIME -> {
        if (histogram != null) {
          throw EvalException.failed(
              "this should be an info metric, with float samples: " + selection.labels(series));
        }
        out.set(step, samples.timesMs[at]);
      }
    }
    return true;
  }
}
