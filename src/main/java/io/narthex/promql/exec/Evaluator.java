package io.narthex.promql.exec;

import io.narthex.model.labels.Labels;
import io.narthex.promql.ast.Expr;
import io.narthex.promql.ast.ExprType;
import io.narthex.promql.ast.ValueType;
import io.narthex.promql.value.Value;
import java.util.List;

/// Evaluates expressions on a step grid: scalars as one value a step, vectors as series of steps.
/// One object a query; the tree is never changed.
public final class Evaluator {

  final EvalContext context;
  private final SelectorOperator selectors;
  private final SubqueryOperator subqueries;
  private final VectorFunctions functions;
  private final AggregateOperator aggregates;
  private final BinaryOperator binaries;

  public Evaluator(EvalContext context) {
    this.context = context;
    this.selectors = new SelectorOperator(context);
    this.subqueries = new SubqueryOperator(this, selectors);
    this.functions = new VectorFunctions(this);
    this.aggregates = new AggregateOperator(this);
    this.binaries = new BinaryOperator(this);
  }

  /// A scalar expression: its value at each step.
  double[] scalar(Expr expr, StepGrid grid) {
    return switch (expr) {
      case Expr.NumberLiteral number -> filled(grid, number.value());
      case Expr.Paren paren -> scalar(paren.inner(), grid);
      case Expr.Unary unary -> negated(scalar(unary.operand(), grid), unary.minus());
      case Expr.Binary binary -> binaries.scalars(binary, grid);
      case Expr.Call call -> functions.scalar(call, grid);
      case Expr.StringLiteral _,
          Expr.VectorSelector _,
          Expr.MatrixSelector _,
          Expr.Subquery _,
          Expr.Aggregate _ ->
          throw new IllegalStateException("BUG: not a scalar: " + expr);
    };
  }

  private static double[] filled(StepGrid grid, double value) {
    double[] values = new double[grid.count()];
    java.util.Arrays.fill(values, value);
    return values;
  }

  private static double[] negated(double[] values, boolean minus) {
    if (minus) {
      for (int i = 0; i < values.length; i++) {
        values[i] = -values[i];
      }
    }
    return values;
  }

  /// A vector expression, kept whole: series in a stable order, those without a value left out.
  public List<StepSeries> vector(Expr expr, StepGrid grid) {
    Collector collector = new Collector(context);
    vector(expr, grid, collector);
    return collector.all();
  }

  /// A vector expression, series by series.
  void vector(Expr expr, StepGrid grid, Sinks sinks) {
    if (grid.count() > 1 && StepInvariance.holds(expr)) {
      StepGrid once = StepGrid.instant(grid.startMs());
      dispatch(expr, once, Sinks.mapping(sinks, () -> series -> repeated(series, grid.count())));
      return;
    }
    dispatch(expr, grid, sinks);
  }

  private void dispatch(Expr expr, StepGrid grid, Sinks sinks) {
    switch (expr) {
      case Expr.VectorSelector selector -> selectors.instant(selector, grid, false, sinks);
      case Expr.Paren paren -> vector(paren.inner(), grid, sinks);
      case Expr.Unary unary -> unary(unary, grid, sinks);
      case Expr.Binary binary -> binaries.vector(binary, grid, sinks);
      case Expr.Aggregate aggregate -> aggregates.eval(aggregate, grid, sinks);
      case Expr.Call call -> functions.vector(call, grid, sinks);
      case Expr.MatrixSelector _, Expr.Subquery _, Expr.NumberLiteral _, Expr.StringLiteral _ ->
          throw new IllegalStateException("BUG: not an instant vector: " + ExprType.of(expr));
    }
  }

  private static StepSeries repeated(StepSeries series, int steps) {
    StepSeries out = StepSeries.empty(series.labels, steps);
    out.dropName = series.dropName;
    if (series.has(0)) {
      for (int i = 0; i < steps; i++) {
        out.values[i] = series.values[0];
        if (series.histogram(0) != null) {
          out.set(i, java.util.Objects.requireNonNull(series.histogram(0)));
        }
      }
    }
    return out;
  }

  private void unary(Expr.Unary unary, StepGrid grid, Sinks sinks) {
    if (!unary.minus()) {
      vector(unary.operand(), grid, sinks);
      return;
    }
    Unique unique = new Unique(sinks, !Names.distinctWithoutName(unary.operand()));
    vector(
        unary.operand(),
        grid,
        Sinks.mapping(
            unique,
            () ->
                series -> {
                  for (int i = 0; i < series.values.length; i++) {
                    if (series.hasFloat(i)) {
                      series.values[i] = -series.values[i];
                    } else if (series.histogram(i) != null) {
                      series.set(
                          i,
                          HistogramMath.scaled(
                              java.util.Objects.requireNonNull(series.histogram(i)), -1));
                    }
                  }
                  return dropName(series);
                }));
  }

  /// Takes the metric name off, now or at the end of the query.
  StepSeries dropName(StepSeries series) {
    if (context.features.delayedNameRemoval()) {
      series.dropName = true;
    } else {
      series.labels = series.labels.without(Labels.NAME);
    }
    return series;
  }

  /// Applies a range function to a range selector or subquery.
  void range(
      Expr expr,
      StepGrid grid,
      java.util.function.Supplier<RangeKernel> kernels,
      SelectorOperator.RangeLabels labels,
      Sinks sinks) {
    switch (expr) {
      case Expr.MatrixSelector matrix -> selectors.range(matrix, grid, kernels, labels, sinks);
      case Expr.Subquery subquery -> subqueries.range(subquery, grid, kernels, labels, sinks);
      case Expr.Paren paren -> range(paren.inner(), grid, kernels, labels, sinks);
      default -> throw new IllegalStateException("BUG: not a range vector: " + ExprType.of(expr));
    }
  }

  /// Raw samples of a range expression at one instant: what an instant query of type matrix
  /// answers.
  public List<Value.Points> matrix(Expr expr, long tMs) {
    return new MatrixReader(this, selectors, subqueries).read(expr, StepGrid.instant(tMs));
  }

  void instantTimestamps(Expr.VectorSelector selector, StepGrid grid, Sinks sinks) {
    selectors.instant(selector, grid, true, sinks);
  }

  /// Values of a scalar argument, or nothing for arguments of other types.
  double[] parameter(Expr argument, StepGrid grid) {
    return ExprType.of(argument) == ValueType.SCALAR ? scalar(argument, grid) : new double[0];
  }

  /// The text of a string argument.
  static String text(Expr argument) {
    return switch (argument) {
      case Expr.StringLiteral literal -> literal.value();
      case Expr.Paren paren -> text(paren.inner());
      default -> throw new IllegalStateException("BUG: not a string: " + argument);
    };
  }
}
