package io.narthex.promql.exec;

import io.narthex.promql.ast.Expr.Pos;

/// `irate` and `idelta` over one series.
final class InstantRate implements RangeKernel {

  private final HistogramRange histograms;
  private final Pos at;
  private final boolean rate;

  InstantRate(EvalContext context, HistogramRange histograms, Pos at, boolean rate) {
    this.histograms = histograms;
    this.at = at;
    this.rate = rate;
  }

  @Override
  public void eval(RangeSeries w, int step, StepSeries out) {
    if (w.histogramCount() > 0) {
      histograms.instantRate(w, step, out, at, rate);
      return;
    }
    out.values[step] = RateKernels.instant(w, rate);
    if (rate) {
      histograms.noteUnlessCounter(w.metric, at);
    }
  }
}
