package io.narthex.promql.exec.function;

import io.narthex.model.labels.Labels;
import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.Lane;
import io.narthex.promql.exec.series.MetricName;
import io.narthex.promql.exec.series.VectorSet;

/// A function of each value alone; the metric name goes.
public record MappedSet(VectorSet inner, Map map, boolean delayedNameRemoval) implements VectorSet {

  /// Changes a column in place.
  public interface Map {
    void apply(Column column);
  }

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
    map.apply(out);
  }
}
