package io.narthex.promql.exec.binary;

import io.narthex.model.labels.Labels;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.promql.exec.histogram.HistogramMath;
import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.Lane;
import io.narthex.promql.exec.series.MetricName;
import io.narthex.promql.exec.series.VectorSet;

/// `-vector`.
public record Negation(VectorSet inner, boolean delayedNameRemoval) implements VectorSet {

  @Override
  public int size() {
    return inner.size();
  }

  @Override
  public Labels labels(int i) {
    return delayedNameRemoval ? inner.labels(i) : MetricName.drop(inner.labels(i));
  }

  @Override
  public boolean dropName(int i) {
    return true;
  }

  @Override
  public boolean distinct() {
    return inner.distinct() && (delayedNameRemoval || inner.oneMetric());
  }

  @Override
  public boolean oneMetric() {
    return inner.oneMetric();
  }

  @Override
  public boolean quiet() {
    return inner.quiet();
  }

  @Override
  public void evaluate(int i, Lane lane, Column out) {
    inner.evaluate(i, lane, out);
    for (int step = 0; step < out.size; step++) {
      FloatHistogram histogram = out.histogram(step);
      if (histogram != null) {
        out.set(step, HistogramMath.multiply(histogram, -1));
      } else if (out.present(step)) {
        out.values[step] = -out.values[step];
      }
    }
  }
}
