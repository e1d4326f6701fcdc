package io.narthex.promql.exec.binary;

import io.narthex.model.labels.Labels;
import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.Lane;
import io.narthex.promql.exec.series.MetricName;
import io.narthex.promql.exec.series.VectorSet;
import io.narthex.promql.plan.Plan;
import java.util.Objects;

/// A vector and a scalar.
public final class ScalarJoin implements VectorSet {

  private final VectorSet vector;
  private final double[] scalars;
  private final boolean scalarLeft;
  private final Plan.Binary plan;
  private final boolean drops;
  private final boolean dropNow;

  /// @param scalars the scalar at each step
  /// @param scalarLeft whether it stands on the left
  /// @param delayedNameRemoval whether names go away at the end of the query only
  public ScalarJoin(
      VectorSet vector,
      double[] scalars,
      boolean scalarLeft,
      Plan.Binary plan,
      boolean delayedNameRemoval) {
    this.vector = vector;
    this.scalars = scalars;
    this.scalarLeft = scalarLeft;
    this.plan = plan;
    drops = Arithmetic.changesMetric(plan.op()) || plan.returnBool();
    dropNow = drops && !delayedNameRemoval;
  }

  @Override
  public int size() {
    return vector.size();
  }

  @Override
  public Labels labels(int i) {
    Labels labels = vector.labels(i);
    return dropNow ? MetricName.drop(labels) : labels;
  }

  @Override
  public boolean dropName(int i) {
    return drops || vector.dropName(i);
  }

  @Override
  public boolean distinct() {
    return vector.distinct() && (!dropNow || vector.oneMetric());
  }

  @Override
  public boolean oneMetric() {
    return vector.oneMetric();
  }

  @Override
  public void evaluate(int i, Lane lane, Column out) {
    vector.evaluate(i, lane, out);
    if (out.histograms == null && plainArithmetic(out)) {
      return;
    }
    SlotOperator operator = new SlotOperator(plan.op(), plan.pos());
    for (int step = 0; step < out.size; step++) {
      if (out.present(step)) {
        slot(operator, step, lane, out);
      }
    }
  }

  /// The loops that the compiler can unroll; false if the operator is not among them.
  private boolean plainArithmetic(Column out) {
    double[] v = out.values;
    double[] s = scalars;
    int n = out.size;
    switch (plan.op()) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          if (!Column.absent(v[i])) {
            v[i] += s[i];
          }
        }
      }
      case MUL -> {
        for (int i = 0; i < n; i++) {
          if (!Column.absent(v[i])) {
            v[i] *= s[i];
          }
        }
      }
      case SUB -> {
        for (int i = 0; i < n; i++) {
          if (!Column.absent(v[i])) {
            v[i] = scalarLeft ? s[i] - v[i] : v[i] - s[i];
          }
        }
      }
      case DIV -> {
        for (int i = 0; i < n; i++) {
          if (!Column.absent(v[i])) {
            v[i] = scalarLeft ? s[i] / v[i] : v[i] / s[i];
          }
        }
      }
      case OR,
          AND,
          UNLESS,
          EQL,
          NEQ,
          LTE,
          LSS,
          GTE,
          GTR,
          TRIM_UPPER,
          TRIM_LOWER,
          MOD,
          ATAN2,
          POW -> {
        return false;
      }
    }
    return true;
  }

  private void slot(SlotOperator operator, int step, Lane lane, Column out) {
    double value = out.values[step];
    var histogram = out.histogram(step);
    SlotOperator.Outcome outcome =
        scalarLeft
            ? operator.apply(scalars[step], null, value, histogram, lane.annotations)
            : operator.apply(value, histogram, scalars[step], null, lane.annotations);
    switch (outcome) {
      case NONE -> out.clear(step);
      case FALSE -> {
        if (plan.returnBool()) {
          out.set(step, 0);
        } else {
          out.clear(step);
        }
      }
      case FLOAT -> {
        if (plan.returnBool()) {
          out.set(step, 1);
        } else {
          out.set(step, plan.op().isComparison() ? value : operator.value);
        }
      }
      case HISTOGRAM -> out.set(step, Objects.requireNonNull(operator.histogram));
    }
  }
}
