package io.narthex.promql.exec.binary;

import io.narthex.model.labels.Labels;
import io.narthex.promql.ast.BinaryOp;
import io.narthex.promql.ast.Matching;
import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.Lane;
import io.narthex.promql.exec.series.MaterialSet;
import io.narthex.promql.exec.series.QueryScope;
import io.narthex.promql.exec.series.SameLabels;
import io.narthex.promql.exec.series.SeriesBytes;
import io.narthex.promql.exec.series.Signatures;
import io.narthex.promql.exec.series.VectorSet;

/// `and`, `or`, `unless`: one side's values decide, by presence alone, which of the other's stay.
public final class SetJoin {

  /// Beside the steps themselves.
  private static final long BYTES_A_ROW = 24;

  private final QueryScope scope;
  private final int steps;
  private final Matching matching;

  public SetJoin(QueryScope scope, Matching matching, int steps) {
    this.scope = scope;
    this.matching = matching;
    this.steps = steps;
  }

  public VectorSet run(BinaryOp op, VectorSet left, VectorSet right) {
    if (op == BinaryOp.OR) {
      MaterialSet held = MaterialSet.of(scope, left, steps);
      VectorSet rest = new Filtered(right, presence(held), false);
      return SameLabels.merge(scope, new Both(held, rest), steps);
    }
    return new Filtered(left, presence(right), op == BinaryOp.AND);
  }

  /// At which steps a signature has a value.
  private record Presence(Signatures signatures, boolean[][] present) {}

  private Presence presence(VectorSet set) {
    Signatures signatures = MatchLabels.signatures(matching);
    int[] numbers = new int[set.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = signatures.number(set.labels(i));
    }
    scope.limits().take(signatures.size() * (SeriesBytes.SIGNATURE + BYTES_A_ROW + steps));
    boolean[][] present = new boolean[signatures.size()][steps];
    Lane lane = scope.lane();
    Column column = lane.borrow(steps);
    for (int i = 0; i < numbers.length; i++) {
      set.evaluate(i, lane, column);
      boolean[] row = present[numbers[i]];
      for (int step = 0; step < steps; step++) {
        row[step] |= column.present(step);
      }
    }
    lane.give(column);
    return new Presence(signatures, present);
  }

  /// The values at whose step the signature is present, or is not.
  private record Filtered(VectorSet inner, Presence presence, boolean wanted) implements VectorSet {

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
      int number = presence.signatures.find(inner.labels(i));
      inner.evaluate(i, lane, out);
      if (number < 0) {
        if (wanted) {
          out.reset(out.size);
        }
        return;
      }
      boolean[] row = presence.present[number];
      for (int step = 0; step < out.size; step++) {
        if (row[step] != wanted) {
          out.clear(step);
        }
      }
    }
  }

  /// The series of two sets, one after the other.
  private record Both(VectorSet first, VectorSet second) implements VectorSet {

    @Override
    public int size() {
      return first.size() + second.size();
    }

    private boolean inFirst(int i) {
      return i < first.size();
    }

    @Override
    public Labels labels(int i) {
      return inFirst(i) ? first.labels(i) : second.labels(i - first.size());
    }

    @Override
    public boolean dropName(int i) {
      return inFirst(i) ? first.dropName(i) : second.dropName(i - first.size());
    }

    @Override
    public void evaluate(int i, Lane lane, Column out) {
      if (inFirst(i)) {
        first.evaluate(i, lane, out);
      } else {
        second.evaluate(i - first.size(), lane, out);
      }
    }
  }
}
