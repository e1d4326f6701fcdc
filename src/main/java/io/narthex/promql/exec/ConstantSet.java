package io.narthex.promql.exec;

import io.narthex.model.labels.Labels;
import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.MaterialSet;
import io.narthex.promql.exec.series.VectorSet;

/// One series with a float at every step.
final class ConstantSet {

  private ConstantSet() {}

  static VectorSet of(Labels labels, double[] values) {
    Column column = new Column(values.length);
    System.arraycopy(values, 0, column.values, 0, values.length);
    MaterialSet set = new MaterialSet();
    set.add(labels, false, column);
    return set;
  }
}
