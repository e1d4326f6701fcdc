package io.narthex.promql.exec;

import io.narthex.model.labels.Labels;
import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.Lane;
import io.narthex.promql.exec.series.VectorSet;

/// The same series without their histograms.
record FloatsOnly(VectorSet inner) implements VectorSet {

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
  public boolean quiet() {
    return inner.quiet();
  }

  @Override
  public void evaluate(int i, Lane lane, Column out) {
    inner.evaluate(i, lane, out);
    for (int step = 0; step < out.size; step++) {
      if (out.histogram(step) != null) {
        out.clear(step);
      }
    }
  }
}
