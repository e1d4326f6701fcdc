package io.narthex.promql.exec.aggregate;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;
import io.narthex.promql.ast.Expr.Pos;
import io.narthex.promql.exec.histogram.HistogramMean;
import io.narthex.promql.exec.histogram.HistogramSum;
import io.narthex.promql.exec.series.Lane;
import io.narthex.promql.exec.series.Notes;
import org.jspecify.annotations.Nullable;

/// The histograms of one group, summed or averaged a step at a time.
final class HistogramSums {

  private static final int RESET = 1;
  private static final int NO_RESET = 2;
  private static final int INCOMPATIBLE = 4;
  private static final int SPOILT = 8;

  private final boolean mean;
  private final Pos pos;
  private final @Nullable HistogramSum[] sums;
  private final @Nullable HistogramMean[] means;
  private final byte[] flags;

  HistogramSums(boolean mean, int steps, Pos pos) {
    this.mean = mean;
    this.pos = pos;
    sums = new HistogramSum[mean ? 0 : steps];
    means = new HistogramMean[mean ? steps : 0];
    flags = new byte[steps];
  }

  boolean has(int step) {
    return (flags[step] & SPOILT) != 0 || (mean ? means[step] != null : sums[step] != null);
  }

  /// Takes no more histograms at a step: it has floats.
  void spoil(int step) {
    flags[step] |= SPOILT | INCOMPATIBLE;
  }

  void add(int step, FloatHistogram histogram, String metric, Lane lane) {
    if ((flags[step] & INCOMPATIBLE) != 0) {
      return;
    }
    if (histogram.resetHint == ResetHint.RESET) {
      flags[step] |= RESET;
    } else if (histogram.resetHint == ResetHint.NO_RESET) {
      flags[step] |= NO_RESET;
    }
    boolean fits = mean ? addToMean(step, histogram) : addToSum(step, histogram);
    if (!fits) {
      lane.annotations.add(Notes.mixedExponentialCustom(metric, pos));
      flags[step] |= INCOMPATIBLE;
    }
  }

  private boolean addToSum(int step, FloatHistogram histogram) {
    HistogramSum sum = sums[step];
    if (sum == null) {
      sums[step] = new HistogramSum(histogram);
      return true;
    }
    if (!sum.compatible(histogram)) {
      return false;
    }
    sum.add(histogram);
    return true;
  }

  private boolean addToMean(int step, FloatHistogram histogram) {
    HistogramMean sum = means[step];
    if (sum == null) {
      means[step] = new HistogramMean(histogram);
      return true;
    }
    if (!sum.compatible(histogram)) {
      return false;
    }
    sum.add(histogram);
    return true;
  }

  void merge(HistogramSums later, Lane lane) {
    for (int i = 0; i < flags.length; i++) {
      if (later.has(i)) {
        mergeStep(later, i, lane);
      }
    }
  }

  private void mergeStep(HistogramSums later, int i, Lane lane) {
    if (!has(i)) {
      if (mean) {
        means[i] = later.means[i];
      } else {
        sums[i] = later.sums[i];
      }
      flags[i] = later.flags[i];
      return;
    }
    flags[i] |= later.flags[i];
    if ((flags[i] & INCOMPATIBLE) != 0) {
      return;
    }
    if ((later.flags[i] & INCOMPATIBLE) != 0) {
      return;
    }
    boolean reconciled = later.reconciled(i);
    FloatHistogram theirs = mean ? meanOf(later, i) : sumOf(later, i);
    boolean fits =
        mean ? meanOf(this, i) != null && mergeMean(later, i, theirs) : addToSum(i, theirs);
    if (reconciled) {
      lane.annotations.add(Notes.reconciledBounds("aggregation", pos));
    }
    if (!fits) {
      lane.annotations.add(Notes.mixedExponentialCustom("", pos));
      flags[i] |= INCOMPATIBLE;
    }
  }

  private boolean mergeMean(HistogramSums later, int i, FloatHistogram theirs) {
    HistogramMean mine = means[i];
    HistogramMean other = later.means[i];
    if (mine == null || other == null || !mine.compatible(theirs)) {
      return false;
    }
    mine.merge(other);
    return true;
  }

  private static FloatHistogram sumOf(HistogramSums of, int i) {
    HistogramSum sum = of.sums[i];
    if (sum == null) {
      throw new IllegalStateException("BUG: no sum at step " + i);
    }
    return sum.result();
  }

  private static FloatHistogram meanOf(HistogramSums of, int i) {
    HistogramMean mean = of.means[i];
    if (mean == null) {
      throw new IllegalStateException("BUG: no mean at step " + i);
    }
    return mean.result();
  }

  private boolean reconciled(int i) {
    HistogramSum sum = mean ? null : sums[i];
    HistogramMean average = mean ? means[i] : null;
    return sum != null && sum.reconciled() || average != null && average.reconciled();
  }

  /// The result of a step, or null if its histograms did not fit together.
  @Nullable FloatHistogram result(int i, Lane lane) {
    if (reconciled(i)) {
      lane.annotations.add(Notes.reconciledBounds("aggregation", pos));
    }
    if ((flags[i] & INCOMPATIBLE) != 0) {
      return null;
    }
    if ((flags[i] & RESET) != 0 && (flags[i] & NO_RESET) != 0) {
      lane.annotations.add(Notes.resetCollision("aggregation", pos));
    }
    return mean ? meanOf(this, i) : sumOf(this, i);
  }
}
