package io.narthex.promql.exec.aggregate;

import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.Lane;
import io.narthex.promql.exec.series.VectorSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `limitk`: the first so many series of each group that have a value; `limit_ratio`: those whose
/// labels' hash falls into the share.
final class LimitFold implements Choice {

  private final VectorSet set;
  private final boolean ratio;
  private final double[] param;
  private final int steps;
  private final List<List<Kept>> groups = new ArrayList<>();
  private final int[][] counts;

  LimitFold(VectorSet set, boolean ratio, double[] param, int groups, int steps) {
    this.set = set;
    this.ratio = ratio;
    this.param = param;
    this.steps = steps;
    counts = new int[groups][];
    for (int i = 0; i < groups; i++) {
      this.groups.add(new ArrayList<>());
    }
  }

  private record Kept(int series, Column column) {}

  @Override
  public void add(int group, int series, Column column, String metric, Lane lane) {
    Column kept = null;
    double share = ratio ? LabelShare.of(set.labels(series)) : 0;
    for (int i = 0; i < steps; i++) {
      if (column.present(i) && (ratio ? inShare(share, i) : room(group, i))) {
        if (kept == null) {
          kept = new Column(steps);
        }
        kept.copy(i, column, i);
      }
    }
    if (kept != null) {
      groups.get(group).add(new Kept(series, kept));
    }
  }

  private boolean inShare(double share, int step) {
    double r = Math.clamp(param[step], -1, 1);
    return r >= 0 ? share < r : share >= 1 + r;
  }

  private boolean room(int group, int step) {
    if (counts[group] == null) {
      counts[group] = new int[steps];
    }
    int k = (int) Math.min((long) param[step], set.size());
    if (counts[group][step] >= k) {
      return false;
    }
    counts[group][step]++;
    return true;
  }

  @Override
  public void merge(Fold later, Lane lane) {
    LimitFold other = (LimitFold) later;
    for (int g = 0; g < groups.size(); g++) {
      for (Kept kept : other.groups.get(g)) {
        if (ratio) {
          groups.get(g).add(kept);
        } else {
          add(g, kept.series, kept.column, "", lane);
        }
      }
    }
  }

  @Override
  public @Nullable Column result(int group, Lane lane) {
    throw new IllegalStateException("BUG: limits choose series, they make none");
  }

  @Override
  public void chosen(int group, Picks picks) {
    for (Kept kept : groups.get(group)) {
      for (int i = 0; i < steps; i++) {
        if (kept.column.present(i)) {
          picks.pick(kept.series, i).copy(i, kept.column, i);
        }
      }
    }
  }
}
