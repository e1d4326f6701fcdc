package io.narthex.promql.exec.aggregate;

import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.LabelNames;
import io.narthex.model.labels.Labels;
import io.narthex.promql.ast.AggregateOp;
import io.narthex.promql.ast.Expr;
import io.narthex.promql.exec.series.Annotations;
import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.EvalException;
import io.narthex.promql.exec.series.GoFloat;
import io.narthex.promql.exec.series.Lane;
import io.narthex.promql.exec.series.MaterialSet;
import io.narthex.promql.exec.series.MetricName;
import io.narthex.promql.exec.series.Notes;
import io.narthex.promql.exec.series.QueryScope;
import io.narthex.promql.exec.series.Rest;
import io.narthex.promql.exec.series.SeriesBytes;
import io.narthex.promql.exec.series.Steps;
import io.narthex.promql.exec.series.Sweep;
import io.narthex.promql.exec.series.VectorSet;
import io.narthex.promql.plan.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Runs aggregations.
public final class Aggregator {

  /// What a group of a sum needs for a step, which is the most that any needs.
  private static final long BYTES_A_SLOT = 28;

  private final QueryScope scope;
  private final Steps steps;
  private final Plan.Aggregate plan;

  public Aggregator(QueryScope scope, Steps steps, Plan.Aggregate plan) {
    this.scope = scope;
    this.steps = steps;
    this.plan = plan;
  }

  /// `count_values`.
  public VectorSet countValues(String label, VectorSet set) {
    if (!LabelNames.isUtf8(label)) {
      throw EvalException.failed("invalid label name " + GoQuote.quote(label));
    }
    return new CountValues(label, plan.grouping(), plan.without()).run(scope, set, steps.count());
  }

  /// Every other aggregation.
  ///
  /// @param param the parameter's value at each step, or null if the operator takes none
  public VectorSet run(VectorSet set, double @Nullable [] param) {
    if (param != null && !new ParameterCheck(scope, plan, param).usable()) {
      Rest.evaluate(scope, set, steps.count());
      return VectorSet.NONE;
    }
    double[] parameter = param == null ? new double[0] : param;
    Grouping grouping = new Grouping(set, plan.grouping(), plan.without());
    Fold fold = fold(set, grouping, share -> newFold(set, share, grouping.count(), parameter));
    return fold instanceof Choice choice ? chosen(set, grouping, choice) : groups(grouping, fold);
  }

  private Fold newFold(VectorSet set, int share, int groups, double[] param) {
    int n = steps.count();
    AggregateOp op = plan.op();
    return switch (op) {
      case SUM, AVG -> new SumFold(op == AggregateOp.AVG, groups, n, plan.inner().pos());
      case MIN, MAX -> new ExtremeFold(op == AggregateOp.MAX, groups, n, plan.inner().pos());
      case COUNT, GROUP -> new CountFold(op == AggregateOp.GROUP, groups, n);
      case STDDEV, STDVAR ->
          new VarianceFold(op == AggregateOp.STDDEV, groups, n, plan.inner().pos());
      case QUANTILE -> new QuantileFold(param, groups, n, plan.inner().pos(), scope.limits());
      case TOPK, BOTTOMK -> {
        scope.limits().take(TopFold.bytes(param, groups, set.size()));
        yield new TopFold(
            op == AggregateOp.TOPK, param, set.size(), share > 0, groups, n, plan.pos());
      }
      case LIMITK, LIMIT_RATIO ->
          new LimitFold(set, op == AggregateOp.LIMIT_RATIO, param, groups, n);
      case COUNT_VALUES -> throw new IllegalStateException("BUG: count_values has its own way");
    };
  }

  private Fold fold(VectorSet set, Grouping grouping, IntFunction<Fold> make) {
    int n = steps.count();
    int shares = Sweep.lanes(scope, set, n);
    scope.limits().take((long) shares * grouping.count() * n * BYTES_A_SLOT);
    scope.limits().take(grouping.count() * SeriesBytes.SIGNATURE);
    Fold[] folds = new Fold[shares];
    for (int i = 0; i < shares; i++) {
      folds[i] = make.apply(i);
    }
    Sweep.runShares(
        scope,
        set,
        n,
        (lane, share, from, to) -> share(set, grouping, folds[share], lane, from, to));
    for (int i = 1; i < shares; i++) {
      folds[0].merge(folds[i], scope.lane());
    }
    return folds[0];
  }

  private void share(VectorSet set, Grouping grouping, Fold fold, Lane lane, int from, int to) {
    Column column = lane.borrow(steps.count());
    for (int i = from; i < to; i++) {
      set.evaluate(i, lane, column);
      String metric = column.histograms == null ? "" : set.labels(i).metricName();
      fold.add(grouping.of(i), i, column, metric, lane);
    }
    lane.give(column);
  }

  private VectorSet groups(Grouping grouping, Fold fold) {
    boolean unnamed = !plan.without() && plan.grouping().stream().noneMatch(MetricName::names);
    MaterialSet result = new MaterialSet(true, unnamed);
    for (int g = 0; g < grouping.count(); g++) {
      Column column = fold.result(g, scope.lane());
      int count = column == null ? 0 : column.count();
      if (column != null && count > 0) {
        Labels labels = grouping.labels(g);
        scope.limits().take(SeriesBytes.HELD + SeriesBytes.labels(labels));
        result.add(labels, grouping.dropName(g), column);
      }
    }
    return result;
  }

  private VectorSet chosen(VectorSet set, Grouping grouping, Choice choice) {
    Map<Integer, Column> picked = new LinkedHashMap<>();
    for (int g = 0; g < grouping.count(); g++) {
      choice.chosen(g, (series, step) -> picked.computeIfAbsent(series, s -> picked()));
    }
    MaterialSet result = new MaterialSet(set.distinct(), set.oneMetric());
    picked.forEach((series, column) -> {
      result.add(set.labels(series), set.dropName(series), column);
    });
    return result;
  }

  private Column picked() {
    long valueBytes = (long) steps.count() * Double.BYTES;
    scope.limits().take(SeriesBytes.MAP_ENTRY + SeriesBytes.HELD + valueBytes);
    return new Column(steps.count());
  }

  /// Looks at the parameter of an aggregation over all steps.
  private record ParameterCheck(QueryScope scope, Plan.Aggregate plan, double[] param) {

    /// Whether there can be a result at all.
    boolean usable() {
      return switch (plan.op()) {
        case TOPK, BOTTOMK, LIMITK -> count();
        case LIMIT_RATIO -> ratio();
        case QUANTILE -> quantile();
        case AVG, COUNT, COUNT_VALUES, GROUP, MAX, MIN, STDDEV, STDVAR, SUM -> true;
      };
    }

    private List<Double> distinct() {
      List<Double> values = new ArrayList<>();
      for (double p : param) {
        if (!values.contains(p)) {
          values.add(p);
        }
      }
      return values;
    }

    private double max() {
      double max = Double.NEGATIVE_INFINITY;
      for (double p : param) {
        max = Math.max(max, p);
      }
      return max;
    }

    private double min() {
      double min = Double.POSITIVE_INFINITY;
      for (double p : param) {
        min = Math.min(min, p);
      }
      return min;
    }

    private boolean anyNan() {
      for (double p : param) {
        if (Double.isNaN(p)) {
          return true;
        }
      }
      return false;
    }

    private boolean count() {
      double max = max();
      if (max < 1) {
        return false;
      }
      if (anyNan()) {
        throw EvalException.failed("Parameter value is NaN");
      }
      if (min() <= Long.MIN_VALUE) {
        throw EvalException.failed("Scalar value " + text(min()) + " underflows int64");
      }
      if (max >= 0x1p63) {
        throw EvalException.failed("Scalar value " + text(max) + " overflows int64");
      }
      return true;
    }

    private static String text(double value) {
      return GoFloat.general(value);
    }

    private boolean ratio() {
      if (max() == 0 && min() == 0) {
        return false;
      }
      if (anyNan()) {
        throw EvalException.failed("Ratio value is NaN");
      }
      Annotations notes = scope.lane().annotations;
      if (max() > 1) {
        notes.add(Notes.invalidRatio(max(), 1, paramPos(), plan.pos()));
      }
      if (min() < -1) {
        notes.add(Notes.invalidRatio(min(), -1, paramPos(), plan.pos()));
      }
      return true;
    }

    private boolean quantile() {
      Annotations notes = scope.lane().annotations;
      if (anyNan()) {
        notes.add(Notes.invalidQuantile(Double.NaN, paramPos(), plan.pos()));
      }
      for (double q : distinct()) {
        if (q > 1 && q == max() || q < 0 && q == min()) {
          notes.add(Notes.invalidQuantile(q, paramPos(), plan.pos()));
        }
      }
      return true;
    }

    private Expr.Pos paramPos() {
      Plan expr = plan.param();
      return expr == null ? plan.pos() : expr.pos();
    }
  }
}
