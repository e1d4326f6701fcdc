package io.narthex.promql.exec.histogram;

import io.narthex.model.sample.FloatHistogram;

/// The mean of histograms. It sums as long as that stays finite and goes on incrementally after
/// that.
public final class HistogramMean {

  private final HistogramSum sum;
  private double n = 1;
  private boolean incremental;

  public HistogramMean(FloatHistogram first) {
    sum = new HistogramSum(first);
  }

  public boolean compatible(FloatHistogram other) {
    return sum.compatible(other);
  }

  /// Takes in `other`, which is {@link #compatible}.
  public void add(FloatHistogram other) {
    n++;
    if (!incremental && sum.overflowsWith(other)) {
      incremental = true;
      sum.scale(1 / (n - 1));
    }
    if (!incremental) {
      sum.add(other);
      return;
    }
    sum.scale((n - 1) / n);
    sum.add(HistogramMath.divide(other, n));
  }

  /// Takes in the histograms of another mean.
  public void merge(HistogramMean other) {
    double total = n + other.n;
    if (!incremental && !other.incremental) {
      FloatHistogram theirs = other.sum.result();
      if (!sum.overflowsWith(theirs)) {
        sum.add(theirs);
        n = total;
        return;
      }
    }
    FloatHistogram theirs = other.result();
    sum.scale(incremental ? n / total : 1 / total);
    incremental = true;
    sum.add(HistogramMath.multiply(theirs, other.n / total));
    n = total;
  }

  public boolean reconciled() {
    return sum.reconciled();
  }

  public FloatHistogram result() {
    return incremental ? sum.result() : sum.result(sum.hint(), n);
  }
}
