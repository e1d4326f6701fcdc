package io.narthex.promql.exec.aggregate;

import io.narthex.promql.ast.Expr.Pos;
import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.Lane;
import org.jspecify.annotations.Nullable;

/// `topk` and `bottomk`: heaps instead of series.
final class TopFold extends FloatFold implements Choice {

  private static final long BYTES_A_HEAP = 80;

  /// Its value and series, with the room that growing arrays leave.
  private static final long BYTES_A_VALUE = 24;

  private final boolean top;
  private final double[] k;
  private final int series;
  private final boolean replayed;
  private final @Nullable Best[][] groups;

  /// @param k how many each step keeps; below 1 is none
  /// @param series how many series there are, which bounds `k`
  /// @param replayed whether it will be merged into another fold
  TopFold(boolean top, double[] k, int series, boolean replayed, int groups, int steps, Pos pos) {
    super(top ? "topk" : "bottomk", steps, pos);
    this.top = top;
    this.k = k;
    this.series = series;
    this.replayed = replayed;
    this.groups = new Best[groups][];
  }

  /// What it may come to hold.
  static long bytes(double[] k, int groups, int series) {
    long heaps = (long) Math.min(groups, series) * k.length;
    double values = 0;
    for (double most : k) {
      values += Math.clamp(most * groups, 0, series);
    }
    return heaps * BYTES_A_HEAP + (long) values * BYTES_A_VALUE;
  }

  private int k(int step) {
    return (int) Math.min((long) k[step], series);
  }

  private Best[] group(int group) {
    if (groups[group] == null) {
      groups[group] = new Best[steps];
    }
    return groups[group];
  }

  @Override
  void add(int group, int from, double[] values) {
    Best[] row = group(group);
    for (int i = 0; i < steps; i++) {
      int most = k(i);
      if (most >= 1 && !Column.absent(values[i])) {
        if (row[i] == null) {
          row[i] = new Best(top, replayed);
        }
        row[i].offer(values[i], from, most);
      }
    }
  }

  @Override
  public void merge(Fold later, Lane lane) {
    TopFold other = (TopFold) later;
    for (int g = 0; g < groups.length; g++) {
      if (other.groups[g] == null) {
        continue;
      }
      Best[] row = group(g);
      for (int i = 0; i < steps; i++) {
        Best theirs = other.groups[g][i];
        if (theirs != null) {
          if (row[i] == null) {
            row[i] = new Best(top, replayed);
          }
          row[i].merge(theirs, k(i));
        }
      }
    }
  }

  @Override
  public @Nullable Column result(int group, Lane lane) {
    throw new IllegalStateException("BUG: topk chooses series, it makes none");
  }

  @Override
  public void chosen(int group, Picks picks) {
    Best[] row = groups[group];
    if (row == null) {
      return;
    }
    for (int i = 0; i < steps; i++) {
      Best best = row[i];
      if (best != null) {
        best.sort();
        for (int n = 0; n < best.size(); n++) {
          picks.pick(best.series(n), i).set(i, best.value(n));
        }
      }
    }
  }
}
