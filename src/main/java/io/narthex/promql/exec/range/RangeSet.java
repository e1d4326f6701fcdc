package io.narthex.promql.exec.range;

import io.narthex.model.labels.Labels;
import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.Lane;
import io.narthex.promql.exec.series.MetricName;
import io.narthex.promql.exec.series.NodeCost;
import io.narthex.promql.exec.series.Notes;
import io.narthex.promql.exec.series.QueryScope;
import io.narthex.promql.exec.series.SampleSource;
import io.narthex.promql.exec.series.SampleTally;
import io.narthex.promql.exec.series.VectorSet;
import io.narthex.storage.SampleBuffer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A range function over a source of samples: each series is read once and all its windows are
/// taken from the arrays.
public final class RangeSet implements VectorSet {

  /// Where windows begin and end, in time and in samples, floats and histograms.
  private static final long BYTES_A_STEP = 32;

  private final QueryScope.Manner manner;
  private final SampleSource source;
  private final String function;
  private final Supplier<RangeKernel> kernels;
  private final Windows.Shape shape;
  private final SampleTally tally;
  private final NodeCost cost;
  private final @Nullable State[] states;

  /// @param tally counts the samples that windows hold
  /// @param cost learns how large windows are
  public RangeSet(
      QueryScope scope,
      SampleSource source,
      String function,
      Supplier<RangeKernel> kernels,
      Windows.Shape shape,
      SampleTally tally,
      NodeCost cost) {
    this.tally = tally;
    this.cost = cost;
    manner = scope.manner();
    this.source = source;
    this.function = function;
    this.kernels = kernels;
    this.shape = shape;
    states = new State[scope.laneCount()];
  }

  /// What one lane works with.
  private record State(RangeKernel kernel, Windows windows) {}

  @Override
  public int size() {
    return source.size();
  }

  @Override
  public Labels labels(int i) {
    Labels labels = source.labels(i);
    return !manner.delayedNameRemoval() && dropName(i) ? MetricName.drop(labels) : labels;
  }

  @Override
  public boolean dropName(int i) {
    return !RangeFunctions.keepsName(function) || source.dropName(i);
  }

  @Override
  public boolean distinct() {
    return source.distinctUnnamed();
  }

  @Override
  public boolean oneMetric() {
    return source.distinctUnnamed();
  }

  @Override
  public void evaluate(int i, Lane lane, Column out) {
    lane.limits().check();
    out.reset(shape.steps().count());
    State state = states[lane.index];
    if (state == null) {
      lane.limits().take((long) shape.steps().count() * BYTES_A_STEP);
      state = new State(kernels.get(), new Windows(shape));
      states[lane.index] = state;
    }
    SampleBuffer samples = lane.borrowSamples();
    source.read(i, lane, samples);
    if (samples.size > 0) {
      Windows windows = state.windows;
      windows.turnTo(samples, source.labels(i).metricName(), lane.annotations);
      state.kernel.fill(windows, out);
      count(windows);
      if (RangeFunctions.wantsCounter(function)) {
        noteNonCounter(i, lane, out);
      }
    }
    lane.giveSamples(samples);
  }

  private void count(Windows windows) {
    int last = windows.steps() - 1;
    if (!windows.anyHistogram() && !tally.stepwise()) {
      // The first window that is full and the last one are mostly the largest.
      cost.window(windows.weight(last / 2));
      cost.window(windows.weight(last));
      tally.add(windows.looked());
      return;
    }
    for (int i = 0; i <= last; i++) {
      long weight = windows.weight(i);
      cost.window(weight);
      tally.add(i, weight);
    }
  }

  private void noteNonCounter(int i, Lane lane, Column out) {
    String metric = source.labels(i).metricName();
    if (metric.isEmpty() || !anyFloat(out)) {
      return;
    }
    if (manner.typeAndUnitLabels()) {
      String type = MetricName.type(source.labels(i));
      if (!type.equals("counter") && !type.equals("histogram")) {
        lane.annotations.add(Notes.possibleNonCounterType(metric, type, shape.pos()));
      }
    } else if (!metric.endsWith("_total")
        && !metric.endsWith("_sum")
        && !metric.endsWith("_count")
        && !metric.endsWith("_bucket")) {
      lane.annotations.add(Notes.possibleNonCounter(metric, shape.pos()));
    }
  }

  private static boolean anyFloat(Column column) {
    for (int i = 0; i < column.size; i++) {
      if (column.present(i) && column.histogram(i) == null) {
        return true;
      }
    }
    return false;
  }
}
