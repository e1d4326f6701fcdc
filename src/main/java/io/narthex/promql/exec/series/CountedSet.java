package io.narthex.promql.exec.series;

import io.narthex.model.labels.Labels;

/// The same series; what they cost is counted.
public final class CountedSet implements VectorSet {

  private final VectorSet inner;
  private final NodeCost cost;
  private final Limits limits;
  private final boolean timed;

  private CountedSet(VectorSet inner, NodeCost cost, Limits limits, boolean timed) {
    this.inner = inner;
    this.cost = cost;
    this.limits = limits;
    this.timed = timed;
  }

  /// Counts what is there already, and the rest when it is asked for.
  ///
  /// @param timed whether time is measured, too
  public static VectorSet of(VectorSet set, NodeCost cost, Limits limits, boolean timed) {
    if (!(set instanceof MaterialSet material)) {
      return set.size() == 0 ? set : new CountedSet(set, cost, limits, timed);
    }
    for (int i = 0; i < material.size(); i++) {
      hold(material.column(i), cost, limits);
    }
    return set;
  }

  private static void hold(Column column, NodeCost cost, Limits limits) {
    int values = column.count();
    cost.hold(column.histograms == null ? values : SampleWeight.of(column), values, limits);
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
  public void evaluate(int i, Lane lane, Column out) {
    long startNanos = timed ? limits.nanoTime() : 0;
    inner.evaluate(i, lane, out);
    hold(out, cost, limits);
    if (timed) {
      cost.took(limits.nanoTime() - startNanos);
    }
  }

  @Override
  public boolean distinct() {
    return inner.distinct();
  }

  @Override
  public boolean oneMetric() {
    return inner.oneMetric();
  }

  @Override
  public boolean quiet() {
    return inner.quiet();
  }
}
