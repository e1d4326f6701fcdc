package io.narthex.promql.exec;

import io.narthex.promql.ast.Expr.Pos;

/// `rate`, `increase` and `delta` over one series.
final class Rate implements RangeKernel {

  private static final double[] NONE = {};

  private final EvalContext context;
  private final HistogramRange histograms;
  private final Pos at;
  private final boolean counter;
  private final boolean perSecond;
  private double[] resets = NONE;
  private boolean named;

  Rate(EvalContext context, HistogramRange histograms, Pos at, boolean counter, boolean perSecond) {
    this.context = context;
    this.histograms = histograms;
    this.at = at;
    this.counter = counter;
    this.perSecond = perSecond;
  }

  @Override
  public void begin(RangeSeries series) {
    resets = counter ? RateKernels.resets(series) : NONE;
    named = false;
  }

  @Override
  public void eval(RangeSeries w, int step, StepSeries out) {
    if (w.histogramCount() > 0) {
      if (w.count() > 0) {
        histograms.warnMixed(w.metric, at);
      } else {
        histograms.rate(w, step, out, at, counter, perSecond);
      }
      return;
    }
    out.values[step] = RateKernels.extrapolated(w, resets, counter, perSecond);
    if (counter && !named && w.count() >= 1) {
      named = true;
      histograms.noteUnlessCounter(w.metric, at);
    }
  }
}
