package io.narthex.promql.exec;

import io.narthex.promql.ast.BinaryOp;
import io.narthex.promql.ast.Expr;
import io.narthex.promql.ast.Expr.Binary;
import io.narthex.promql.ast.ExprType;
import io.narthex.promql.ast.ValueType;
import java.util.List;
import java.util.Objects;

/// Binary operators: two scalars, a vector and a scalar, two vectors.
final class BinaryOperator {

  private final Evaluator evaluator;

  BinaryOperator(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  double[] scalars(Binary binary, StepGrid grid) {
    double[] l = evaluator.scalar(binary.left(), grid);
    double[] r = evaluator.scalar(binary.right(), grid);
    BinaryOp op = binary.op();
    for (int i = 0; i < l.length; i++) {
      l[i] =
          op.isComparison()
              ? (BinaryMath.compare(op, l[i], r[i]) ? 1 : 0)
              : BinaryMath.value(op, l[i], r[i]);
    }
    return l;
  }

  void vector(Binary binary, StepGrid grid, Sinks sinks) {
    boolean leftScalar = ExprType.of(binary.left()) == ValueType.SCALAR;
    boolean rightScalar = ExprType.of(binary.right()) == ValueType.SCALAR;
    if (leftScalar || rightScalar) {
      withScalar(binary, grid, leftScalar, sinks);
      return;
    }
    List<StepSeries> left = evaluator.vector(binary.left(), grid);
    List<StepSeries> right = evaluator.vector(binary.right(), grid);
    sinks.begin(1);
    Sinks.Sink sink = sinks.part(0);
    if (binary.op().isSet()) {
      SetOperators.eval(
          binary.op(), Objects.requireNonNull(binary.matching()), left, right, grid.count(), sink);
    } else {
      new VectorJoin(evaluator, binary, grid.count()).join(left, right, sink);
    }
  }

  private void withScalar(Binary binary, StepGrid grid, boolean scalarLeft, Sinks sinks) {
    Expr vector = scalarLeft ? binary.right() : binary.left();
    double[] scalar = evaluator.scalar(scalarLeft ? binary.left() : binary.right(), grid);
    BinaryOp op = binary.op();
    boolean drops = BinaryMath.changesMeaning(op) || binary.returnBool();
    Unique unique = new Unique(sinks, drops && !Names.distinctWithoutName(vector));
    evaluator.vector(
        vector,
        grid,
        Sinks.mapping(
            unique,
            () ->
                series -> {
                  for (int i = 0; i < scalar.length; i++) {
                    if (series.hasFloat(i)) {
                      series.values[i] = step(binary, series.values[i], scalar[i], scalarLeft);
                    } else if (series.histogram(i) != null) {
                      HistogramBinary.withScalar(
                          evaluator.context, binary, series, i, scalar[i], scalarLeft);
                    }
                  }
                  return drops ? evaluator.dropName(series) : series;
                }));
  }

  private static double step(Binary binary, double element, double scalar, boolean scalarLeft) {
    BinaryOp op = binary.op();
    double l = scalarLeft ? scalar : element;
    double r = scalarLeft ? element : scalar;
    if (op == BinaryOp.TRIM_LOWER || op == BinaryOp.TRIM_UPPER) {
      return StepSeries.ABSENT;
    }
    if (!op.isComparison()) {
      return BinaryMath.value(op, l, r);
    }
    boolean holds = BinaryMath.compare(op, l, r);
    if (binary.returnBool()) {
      return holds ? 1 : 0;
    }
    // The vector's element stays, also if it stands on the right.
    return holds ? element : StepSeries.ABSENT;
  }
}
