package io.narthex.promql.exec;

import io.narthex.model.labels.GoQuote;
import io.narthex.promql.ast.Expr.Pos;

/// What range functions do where a range holds native histograms.
final class HistogramRange {

  private final EvalContext context;

  HistogramRange(EvalContext context) {
    this.context = context;
  }

  void warnMixed(String metric, Pos at) {
    context.notes.warn(
        "encountered a mix of histograms and floats for metric name " + GoQuote.quote(metric), at);
  }

  /// Tells the user if the name does not look like a counter's.
  void noteUnlessCounter(String metric, Pos at) {
    if (!metric.isEmpty()
        && !metric.endsWith("_total")
        && !metric.endsWith("_sum")
        && !metric.endsWith("_count")
        && !metric.endsWith("_bucket")) {
      context.notes.info(
          "metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "
              + GoQuote.quote(metric),
          at);
    }
  }

  void rate(RangeSeries w, int step, StepSeries out, Pos at, boolean counter, boolean perSecond) {
    throw EvalContext.notImplemented("rates of native histograms");
  }

  void instantRate(RangeSeries w, int step, StepSeries out, Pos at, boolean rate) {
    throw EvalContext.notImplemented("instant rates of native histograms");
  }

  /// A sum or mean of floats.
  RangeKernel summing(Pos at, RangeKernel.OfFloats floats, boolean mean) {
    return (w, step, out) -> {
      if (w.histogramCount() > 0) {
        if (w.count() > 0) {
          warnMixed(w.metric, at);
          return;
        }
        throw EvalContext.notImplemented("sums of native histograms over time");
      }
      out.values[step] = floats.at(w);
    };
  }

  void changes(RangeSeries w, int step, StepSeries out) {
    if (w.histogramCount() > 0) {
      throw EvalContext.notImplemented("changes of native histograms");
    }
    out.values[step] = OverTime.changes(w);
  }

  void resets(RangeSeries w, int step, StepSeries out) {
    if (w.histogramCount() > 0) {
      throw EvalContext.notImplemented("resets of native histograms");
    }
    out.values[step] = OverTime.resets(w);
  }
}
