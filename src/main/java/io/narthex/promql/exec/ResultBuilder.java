package io.narthex.promql.exec;

import io.narthex.model.labels.Labels;
import io.narthex.promql.ast.Expr;
import io.narthex.promql.ast.ExprType;
import io.narthex.promql.value.Value;
import io.narthex.storage.SampleBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Evaluates a whole query and puts its answer into the form that readers get.
public final class ResultBuilder {

  private final EvalContext context;
  private final Evaluator evaluator;

  public ResultBuilder(EvalContext context) {
    this.context = context;
    this.evaluator = new Evaluator(context);
  }

  /// The answer at the grid's one instant.
  public Value instant(Expr expr) {
    long tMs = context.grid.startMs();
    return switch (ExprType.of(expr)) {
      case SCALAR -> new Value.Scalar(tMs, evaluator.scalar(expr, context.grid)[0]);
      case STRING -> new Value.Text(tMs, Evaluator.text(expr));
      case MATRIX -> new Value.Matrix(evaluator.matrix(expr, tMs));
      case VECTOR -> vector(evaluator.vector(expr, context.grid), tMs);
      case NONE -> throw new IllegalStateException("BUG: expression without a type");
    };
  }

  private static Value vector(List<StepSeries> series, long tMs) {
    List<Value.Sample> samples = new ArrayList<>(series.size());
    boolean dropped = false;
    for (StepSeries s : series) {
      dropped |= s.dropName;
      samples.add(
          new Value.Sample(s.finalLabels(), tMs, s.hasFloat(0) ? s.values[0] : 0, s.histogram(0)));
    }
    if (dropped) {
      requireDistinct(samples.stream().map(Value.Sample::labels).toList());
    }
    return new Value.Vector(samples);
  }

  private static void requireDistinct(List<Labels> labels) {
    if (labels.stream().distinct().count() < labels.size()) {
      throw EvalContext.error(Unique.message());
    }
  }

  /// The answer over the grid: a matrix, sorted by labels; a scalar is a series without labels.
  public Value range(Expr expr) {
    if (ExprType.of(expr) == io.narthex.promql.ast.ValueType.SCALAR) {
      return new Value.Matrix(
          List.of(
              new Value.Points(
                  Labels.EMPTY,
                  points(new StepSeries(Labels.EMPTY, evaluator.scalar(expr, context.grid))))));
    }
    Map<Labels, StepSeries> distinct = new LinkedHashMap<>();
    for (StepSeries series : evaluator.vector(expr, context.grid)) {
      StepSeries before = distinct.putIfAbsent(series.finalLabels(), series);
      if (before != null) {
        join(before, series);
      }
    }
    List<Value.Points> all = new ArrayList<>(distinct.size());
    distinct.forEach((labels, series) -> all.add(new Value.Points(labels, points(series))));
    all.sort(Comparator.comparing(Value.Points::labels));
    return new Value.Matrix(all);
  }

  /// Series of the same labels may take turns, never be there together.
  private static void join(StepSeries into, StepSeries other) {
    for (int i = 0; i < into.values.length; i++) {
      if (other.has(i)) {
        if (into.has(i)) {
          throw EvalContext.error(Unique.message());
        }
        into.copy(i, other);
      }
    }
  }

  private SampleBuffer points(StepSeries series) {
    SampleBuffer points = new SampleBuffer(Math.max(1, series.points()));
    for (int i = 0; i < series.values.length; i++) {
      if (series.hasFloat(i)) {
        points.add(context.grid.timeMs(i), series.values[i]);
      } else if (series.histogram(i) != null) {
        points.add(context.grid.timeMs(i), Objects.requireNonNull(series.histogram(i)));
      }
    }
    return points;
  }
}
