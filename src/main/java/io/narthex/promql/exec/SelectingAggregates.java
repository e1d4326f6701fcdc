package io.narthex.promql.exec;

import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.LabelNames;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.promql.ast.AggregateOp;
import io.narthex.promql.ast.Expr;
import io.narthex.promql.ast.Expr.Aggregate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Aggregations that need all series of a group at once: `quantile`, `count_values`, `topk`,
/// `bottomk`, `limitk`, `limit_ratio`.
final class SelectingAggregates {

  private final Evaluator evaluator;

  SelectingAggregates(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  void eval(Aggregate aggregate, StepGrid grid, Sinks sinks) {
    double[] param =
        aggregate.op() == AggregateOp.COUNT_VALUES
            ? new double[0]
            : AggregateOperator.parameter(evaluator, aggregate, grid);
    checkParameter(aggregate, param);
    Map<Labels, List<StepSeries>> groups = new LinkedHashMap<>();
    Grouping grouping = new Grouping(aggregate.without(), aggregate.grouping());
    for (StepSeries series : evaluator.vector(aggregate.inner(), grid)) {
      groups.computeIfAbsent(grouping.of(series), k -> new ArrayList<>()).add(series);
    }
    sinks.begin(1);
    Sinks.Sink sink = sinks.part(0);
    switch (aggregate.op()) {
      case QUANTILE ->
          groups.forEach((labels, group) -> quantile(aggregate, labels, group, param, sink));
      case COUNT_VALUES -> countValues(aggregate, groups, grid, sink);
      case TOPK -> groups.values().forEach(group -> top(aggregate, group, param, true, sink));
      case BOTTOMK -> groups.values().forEach(group -> top(aggregate, group, param, false, sink));
      case LIMITK -> groups.values().forEach(group -> limit(group, param, sink));
      case LIMIT_RATIO -> groups.values().forEach(group -> Ratio.limit(group, param, sink));
      default -> throw new IllegalStateException("BUG: " + aggregate.op());
    }
  }

  private void checkParameter(Aggregate aggregate, double[] param) {
    Expr.Pos pos = Objects.requireNonNull(aggregate.param()).pos();
    AggregateOp op = aggregate.op();
    for (double p : param) {
      switch (op) {
        case TOPK, BOTTOMK, LIMITK -> {
          if (Double.isNaN(p)) {
            throw EvalContext.error("Parameter value is NaN");
          }
          if (p <= Long.MIN_VALUE) {
            throw EvalContext.error("Scalar value " + GoNumber.shortest(p) + " underflows int64");
          }
          if (p >= 0x1p63) {
            throw EvalContext.error("Scalar value " + GoNumber.shortest(p) + " overflows int64");
          }
        }
        case LIMIT_RATIO -> {
          if (Double.isNaN(p)) {
            throw EvalContext.error("Ratio value is NaN");
          }
          if (p < -1 || p > 1) {
            evaluator.context.notes.warn(
                "ratio value should be between -1 and 1, got "
                    + GoNumber.shortest(p)
                    + ", capping to "
                    + (p < -1 ? "-1" : "1"),
                pos);
          }
        }
        case QUANTILE -> {
          if (Double.isNaN(p) || p < 0 || p > 1) {
            evaluator.context.notes.warn(
                "quantile value should be between 0 and 1, got " + GoNumber.shortest(p), pos);
          }
        }
        default -> throw new IllegalStateException("BUG: " + op);
      }
    }
  }

  private void ignoreHistograms(Aggregate aggregate, List<StepSeries> group) {
    if (group.stream().anyMatch(s -> s.histograms != null)) {
      evaluator.context.notes.info(
          "ignored histogram in " + aggregate.op().text() + " aggregation",
          aggregate.inner().pos());
    }
  }

  private void quantile(
      Aggregate aggregate, Labels labels, List<StepSeries> group, double[] q, Sinks.Sink sink) {
    ignoreHistograms(aggregate, group);
    StepSeries out = StepSeries.empty(labels, q.length);
    double[] values = new double[group.size()];
    for (int i = 0; i < q.length; i++) {
      int n = 0;
      for (StepSeries series : group) {
        if (series.hasFloat(i)) {
          values[n++] = series.values[i];
        }
      }
      if (n > 0) {
        out.values[i] = Quantiles.quantile(q[i], values, n);
      }
    }
    if (!out.isEmpty()) {
      sink.accept(out);
    }
  }

  private void countValues(
      Aggregate aggregate, Map<Labels, List<StepSeries>> groups, StepGrid grid, Sinks.Sink sink) {
    String label = Evaluator.text(Objects.requireNonNull(aggregate.param()));
    if (!LabelNames.isUtf8(label)) {
      throw EvalContext.error("invalid label name " + GoQuote.quote(label));
    }
    Map<Labels, StepSeries> counts = new LinkedHashMap<>();
    LabelsBuilder builder = new LabelsBuilder();
    groups.forEach((labels, group) -> {
      for (StepSeries series : group) {
        for (int i = 0; i < grid.count(); i++) {
          if (series.has(i)) {
            String text =
                series.hasFloat(i)
                    ? GoNumber.plain(series.values[i])
                    : HistogramMath.text(Objects.requireNonNull(series.histogram(i)));
            Labels key = builder.reset(labels).set(label, text).build();
            StepSeries out = counts.computeIfAbsent(key, k -> StepSeries.empty(k, grid.count()));
            out.values[i] = out.hasFloat(i) ? out.values[i] + 1 : 1;
          }
        }
      }
    });
    counts.values().forEach(sink::accept);
  }

  /// Keeps of each step the `k` largest or smallest; NaN counts as beyond every number. In an
  /// instant query the order of the answer is that of the values.
  private void top(
      Aggregate aggregate,
      List<StepSeries> group,
      double[] param,
      boolean largest,
      Sinks.Sink sink) {
    ignoreHistograms(aggregate, group);
    int n = group.size();
    StepSeries[] out = new StepSeries[n];
    int[] order = new int[0];
    for (int i = 0; i < param.length; i++) {
      int k = (int) Math.min(n, (long) param[i]);
      if (k < 1) {
        continue;
      }
      order = ranked(group, i, k, largest);
      for (int index : order) {
        if (out[index] == null) {
          out[index] = StepSeries.empty(group.get(index).labels, param.length);
          out[index].dropName = group.get(index).dropName;
        }
        out[index].values[i] = group.get(index).values[i];
      }
    }
    if (param.length == 1) {
      for (int index : order) {
        sink.accept(out[index]);
      }
      return;
    }
    for (StepSeries series : out) {
      if (series != null) {
        sink.accept(series);
      }
    }
  }

  /// Indexes of the best `k` series at a step, best first.
  private static int[] ranked(List<StepSeries> group, int step, int k, boolean largest) {
    long[] present = new long[group.size()];
    int n = 0;
    for (int s = 0; s < group.size(); s++) {
      if (group.get(s).hasFloat(step)) {
        present[n++] = s;
      }
    }
    Integer[] boxed = new Integer[n];
    for (int i = 0; i < n; i++) {
      boxed[i] = (int) present[i];
    }
    Arrays.sort(
        boxed, (a, b) -> compare(group.get(a).values[step], group.get(b).values[step], largest));
    int[] best = new int[Math.min(k, n)];
    for (int i = 0; i < best.length; i++) {
      best[i] = boxed[i];
    }
    return best;
  }

  private static int compare(double a, double b, boolean largest) {
    boolean aNan = Double.isNaN(a);
    boolean bNan = Double.isNaN(b);
    if (aNan || bNan) {
      return Boolean.compare(aNan, bNan);
    }
    return a == b ? 0 : (a > b) == largest ? -1 : 1;
  }

  /// Keeps of each step the first `k` series.
  private static void limit(List<StepSeries> group, double[] param, Sinks.Sink sink) {
    int[] taken = new int[param.length];
    for (StepSeries series : group) {
      StepSeries out = StepSeries.empty(series.labels, param.length);
      out.dropName = series.dropName;
      for (int i = 0; i < param.length; i++) {
        if (series.has(i) && taken[i] < (long) param[i]) {
          taken[i]++;
          out.copy(i, series);
        }
      }
      if (!out.isEmpty()) {
        sink.accept(out);
      }
    }
  }
}
