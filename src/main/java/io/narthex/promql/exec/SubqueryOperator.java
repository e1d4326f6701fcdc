package io.narthex.promql.exec;

import io.narthex.promql.ast.Expr.Span;
import io.narthex.promql.ast.Expr.Subquery;
import io.narthex.storage.SampleBuffer;
import java.util.function.Supplier;

/// Evaluates the inner expression of a subquery on its own grid, whose points are absolute
/// multiples of its step, and lets range functions slide over the result.
final class SubqueryOperator {

  private final Evaluator evaluator;
  private final SelectorOperator selectors;

  SubqueryOperator(Evaluator evaluator, SelectorOperator selectors) {
    this.evaluator = evaluator;
    this.selectors = selectors;
  }

  void range(
      Subquery subquery,
      StepGrid grid,
      Supplier<RangeKernel> kernels,
      SelectorOperator.RangeLabels labels,
      Sinks sinks) {
    long rangeMs = SpanValue.rangeMs(subquery.range(), evaluator.context.grid);
    SelectorOperator.Reading reading = selectors.reading(subquery.modifiers(), grid);
    StepGrid inner = innerGrid(subquery, reading, rangeMs, grid);
    if (inner.count() <= 0) {
      sinks.begin(1);
      sinks.part(0);
      return;
    }
    evaluator.vector(
        subquery.inner(),
        inner,
        new Sinks() {
          @Override
          public void begin(int parts) {
            sinks.begin(parts);
          }

          @Override
          public Sink part(int index) {
            Sink next = sinks.part(index);
            RangeSeries window = new RangeSeries();
            SampleBuffer buffer = new SampleBuffer(inner.count());
            RangeKernel kernel = kernels.get();
            return series -> {
              fill(series, inner, buffer);
              if (buffer.size == 0) {
                return;
              }
              window.load(buffer);
              StepSeries out = StepSeries.empty(series.labels, grid.count());
              out.dropName = series.dropName;
              selectors.windows(window, kernel, series.labels, reading, rangeMs, grid, out);
              next.accept(labels.apply(out));
            };
          }
        });
  }

  /// Points of the inner expression: multiples of the step in `(first - range, last]`.
  StepGrid innerGrid(
      Subquery subquery, SelectorOperator.Reading reading, long rangeMs, StepGrid grid) {
    Span step = subquery.step();
    long stepMs =
        step == null
            ? evaluator.context.defaultSubqueryStepMs
            : SpanValue.rangeMs(step, evaluator.context.grid);
    long afterMs = reading.firstMs() - rangeMs;
    long startMs = (Math.floorDiv(afterMs, stepMs) + 1) * stepMs;
    long endMs = reading.at(grid.count() - 1);
    if (endMs < startMs) {
      return new StepGrid(startMs, stepMs, 0);
    }
    long count = (endMs - startMs) / stepMs + 1;
    if (count > Integer.MAX_VALUE / 16) {
      throw EvalContext.error(
          "query processing would load too many samples into memory in query execution");
    }
    evaluator.context.holdBriefly((int) count);
    return new StepGrid(startMs, stepMs, (int) count);
  }

  static void fill(StepSeries series, StepGrid inner, SampleBuffer buffer) {
    buffer.clear();
    for (int i = 0; i < inner.count(); i++) {
      if (series.hasFloat(i)) {
        buffer.add(inner.timeMs(i), series.values[i]);
      } else if (series.histogram(i) != null) {
        buffer.add(inner.timeMs(i), java.util.Objects.requireNonNull(series.histogram(i)));
      }
    }
  }
}
