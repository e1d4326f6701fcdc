package io.narthex.promql.exec;

import io.narthex.model.labels.Labels;
import io.narthex.promql.ast.Expr;
import io.narthex.promql.ast.Expr.Call;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/// Calls of functions: finds the evaluation that fits and hands the arguments over.
final class VectorFunctions {

  private final Evaluator evaluator;
  private final RangeFunctions ranges;

  VectorFunctions(Evaluator evaluator) {
    this.evaluator = evaluator;
    this.ranges = new RangeFunctions(evaluator.context);
  }

  double[] scalar(Call call, StepGrid grid) {
    double[] out = new double[grid.count()];
    switch (call.function().name()) {
      case "time" -> {
        for (int i = 0; i < out.length; i++) {
          out[i] = grid.timeMs(i) / 1000.0;
        }
      }
      case "pi" -> java.util.Arrays.fill(out, Math.PI);
      case "start" -> java.util.Arrays.fill(out, evaluator.context.grid.startMs() / 1000.0);
      case "end" -> java.util.Arrays.fill(out, evaluator.context.grid.endMs() / 1000.0);
      case "range" ->
          java.util.Arrays.fill(
              out, (evaluator.context.grid.endMs() - evaluator.context.grid.startMs()) / 1000.0);
      case "step" -> java.util.Arrays.fill(out, queryStepMs() / 1000.0);
      case "min_of" -> combine(call, grid, out, true);
      case "max_of" -> combine(call, grid, out, false);
      case "scalar" -> ofVector(call.args().getFirst(), grid, out);
      default -> throw EvalContext.notImplemented(call.function().name());
    }
    return out;
  }

  private long queryStepMs() {
    StepGrid query = evaluator.context.grid;
    return query.count() == 1 && query.stepMs() == 1 ? 0 : query.stepMs();
  }

  private void combine(Call call, StepGrid grid, double[] out, boolean min) {
    double[] a = evaluator.scalar(call.args().get(0), grid);
    double[] b = evaluator.scalar(call.args().get(1), grid);
    for (int i = 0; i < out.length; i++) {
      out[i] = min ? Math.min(a[i], b[i]) : Math.max(a[i], b[i]);
    }
  }

  /// The value of a vector with one float, else NaN.
  private void ofVector(Expr vector, StepGrid grid, double[] out) {
    List<StepSeries> all = evaluator.vector(vector, grid);
    for (int i = 0; i < out.length; i++) {
      int found = 0;
      for (StepSeries series : all) {
        if (series.hasFloat(i)) {
          found++;
          out[i] = series.values[i];
        }
      }
      if (found != 1) {
        out[i] = Quantiles.NAN;
      }
    }
  }

  void vector(Call call, StepGrid grid, Sinks sinks) {
    String name = call.function().name();
    DoubleUnaryOperator math = MathFunctions.ALL.get(name);
    if (math != null) {
      mapped(call.args().getFirst(), grid, sinks, (v, i) -> math.applyAsDouble(v));
      return;
    }
    if (TimeFunctions.ALL.containsKey(name)) {
      dates(call, grid, sinks);
      return;
    }
    if (RangeFunctions.rangeArgument(call) >= 0) {
      range(call, grid, sinks);
      return;
    }
    switch (name) {
      case "clamp" -> clamp(call, grid, sinks, 1, 2);
      case "clamp_min" -> clamp(call, grid, sinks, 1, 0);
      case "clamp_max" -> clamp(call, grid, sinks, 0, 1);
      case "round" -> round(call, grid, sinks);
      case "vector" -> ofScalar(call, grid, sinks);
      case "timestamp" -> timestamp(call, grid, sinks);
      case "absent" -> Absence.absent(evaluator, call.args().getFirst(), grid, sinks);
      case "sort", "sort_desc", "sort_by_label", "sort_by_label_desc" ->
          Sorting.sort(evaluator, call, grid, sinks);
      case "label_replace" -> LabelFunctions.replace(evaluator, call, grid, sinks);
      case "label_join" -> LabelFunctions.join(evaluator, call, grid, sinks);
      case "histogram_quantile", "histogram_quantiles", "histogram_fraction" ->
          ClassicHistograms.eval(evaluator, call, grid, sinks);
      case "histogram_count",
          "histogram_sum",
          "histogram_avg",
          "histogram_stddev",
          "histogram_stdvar" ->
          NativeHistograms.eval(evaluator, call, grid, sinks);
      default -> throw EvalContext.notImplemented(name);
    }
  }

  private void range(Call call, StepGrid grid, Sinks sinks) {
    String name = call.function().name();
    Expr argument = call.args().get(RangeFunctions.rangeArgument(call));
    if (name.equals("absent_over_time")) {
      Absence.absentOverTime(evaluator, call, argument, ranges, grid, sinks);
      return;
    }
    double[][] params = new double[call.args().size()][];
    for (int i = 0; i < params.length; i++) {
      params[i] = evaluator.parameter(call.args().get(i), grid);
    }
    boolean keeps = RangeFunctions.keepsName(name);
    Unique unique = new Unique(sinks, !keeps && !Names.distinctWithoutName(argument), true);
    evaluator.range(
        argument,
        grid,
        ranges.kernel(call, params),
        s -> keeps ? s : evaluator.dropName(s),
        unique);
  }

  /// A change of one float, with the step it belongs to.
  interface Change {
    double apply(double value, int step);
  }

  /// Changes every float; histograms have no such value and go.
  private void mapped(Expr argument, StepGrid grid, Sinks sinks, Change change) {
    Unique unique = new Unique(sinks, !Names.distinctWithoutName(argument));
    evaluator.vector(
        argument,
        grid,
        Sinks.mapping(
            unique,
            () ->
                series -> {
                  series.histograms = null;
                  for (int i = 0; i < series.values.length; i++) {
                    if (series.hasFloat(i)) {
                      series.values[i] = change.apply(series.values[i], i);
                    }
                  }
                  return evaluator.dropName(series);
                }));
  }

  /// @param min index of the lower bound among the arguments, 0 for none
  private void clamp(Call call, StepGrid grid, Sinks sinks, int min, int max) {
    double[] low = min == 0 ? new double[0] : evaluator.scalar(call.args().get(min), grid);
    double[] high = max == 0 ? new double[0] : evaluator.scalar(call.args().get(max), grid);
    mapped(
        call.args().getFirst(),
        grid,
        sinks,
        (v, i) -> {
          if (min != 0 && max != 0 && high[i] < low[i]) {
            return StepSeries.ABSENT;
          }
          double bounded = max == 0 ? v : Math.min(high[i], v);
          return min == 0 ? bounded : Math.max(low[i], bounded);
        });
  }

  private void round(Call call, StepGrid grid, Sinks sinks) {
    double[] to =
        call.args().size() > 1 ? evaluator.scalar(call.args().get(1), grid) : new double[0];
    mapped(
        call.args().getFirst(),
        grid,
        sinks,
        (v, i) -> {
          double inverse = to.length == 0 ? 1 : 1 / to[i];
          return Math.floor(v * inverse + 0.5) / inverse;
        });
  }

  private void ofScalar(Call call, StepGrid grid, Sinks sinks) {
    StepSeries series =
        new StepSeries(Labels.EMPTY, evaluator.scalar(call.args().getFirst(), grid));
    sinks.begin(1);
    sinks.part(0).accept(series);
  }

  private void dates(Call call, StepGrid grid, Sinks sinks) {
    var part = java.util.Objects.requireNonNull(TimeFunctions.ALL.get(call.function().name()));
    if (call.args().isEmpty()) {
      double[] now = new double[grid.count()];
      for (int i = 0; i < now.length; i++) {
        now[i] = TimeFunctions.part(part, grid.timeMs(i) / 1000.0);
      }
      sinks.begin(1);
      sinks.part(0).accept(new StepSeries(Labels.EMPTY, now));
      return;
    }
    mapped(call.args().getFirst(), grid, sinks, (v, i) -> TimeFunctions.part(part, v));
  }

  /// Of a plain selector the samples' own times, of anything else the step's.
  private void timestamp(Call call, StepGrid grid, Sinks sinks) {
    Expr argument = call.args().getFirst();
    while (argument instanceof Expr.Paren paren) {
      argument = paren.inner();
    }
    Expr inner = argument;
    Unique unique = new Unique(sinks, !Names.distinctWithoutName(inner));
    if (inner instanceof Expr.VectorSelector selector) {
      evaluator.instantTimestamps(selector, grid, Sinks.mapping(unique, () -> evaluator::dropName));
      return;
    }
    evaluator.vector(
        inner,
        grid,
        Sinks.mapping(
            unique,
            () ->
                series -> {
                  for (int i = 0; i < series.values.length; i++) {
                    if (series.has(i)) {
                      series.clear(i);
                      series.values[i] = grid.timeMs(i) / 1000.0;
                    }
                  }
                  return evaluator.dropName(series);
                }));
  }
}
