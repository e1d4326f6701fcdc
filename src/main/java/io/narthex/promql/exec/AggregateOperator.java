package io.narthex.promql.exec;

import io.narthex.model.labels.Labels;
import io.narthex.promql.ast.AggregateOp;
import io.narthex.promql.ast.Expr;
import io.narthex.promql.ast.Expr.Aggregate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Aggregations. Those with a fixed state a group take each series in as it is read; the others
/// keep the series of a group until all are there.
final class AggregateOperator {

  private final Evaluator evaluator;

  AggregateOperator(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  void eval(Aggregate aggregate, StepGrid grid, Sinks sinks) {
    switch (aggregate.op()) {
      case SUM -> fold(aggregate, grid, new SumKernel(), true, sinks);
      case AVG -> fold(aggregate, grid, new AvgKernel(), true, sinks);
      case MIN -> fold(aggregate, grid, new ExtremeKernel(false), false, sinks);
      case MAX -> fold(aggregate, grid, new ExtremeKernel(true), false, sinks);
      case COUNT -> fold(aggregate, grid, new CountKernel(false), true, sinks);
      case GROUP -> fold(aggregate, grid, new CountKernel(true), true, sinks);
      case STDDEV -> fold(aggregate, grid, new VarianceKernel(true), false, sinks);
      case STDVAR -> fold(aggregate, grid, new VarianceKernel(false), false, sinks);
      case QUANTILE, COUNT_VALUES, TOPK, BOTTOMK, LIMITK, LIMIT_RATIO ->
          new SelectingAggregates(evaluator).eval(aggregate, grid, sinks);
    }
  }

  private void fold(
      Aggregate aggregate, StepGrid grid, GroupKernel kernel, boolean histograms, Sinks sinks) {
    Folding folding = new Folding(aggregate, grid, kernel, histograms);
    evaluator.vector(aggregate.inner(), grid, folding);
    sinks.begin(1);
    folding.finish(sinks.part(0));
  }

  /// Groups of each part, merged in the order of the parts at the end.
  private final class Folding implements Sinks {
    private final Aggregate aggregate;
    private final StepGrid grid;
    private final GroupKernel kernel;
    private final boolean histograms;
    private List<Map<Labels, GroupKernel.State>> parts = List.of();

    Folding(Aggregate aggregate, StepGrid grid, GroupKernel kernel, boolean histograms) {
      this.aggregate = aggregate;
      this.grid = grid;
      this.kernel = kernel;
      this.histograms = histograms;
    }

    @Override
    public void begin(int count) {
      parts = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        parts.add(new LinkedHashMap<>());
      }
    }

    @Override
    public Sink part(int index) {
      Map<Labels, GroupKernel.State> groups = parts.get(index);
      Grouping grouping = new Grouping(aggregate.without(), aggregate.grouping());
      return series -> {
        if (series.histograms != null) {
          refuseHistograms(series);
        }
        groups.computeIfAbsent(grouping.of(series), k -> kernel.begin(grid.count())).add(series);
      };
    }

    private void refuseHistograms(StepSeries series) {
      AggregateOp op = aggregate.op();
      if (!histograms) {
        evaluator.context.notes.info(
            "ignored histogram in " + op.text() + " aggregation", aggregate.inner().pos());
      } else if (op == AggregateOp.SUM || op == AggregateOp.AVG) {
        if (!series.isEmpty()) {
          throw EvalContext.notImplemented(op.text() + " of native histograms");
        }
      }
    }

    void finish(Sink sink) {
      Map<Labels, GroupKernel.State> all = parts.isEmpty() ? Map.of() : parts.getFirst();
      for (int i = 1; i < parts.size(); i++) {
        parts
            .get(i)
            .forEach((labels, state) -> {
              GroupKernel.State own = all.putIfAbsent(labels, state);
              if (own != null) {
                own.merge(state);
              }
            });
      }
      all.forEach((labels, state) -> {
        StepSeries out = StepSeries.empty(labels, grid.count());
        state.finish(out);
        if (!out.isEmpty()) {
          sink.accept(out);
        }
      });
    }
  }

  /// The parameter of an aggregation at each step.
  static double[] parameter(Evaluator evaluator, Aggregate aggregate, StepGrid grid) {
    Expr param = aggregate.param();
    if (param == null) {
      throw new IllegalStateException("BUG: no parameter for " + aggregate.op());
    }
    return evaluator.scalar(param, grid);
  }
}
