package io.narthex.promql.exec.aggregate;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.promql.ast.Expr.Pos;
import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.Kahan;
import io.narthex.promql.exec.series.Lane;
import io.narthex.promql.exec.series.Notes;
import org.jspecify.annotations.Nullable;

/// `sum` and `avg` with compensation. A mean whose sum leaves the range of floats goes on
/// incrementally. Floats and histograms do not mix.
final class SumFold implements Fold {

  private final boolean mean;
  private final int steps;
  private final Pos pos;
  private final @Nullable Group[] groups;

  SumFold(boolean mean, int groups, int steps, Pos pos) {
    this.mean = mean;
    this.steps = steps;
    this.pos = pos;
    this.groups = new Group[groups];
  }

  /// One group: running sums a step. `counts[i]` is how many floats came in; where
  /// `incremental[i]`, `sums[i]` is the mean so far.
  private static final class Group {
    final double[] sums;
    final double[] lost;
    final int[] counts;
    boolean @Nullable [] incremental;
    @Nullable HistogramSums histograms;

    Group(int steps) {
      sums = new double[steps];
      lost = new double[steps];
      counts = new int[steps];
    }

    boolean incremental(int step) {
      return incremental != null && incremental[step];
    }
  }

  private Group group(int number) {
    Group group = groups[number];
    if (group == null) {
      group = new Group(steps);
      groups[number] = group;
    }
    return group;
  }

  @Override
  public void add(int number, int series, Column column, String metric, Lane lane) {
    Group group = group(number);
    if (column.histograms != null) {
      addMixed(group, column, metric, lane);
      return;
    }
    double[] values = column.values;
    double[] sums = group.sums;
    double[] lost = group.lost;
    int[] counts = group.counts;
    for (int i = 0; i < steps; i++) {
      double v = values[i];
      if (!Column.absent(v)) {
        double sum = sums[i];
        double total = sum + v;
        if (Double.isInfinite(total) || group.incremental != null) {
          addSlowly(group, i, v);
        } else {
          lost[i] += Kahan.lost(sum, v, total);
          sums[i] = total;
          counts[i]++;
        }
      }
    }
  }

  /// Adds where the sum overflows or has done so before.
  private void addSlowly(Group group, int i, double v) {
    int n = group.counts[i]++;
    double total = group.sums[i] + v;
    if (!group.incremental(i)) {
      if (n == 0 || !mean || !Double.isInfinite(total)) {
        group.lost[i] =
            Double.isInfinite(total) ? 0 : group.lost[i] + Kahan.lost(group.sums[i], v, total);
        group.sums[i] = total;
        return;
      }
      if (group.incremental == null) {
        group.incremental = new boolean[steps];
      }
      group.incremental[i] = true;
      group.sums[i] /= n;
      group.lost[i] /= n;
    }
    addToMean(group, i, v, 1, n + 1);
  }

  /// Takes `weight` values with the mean `v` into a mean, which is then one of `n` values.
  private static void addToMean(Group group, int i, double v, double weight, double n) {
    double q = (n - weight) / n;
    double sum = group.sums[i] * q;
    double share = v * (weight / n);
    double total = sum + share;
    group.lost[i] =
        Double.isInfinite(total) ? 0 : group.lost[i] * q + Kahan.lost(sum, share, total);
    group.sums[i] = total;
  }

  private void addMixed(Group group, Column column, String metric, Lane lane) {
    for (int i = 0; i < steps; i++) {
      FloatHistogram histogram = column.histogram(i);
      if (histogram != null) {
        if (group.histograms == null) {
          group.histograms = new HistogramSums(mean, steps, pos);
        }
        if (group.counts[i] > 0 && !group.histograms.has(i)) {
          // The mix alone spoils this step: what else does not fit is not looked at.
          group.histograms.spoil(i);
        }
        group.histograms.add(i, histogram, metric, lane);
      } else if (column.present(i)) {
        addSlowly(group, i, column.values[i]);
      }
    }
  }

  @Override
  public void merge(Fold later, Lane lane) {
    SumFold other = (SumFold) later;
    for (int g = 0; g < groups.length; g++) {
      Group theirs = other.groups[g];
      if (theirs == null) {
        continue;
      }
      Group mine = groups[g];
      if (mine == null) {
        groups[g] = theirs;
        continue;
      }
      for (int i = 0; i < steps; i++) {
        merge(mine, theirs, i);
      }
      if (theirs.histograms != null) {
        if (mine.histograms == null) {
          mine.histograms = theirs.histograms;
        } else {
          mine.histograms.merge(theirs.histograms, lane);
        }
      }
    }
  }

  private void merge(Group mine, Group theirs, int i) {
    int n = theirs.counts[i];
    if (n == 0) {
      return;
    }
    double total = mine.sums[i] + theirs.sums[i];
    boolean plain =
        !mine.incremental(i)
            && !theirs.incremental(i)
            && (!mean || mine.counts[i] == 0 || !Double.isInfinite(total));
    if (plain) {
      mine.lost[i] =
          Double.isInfinite(total)
              ? 0
              : mine.lost[i] + theirs.lost[i] + Kahan.lost(mine.sums[i], theirs.sums[i], total);
      mine.sums[i] = total;
      mine.counts[i] += n;
      return;
    }
    if (mine.incremental == null) {
      mine.incremental = new boolean[steps];
    }
    if (!mine.incremental[i]) {
      mine.incremental[i] = true;
      mine.sums[i] /= Math.max(1, mine.counts[i]);
      mine.lost[i] /= Math.max(1, mine.counts[i]);
    }
    double theirMean =
        theirs.incremental(i)
            ? theirs.sums[i] + theirs.lost[i]
            : theirs.sums[i] / n + theirs.lost[i] / n;
    mine.counts[i] += n;
    addToMean(mine, i, theirMean, n, mine.counts[i]);
  }

  @Override
  public @Nullable Column result(int number, Lane lane) {
    Group group = groups[number];
    if (group == null) {
      return null;
    }
    Column out = new Column(steps);
    for (int i = 0; i < steps; i++) {
      int n = group.counts[i];
      HistogramSums sums = group.histograms;
      boolean histogram = sums != null && sums.has(i);
      if (histogram && n > 0) {
        lane.annotations.add(Notes.mixedInAggregation(pos));
      } else if (sums != null && histogram) {
        FloatHistogram result = sums.result(i, lane);
        if (result != null) {
          out.set(i, result);
        }
      } else if (n > 0) {
        out.values[i] =
            mean && !group.incremental(i)
                ? group.sums[i] / n + group.lost[i] / n
                : group.sums[i] + group.lost[i];
      }
    }
    return out;
  }
}
