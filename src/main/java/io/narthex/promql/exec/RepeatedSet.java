package io.narthex.promql.exec;

import io.narthex.model.labels.Labels;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.Lane;
import io.narthex.promql.exec.series.MaterialSet;
import io.narthex.promql.exec.series.VectorSet;

/// Series of one step, the same at all steps.
record RepeatedSet(MaterialSet once, int steps) implements VectorSet {

  @Override
  public int size() {
    return once.size();
  }

  @Override
  public Labels labels(int i) {
    return once.labels(i);
  }

  @Override
  public boolean dropName(int i) {
    return once.dropName(i);
  }

  @Override
  public boolean quiet() {
    return true;
  }

  @Override
  public void evaluate(int i, Lane lane, Column out) {
    out.reset(steps);
    Column column = once.column(i);
    FloatHistogram histogram = column.histogram(0);
    for (int step = 0; step < steps; step++) {
      if (histogram != null) {
        out.set(step, histogram);
      } else {
        out.values[step] = column.values[0];
      }
    }
  }
}
