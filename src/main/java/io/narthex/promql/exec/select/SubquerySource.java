package io.narthex.promql.exec.select;

import io.narthex.model.labels.Labels;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;
import io.narthex.promql.exec.histogram.HistogramMath;
import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.Lane;
import io.narthex.promql.exec.series.SampleSource;
import io.narthex.promql.exec.series.Steps;
import io.narthex.promql.exec.series.VectorSet;
import io.narthex.storage.SampleBuffer;

/// The values of an operator at the steps of a subquery, as samples.
public final class SubquerySource implements SampleSource {

  private final VectorSet inner;
  private final Steps steps;

  public SubquerySource(VectorSet inner, Steps steps) {
    this.inner = inner;
    this.steps = steps;
  }

  @Override
  public int size() {
    return inner.size();
  }

  @Override
  public Labels labels(int i) {
    return inner.labels(i);
  }

  @Override
  public boolean dropName(int i) {
    return inner.dropName(i);
  }

  @Override
  public boolean distinctUnnamed() {
    return inner.distinct() && inner.oneMetric();
  }

  @Override
  public void read(int i, Lane lane, SampleBuffer out) {
    Column column = lane.borrow(steps.count());
    inner.evaluate(i, lane, column);
    for (int step = 0; step < column.size; step++) {
      FloatHistogram histogram = column.histogram(step);
      if (histogram != null) {
        out.add(steps.timeMs(step), withoutHint(histogram));
      } else if (column.present(step)) {
        out.add(steps.timeMs(step), column.values[step]);
      }
    }
    lane.give(column);
  }

  /// Hints speak of the sample before in the series, which is not the point before.
  private static FloatHistogram withoutHint(FloatHistogram histogram) {
    return histogram.resetHint == ResetHint.GAUGE
        ? histogram
        : HistogramMath.withHint(histogram, ResetHint.UNKNOWN);
  }
}
