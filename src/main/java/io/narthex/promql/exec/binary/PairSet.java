package io.narthex.promql.exec.binary;

import io.narthex.model.labels.Labels;
import io.narthex.promql.exec.series.Annotations;
import io.narthex.promql.exec.series.Annotations.Note;
import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.Lane;
import io.narthex.promql.exec.series.StepNotes;
import io.narthex.promql.exec.series.VectorSet;
import io.narthex.promql.plan.Plan;
import java.util.Objects;

/// Pairs of series, each evaluated when it is asked for.
final class PairSet implements VectorSet {

  /// The series of one side: number `members[i]` of `set` is in pair `i`.
  record Side(VectorSet set, int[] members) {}

  private final Plan.Binary plan;
  private final Side many;
  private final Side one;
  private final Labels[] labels;
  private final boolean swapped;
  private final StepNotes notes;

  /// @param labels one a pair
  /// @param swapped whether the many side is the right one
  PairSet(
      Plan.Binary plan, Side many, Side one, Labels[] labels, boolean swapped, StepNotes notes) {
    this.notes = notes;
    this.plan = plan;
    this.many = many;
    this.one = one;
    this.labels = labels;
    this.swapped = swapped;
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public Labels labels(int i) {
    return labels[i];
  }

  @Override
  public boolean dropName(int i) {
    return plan.returnBool();
  }

  @Override
  public void evaluate(int i, Lane lane, Column out) {
    many.set.evaluate(many.members[i], lane, out);
    Column other = lane.borrow(out.size);
    one.set.evaluate(one.members[i], lane, other);
    if (swapped) {
      combine(other, out, i, out);
    } else {
      combine(out, other, i, out);
    }
    lane.give(other);
  }

  private void combine(Column left, Column right, int pair, Column out) {
    if (left.histograms == null && right.histograms == null && arithmetic(left, right, out)) {
      return;
    }
    SlotOperator operator = new SlotOperator(plan.op(), plan.pos());
    Annotations met = new Annotations();
    for (int i = 0; i < out.size; i++) {
      if (left.present(i) && right.present(i)) {
        slot(operator, left, right, i, met, out);
        Note last = met.takeLast();
        if (last != null) {
          notes.put(i, many.members[pair], last);
        }
      } else {
        out.clear(i);
      }
    }
  }

  private boolean arithmetic(Column left, Column right, Column out) {
    if (!Arithmetic.changesMetric(plan.op())) {
      return false;
    }
    Arithmetic.Operator operator = Arithmetic.operator(plan.op());
    double[] a = left.values;
    double[] b = right.values;
    double[] c = out.values;
    for (int i = 0; i < out.size; i++) {
      c[i] =
          Column.absent(a[i]) || Column.absent(b[i]) ? Column.ABSENT : operator.apply(a[i], b[i]);
    }
    return true;
  }

  private void slot(
      SlotOperator operator, Column left, Column right, int i, Annotations met, Column out) {
    SlotOperator.Outcome outcome =
        operator.apply(left.values[i], left.histogram(i), right.values[i], right.histogram(i), met);
    if (outcome == SlotOperator.Outcome.NONE
        || outcome == SlotOperator.Outcome.FALSE && !plan.returnBool()) {
      out.clear(i);
    } else if (plan.returnBool()) {
      out.set(i, outcome == SlotOperator.Outcome.FALSE ? 0 : 1);
    } else if (outcome == SlotOperator.Outcome.HISTOGRAM) {
      out.set(i, Objects.requireNonNull(operator.histogram));
    } else {
      out.set(i, operator.value);
    }
  }
}
