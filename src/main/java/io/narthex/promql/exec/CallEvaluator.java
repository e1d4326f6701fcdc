package io.narthex.promql.exec;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.promql.ast.ValueType;
import io.narthex.promql.exec.function.Absence;
import io.narthex.promql.exec.function.BucketFunction;
import io.narthex.promql.exec.function.BucketFunction.QuantileOf;
import io.narthex.promql.exec.function.DateFunctions;
import io.narthex.promql.exec.function.ElementFunctions;
import io.narthex.promql.exec.function.HistogramGroups;
import io.narthex.promql.exec.function.Info;
import io.narthex.promql.exec.function.MappedSet;
import io.narthex.promql.exec.function.Relabelled;
import io.narthex.promql.exec.function.Sorting;
import io.narthex.promql.exec.select.InstantSelector;
import io.narthex.promql.exec.select.Selection;
import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.EvalException;
import io.narthex.promql.exec.series.GoMath;
import io.narthex.promql.exec.series.Lane;
import io.narthex.promql.exec.series.MaterialSet;
import io.narthex.promql.exec.series.Notes;
import io.narthex.promql.exec.series.QueryScope;
import io.narthex.promql.exec.series.SameLabels;
import io.narthex.promql.exec.series.SeriesBytes;
import io.narthex.promql.exec.series.Steps;
import io.narthex.promql.exec.series.VectorSet;
import io.narthex.promql.plan.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Runs one function call.
final class CallEvaluator {

  private final Evaluator evaluator;

  /// Of the value of a label that is made here.
  private static final long BYTES_A_TEXT = 48;

  private final QueryScope scope;
  private final Steps steps;
  private final Plan.Call call;
  private final List<Plan> args;
  private final String name;

  CallEvaluator(Evaluator evaluator, Plan.Call call) {
    this.evaluator = evaluator;
    this.call = call;
    scope = evaluator.scope();
    steps = evaluator.steps();
    args = call.args();
    name = call.function().name();
  }

  double[] scalars() {
    double[] values = new double[steps.count()];
    switch (name) {
      case "pi" -> Arrays.fill(values, Math.PI);
      case "time" -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = steps.timeMs(i) / 1000.0;
        }
      }
      case "scalar" -> only(evaluator.vectors(args.getFirst()), values);
      case "min_of", "max_of" -> {
        double[] a = evaluator.scalars(args.get(0));
        double[] b = evaluator.scalars(args.get(1));
        for (int i = 0; i < values.length; i++) {
          values[i] = name.equals("min_of") ? GoMath.min(a[i], b[i]) : GoMath.max(a[i], b[i]);
        }
      }
      default -> throw unknown();
    }
    return values;
  }

  private EvalException unknown() {
    return EvalException.failed("not implemented: " + name);
  }

  /// The float of the only series that has one, else NaN.
  private void only(VectorSet set, double[] values) {
    int[] found = new int[values.length];
    Arrays.fill(values, Double.NaN);
    Lane lane = scope.lane();
    Column column = lane.borrow(values.length);
    for (int s = 0; s < set.size(); s++) {
      set.evaluate(s, lane, column);
      for (int i = 0; i < values.length; i++) {
        if (column.present(i) && column.histogram(i) == null) {
          values[i] = found[i]++ == 0 ? column.values[i] : Double.NaN;
        }
      }
    }
    lane.give(column);
  }

  VectorSet vectors() {
    for (Plan arg : args) {
      if (arg.type() == ValueType.MATRIX) {
        return new RangeCall(evaluator, call).vectors();
      }
    }
    VectorSet byName = named();
    if (byName != null) {
      return byName;
    }
    MappedSet.Map map = ElementFunctions.map(name, scalarArgs());
    if (map == null) {
      throw unknown();
    }
    VectorSet inner = evaluator.vectors(args.getFirst());
    boolean delayed = scope.manner().delayedNameRemoval();
    return evaluator.distinct(new MappedSet(inner, map, delayed));
  }

  /// Functions that are more than a map over values; null if this is none of them.
  private @Nullable VectorSet named() {
    return switch (name) {
      case "vector" -> ConstantSet.of(Labels.EMPTY, evaluator.scalars(args.getFirst()));
      case "absent" ->
          Absence.of(
              scope, evaluator.vectors(args.getFirst()), steps.count(), args.getFirst(), false);
      case "timestamp", "start_timestamp" -> timestamp();
      case "label_replace" ->
          relabelled(Relabelled.replace(this::toRelabel, text(1), text(2), text(3), text(4)));
      case "label_join" -> relabelled(Relabelled.join(this::toRelabel, text(1), text(2), texts(3)));
      case "sort", "sort_desc", "sort_by_label", "sort_by_label_desc" -> sorted();
      case "histogram_quantile" -> quantiles(args.get(1), List.of(quantile(args.get(0), null)));
      case "histogram_quantiles" -> quantiles(args.getFirst(), labelledQuantiles());
      case "histogram_fraction" -> fraction();
      case "info" -> info();
      default -> args.isEmpty() ? date() : null;
    };
  }

  private double[][] scalarArgs() {
    return args.stream()
        .filter(a -> a.type() == ValueType.SCALAR)
        .map(evaluator::scalars)
        .toArray(double[][]::new);
  }

  private String text(int arg) {
    return args.get(arg) instanceof Plan.Text text ? text.value() : "";
  }

  private List<String> texts(int from) {
    List<String> texts = new ArrayList<>();
    for (int i = from; i < args.size(); i++) {
      texts.add(text(i));
    }
    return texts;
  }

  /// The first argument's series, each of which will get labels of its own.
  private VectorSet toRelabel() {
    VectorSet set = firstVectors();
    long bytes = 0;
    for (int i = 0; i < set.size(); i++) {
      bytes += SeriesBytes.labels(set.labels(i)) + BYTES_A_TEXT;
    }
    evaluator.scope().limits().take(bytes);
    return set;
  }

  private VectorSet firstVectors() {
    return evaluator.vectors(args.getFirst());
  }

  private VectorSet relabelled(VectorSet set) {
    return SameLabels.merge(scope, set, steps.count());
  }

  private VectorSet date() {
    DoubleUnaryOperator part = DateFunctions.operator(name);
    if (part == null) {
      throw unknown();
    }
    double[] values = new double[steps.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = part.applyAsDouble(Math.floorDiv(steps.timeMs(i), 1000L));
    }
    return ConstantSet.of(Labels.EMPTY, values);
  }

  private VectorSet timestamp() {
    boolean start = name.equals("start_timestamp");
    boolean delayed = scope.manner().delayedNameRemoval();
    Plan arg = args.getFirst();
    if (arg instanceof Plan.Once once && once.inner() instanceof Plan.Selector) {
      // A pinned selector keeps its own sample times; the call around it would be pinned too.
      arg = once.inner();
    }
    if (arg instanceof Plan.Selector selector) {
      Selection selection = Selection.of(scope, selector);
      evaluator.costs().of(call).window(selection.size());
      InstantSelector.Part part = start ? InstantSelector.Part.START : InstantSelector.Part.TIME;
      VectorSet times =
          new InstantSelector(
              selection,
              selector.when(),
              steps,
              scope.manner().lookbackMs(),
              part,
              evaluator.tally());
      if (start && !scope.manner().startTimestamps()) {
        return VectorSet.NONE;
      }
      return evaluator.distinct(new MappedSet(times, column -> {}, delayed));
    }
    if (start) {
      return VectorSet.NONE;
    }
    VectorSet inner = evaluator.vectors(arg);
    return evaluator.distinct(
        new MappedSet(
            inner,
            column -> {
              for (int i = 0; i < column.size; i++) {
                if (column.present(i)) {
                  column.set(i, steps.timeMs(i) / 1000.0);
                }
              }
            },
            delayed));
  }

  private VectorSet sorted() {
    VectorSet inner = evaluator.vectors(args.getFirst());
    boolean byLabel = name.startsWith("sort_by_label");
    if (steps.count() != 1) {
      scope.lane().annotations.add(Notes.sortInRange(call.pos()));
      return byLabel ? inner : new FloatsOnly(inner);
    }
    MaterialSet material = MaterialSet.of(scope, inner, 1);
    boolean descending = name.endsWith("_desc");
    return byLabel
        ? Sorting.byLabel(material, texts(1), descending)
        : Sorting.byValue(material, descending);
  }

  private QuantileOf quantile(Plan arg, @Nullable String label) {
    QuantileOf quantile =
        new QuantileOf(evaluator.scalars(arg), arg.pos(), call.pos(), steps, label);
    quantile.check(scope.lane().annotations);
    return quantile;
  }

  private List<QuantileOf> labelledQuantiles() {
    List<QuantileOf> quantiles = new ArrayList<>();
    for (int i = 2; i < args.size(); i++) {
      quantiles.add(quantile(args.get(i), text(1)));
    }
    return quantiles;
  }

  private VectorSet quantiles(Plan arg, List<? extends BucketFunction> functions) {
    return new HistogramGroups(scope, evaluator.vectors(arg), steps.count(), arg.pos(), functions)
        .run();
  }

  private VectorSet fraction() {
    BucketFunction fraction =
        new BucketFunction.FractionOf(
            evaluator.scalars(args.get(0)), evaluator.scalars(args.get(1)));
    return quantiles(args.get(2), List.of(fraction));
  }

  private VectorSet info() {
    List<Matcher> matchers =
        args.size() > 1 && selector(args.get(1)) instanceof Plan.Selector s
            ? s.matchers()
            : List.of();
    Plan.When when = FirstSelector.when(args.getFirst());
    return new Info(scope, steps, matchers, evaluator.tally())
        .run(evaluator.vectors(args.getFirst()), when);
  }

  private static Plan selector(Plan plan) {
    return plan instanceof Plan.Once once ? once.inner() : plan;
  }
}
