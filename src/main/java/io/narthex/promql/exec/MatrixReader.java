package io.narthex.promql.exec;

import io.narthex.promql.ast.Expr;
import io.narthex.promql.value.Value;
import io.narthex.storage.SampleBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// The samples of a range expression themselves: what an instant query of that type answers.
final class MatrixReader {

  private final Evaluator evaluator;
  private final SelectorOperator selectors;
  private final SubqueryOperator subqueries;

  MatrixReader(Evaluator evaluator, SelectorOperator selectors, SubqueryOperator subqueries) {
    this.evaluator = evaluator;
    this.selectors = selectors;
    this.subqueries = subqueries;
  }

  List<Value.Points> read(Expr expr, StepGrid grid) {
    List<Value.Points> all = new ArrayList<>();
    switch (expr) {
      case Expr.Paren paren -> all.addAll(read(paren.inner(), grid));
      case Expr.MatrixSelector _ -> samples(expr, grid, all);
      case Expr.Subquery _ -> samples(expr, grid, all);
      default -> throw new IllegalStateException("BUG: not a range vector");
    }
    all.sort(Comparator.comparing(Value.Points::labels));
    return all;
  }

  /// A kernel that keeps the window as it is.
  private void samples(Expr expr, StepGrid grid, List<Value.Points> all) {
    Sinks sinks =
        new Sinks() {
          @Override
          public Sink part(int index) {
            return series -> {};
          }
        };
    Object lock = new Object();
    SelectorOperator.RangeLabels labels = series -> series;
    java.util.function.Supplier<RangeKernel> keep =
        () ->
            (w, step, out) -> {
              SampleBuffer points = window(w);
              evaluator.context.hold(points.size);
              synchronized (lock) {
                all.add(new Value.Points(out.labels, points));
              }
            };
    switch (expr) {
      case Expr.MatrixSelector matrix -> selectors.range(matrix, grid, keep, labels, sinks);
      case Expr.Subquery subquery -> subqueries.range(subquery, grid, keep, labels, sinks);
      default -> throw new IllegalStateException("BUG: not a range vector");
    }
  }

  private static SampleBuffer window(RangeSeries w) {
    SampleBuffer points = new SampleBuffer(Math.max(1, w.count() + w.histogramCount()));
    int i = w.lo;
    int k = w.hlo;
    while (i < w.hi || k < w.hhi) {
      if (k >= w.hhi || i < w.hi && w.t[i] < w.ht[k]) {
        points.add(w.t[i], w.v[i]);
        i++;
      } else {
        points.add(w.ht[k], Objects.requireNonNull(w.h[k]));
        k++;
      }
    }
    return points;
  }
}
