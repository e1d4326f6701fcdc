package io.narthex.promql.exec;

import io.narthex.promql.ast.Expr;
import io.narthex.promql.ast.Expr.Call;
import java.util.function.Supplier;

/// Finds the kernel of a function over a range vector. Scalar parameters have been evaluated, one
/// value a step.
final class RangeFunctions {

  private final EvalContext context;
  private final HistogramRange histograms;

  RangeFunctions(EvalContext context) {
    this.context = context;
    this.histograms = new HistogramRange(context);
  }

  /// Functions whose first range argument keeps its metric name.
  static boolean keepsName(String function) {
    return function.equals("last_over_time") || function.equals("first_over_time");
  }

  /// The kernel, made anew for every part of the work.
  ///
  /// @param params values of the scalar arguments by argument and step; empty arrays for other
  ///   arguments
  Supplier<RangeKernel> kernel(Call call, double[][] params) {
    Expr.Pos at = call.args().get(rangeArgument(call)).pos();
    String name = call.function().name();
    return switch (name) {
      case "rate" -> () -> new Rate(context, histograms, at, true, true);
      case "increase" -> () -> new Rate(context, histograms, at, true, false);
      case "delta" -> () -> new Rate(context, histograms, at, false, false);
      case "irate" -> () -> new InstantRate(context, histograms, at, true);
      case "idelta" -> () -> new InstantRate(context, histograms, at, false);
      case "sum_over_time" -> () -> histograms.summing(at, OverTime::sum, false);
      case "avg_over_time" -> () -> histograms.summing(at, OverTime::avg, true);
      case "count_over_time" -> () -> (w, i, out) -> out.values[i] = w.count() + w.histogramCount();
      case "present_over_time" -> () -> (w, i, out) -> out.values[i] = 1;
      case "absent_over_time" -> () -> (w, i, out) -> out.values[i] = 1;
      case "last_over_time" -> () -> RangeFunctions::last;
      case "first_over_time" -> () -> RangeFunctions::first;
      case "ts_of_last_over_time" -> () -> RangeFunctions::timeOfLast;
      case "ts_of_first_over_time" -> () -> RangeFunctions::timeOfFirst;
      case "changes" -> () -> histograms::changes;
      case "resets" -> () -> histograms::resets;
      case "min_over_time" -> floats(at, OverTime::min);
      case "max_over_time" -> floats(at, OverTime::max);
      case "ts_of_min_over_time" -> floats(at, OverTime::tsOfMin);
      case "ts_of_max_over_time" -> floats(at, OverTime::tsOfMax);
      case "stddev_over_time" -> floats(at, OverTime::stddev);
      case "stdvar_over_time" -> floats(at, OverTime::stdvar);
      case "mad_over_time" -> floats(at, OverTime::mad);
      case "deriv" -> floats(at, OverTime::deriv);
      case "quantile_over_time" -> quantile(call, at, params[0]);
      case "predict_linear" ->
          floats(at, w -> OverTime.predictLinear(params[1][w.step], w, w.stepMs));
      case "double_exponential_smoothing" -> smoothing(at, params[1], params[2]);
      default -> throw EvalContext.notImplemented(name);
    };
  }

  static int rangeArgument(Call call) {
    for (int i = 0; i < call.args().size(); i++) {
      if (io.narthex.promql.ast.ExprType.of(call.args().get(i))
          == io.narthex.promql.ast.ValueType.MATRIX) {
        return i;
      }
    }
    return -1;
  }

  private Supplier<RangeKernel> floats(Expr.Pos at, RangeKernel.OfFloats function) {
    return () -> (w, i, out) -> eval(w, i, out, at, function, 1);
  }

  /// Histograms do not count here; the user is told if there are both.
  private void eval(
      RangeSeries w,
      int step,
      StepSeries out,
      Expr.Pos at,
      RangeKernel.OfFloats function,
      int least) {
    if (w.count() < least) {
      return;
    }
    if (w.histogramCount() > 0) {
      context.notes.info(
          "ignored histograms in a range containing both floats and histograms for metric name "
              + io.narthex.model.labels.GoQuote.quote(w.metric),
          at);
    }
    out.values[step] = function.at(w);
  }

  private Supplier<RangeKernel> quantile(Call call, Expr.Pos at, double[] q) {
    for (double each : q) {
      if (Double.isNaN(each) || each < 0 || each > 1) {
        context.notes.warn(
            "quantile value should be between 0 and 1, got " + GoNumber.shortest(each),
            call.args().get(0).pos());
        break;
      }
    }
    return floats(at, w -> OverTime.quantile(q[w.step], w));
  }

  private Supplier<RangeKernel> smoothing(Expr.Pos at, double[] smoothing, double[] trend) {
    for (int i = 0; i < smoothing.length; i++) {
      if (smoothing[i] <= 0 || smoothing[i] >= 1) {
        throw EvalContext.error(
            "invalid smoothing factor. Expected: 0 < sf < 1, got: " + GoNumber.fixed(smoothing[i]));
      }
      if (trend[i] <= 0 || trend[i] >= 1) {
        throw EvalContext.error(
            "invalid trend factor. Expected: 0 < tf < 1, got: " + GoNumber.fixed(trend[i]));
      }
    }
    return floats(at, w -> OverTime.doubleExponential(w, smoothing[w.step], trend[w.step]));
  }

  private static boolean floatIsLast(RangeSeries w) {
    return w.histogramCount() == 0 || w.count() > 0 && w.t[w.hi - 1] > w.ht[w.hhi - 1];
  }

  private static boolean floatIsFirst(RangeSeries w) {
    return w.histogramCount() == 0 || w.count() > 0 && w.t[w.lo] < w.ht[w.hlo];
  }

  private static void last(RangeSeries w, int step, StepSeries out) {
    if (floatIsLast(w)) {
      out.values[step] = w.v[w.hi - 1];
    } else {
      out.set(step, w.histogram(w.hhi - 1));
    }
  }

  private static void first(RangeSeries w, int step, StepSeries out) {
    if (floatIsFirst(w)) {
      out.values[step] = w.v[w.lo];
    } else {
      out.set(step, w.histogram(w.hlo));
    }
  }

  private static void timeOfLast(RangeSeries w, int step, StepSeries out) {
    out.values[step] = (floatIsLast(w) ? w.t[w.hi - 1] : w.ht[w.hhi - 1]) / 1000.0;
  }

  private static void timeOfFirst(RangeSeries w, int step, StepSeries out) {
    out.values[step] = (floatIsFirst(w) ? w.t[w.lo] : w.ht[w.hlo]) / 1000.0;
  }
}
