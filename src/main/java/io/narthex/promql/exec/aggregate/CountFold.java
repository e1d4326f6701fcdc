package io.narthex.promql.exec.aggregate;

import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.Lane;
import org.jspecify.annotations.Nullable;

/// `count` and `group`.
final class CountFold implements Fold {

  private final boolean group;
  private final int steps;
  private final int[][] counts;

  CountFold(boolean group, int groups, int steps) {
    this.group = group;
    this.steps = steps;
    counts = new int[groups][];
  }

  @Override
  public void add(int number, int series, Column column, String metric, Lane lane) {
    int[] row = row(number);
    for (int i = 0; i < steps; i++) {
      if (!Column.absent(column.values[i])) {
        row[i]++;
      }
    }
  }

  private int[] row(int number) {
    if (counts[number] == null) {
      counts[number] = new int[steps];
    }
    return counts[number];
  }

  @Override
  public void merge(Fold later, Lane lane) {
    CountFold other = (CountFold) later;
    for (int g = 0; g < counts.length; g++) {
      if (other.counts[g] != null) {
        int[] row = row(g);
        for (int i = 0; i < steps; i++) {
          row[i] += other.counts[g][i];
        }
      }
    }
  }

  @Override
  public @Nullable Column result(int number, Lane lane) {
    int[] row = counts[number];
    if (row == null) {
      return null;
    }
    Column out = new Column(steps);
    for (int i = 0; i < steps; i++) {
      if (row[i] > 0) {
        out.values[i] = group ? 1 : row[i];
      }
    }
    return out;
  }
}
