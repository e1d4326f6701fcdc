package io.narthex.promql.exec;

import io.narthex.promql.ast.Expr.Pos;
import io.narthex.promql.ast.ValueType;
import io.narthex.promql.exec.function.Absence;
import io.narthex.promql.exec.range.RangeFunctions;
import io.narthex.promql.exec.range.RangeKernel;
import io.narthex.promql.exec.range.RangeSet;
import io.narthex.promql.exec.range.Windows;
import io.narthex.promql.exec.series.CountedSet;
import io.narthex.promql.exec.series.EvalException;
import io.narthex.promql.exec.series.NodeCost;
import io.narthex.promql.exec.series.QueryScope;
import io.narthex.promql.exec.series.SameLabels;
import io.narthex.promql.exec.series.SampleSource;
import io.narthex.promql.exec.series.Steps;
import io.narthex.promql.exec.series.VectorSet;
import io.narthex.promql.plan.Plan;
import java.util.List;
import java.util.function.Supplier;

/// Runs one function of a range.
final class RangeCall {

  private final Evaluator evaluator;
  private final QueryScope scope;
  private final Steps steps;
  private final Plan.Call call;
  private final String name;

  RangeCall(Evaluator evaluator, Plan.Call call) {
    this.evaluator = evaluator;
    this.call = call;
    scope = evaluator.scope();
    steps = evaluator.steps();
    name = call.function().name();
  }

  VectorSet vectors() {
    Plan range = range(call.args());
    boolean anchored = range instanceof Plan.Range r && r.selector().anchored();
    boolean smoothed = range instanceof Plan.Range r && r.selector().smoothed();
    RangeFunctions.checkModifier(name, anchored, smoothed);
    double[][] params =
        call.args().stream()
            .filter(a -> a.type() == ValueType.SCALAR)
            .map(evaluator::scalars)
            .toArray(double[][]::new);
    Supplier<RangeKernel> kernels = RangeFunctions.kernel(name, params, anchored || smoothed);
    if (kernels == null) {
      throw EvalException.failed("not implemented: " + name);
    }
    Windows.Shape shape = shape(range, anchored, smoothed);
    SampleSource source = evaluator.source(range, shape.reachBackMs(), shape.reachOnMs());
    VectorSet set =
        new RangeSet(
            scope, source, name, kernels, shape, evaluator.tally(), evaluator.costs().of(call));
    if (name.equals("absent_over_time")) {
      // The windows' results are held until it is known where there is none.
      NodeCost cost = evaluator.costs().of(call);
      VectorSet held = CountedSet.of(set, cost, scope.limits(), false);
      VectorSet absent = Absence.of(scope, held, steps.count(), range, true);
      cost.resultBegins();
      return absent;
    }
    return scope.manner().delayedNameRemoval()
        ? set
        : SameLabels.require(scope, set, steps.count());
  }

  private static Plan range(List<Plan> args) {
    for (Plan arg : args) {
      if (arg.type() == ValueType.MATRIX) {
        return arg instanceof Plan.Once once ? once.inner() : arg;
      }
    }
    throw new IllegalStateException("BUG: no range among the arguments");
  }

  private Windows.Shape shape(Plan range, boolean anchored, boolean smoothed) {
    Plan.When when;
    long rangeMs;
    switch (range) {
      case Plan.Range r -> {
        when = r.selector().when();
        rangeMs = r.rangeMs();
      }
      case Plan.Subquery s -> {
        when = s.when();
        rangeMs = s.rangeMs();
      }
      case Plan.Number _,
          Plan.Text _,
          Plan.Selector _,
          Plan.Call _,
          Plan.Aggregate _,
          Plan.Binary _,
          Plan.Negate _,
          Plan.Once _ ->
          throw new IllegalStateException("BUG: not a range: " + range);
    }
    scope.limits().take((long) steps.count() * Long.BYTES);
    long[] ends = new long[steps.count()];
    for (int i = 0; i < ends.length; i++) {
      ends[i] = when.of(steps.timeMs(i));
    }
    long lookbackMs = scope.manner().lookbackMs();
    boolean starts =
        scope.manner().startTimestamps()
            && range instanceof Plan.Range
            && RangeFunctions.usesStarts(name);
    return new Windows.Shape(
        steps,
        ends,
        rangeMs,
        anchored || smoothed ? lookbackMs : 0,
        smoothed ? lookbackMs : 0,
        anchored,
        smoothed,
        starts,
        notesPos());
  }

  /// Where notes point: at the first argument; a subquery has no place of its own any more.
  private Pos notesPos() {
    Plan first = call.args().getFirst();
    Plan inner = first instanceof Plan.Once once ? once.inner() : first;
    return inner instanceof Plan.Subquery ? new Pos(0, 0) : first.pos();
  }
}
