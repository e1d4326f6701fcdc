package io.narthex.promql.exec;

import io.narthex.model.labels.Labels;
import io.narthex.promql.ast.BinaryOp;
import io.narthex.promql.ast.Matching;
import io.narthex.promql.ast.ValueType;
import io.narthex.promql.exec.aggregate.Aggregator;
import io.narthex.promql.exec.binary.Arithmetic;
import io.narthex.promql.exec.binary.Negation;
import io.narthex.promql.exec.binary.ScalarJoin;
import io.narthex.promql.exec.binary.SetJoin;
import io.narthex.promql.exec.binary.VectorJoin;
import io.narthex.promql.exec.select.InstantSelector;
import io.narthex.promql.exec.select.RangeSelector;
import io.narthex.promql.exec.select.Selection;
import io.narthex.promql.exec.select.SmoothedSelector;
import io.narthex.promql.exec.select.SubquerySource;
import io.narthex.promql.exec.series.MaterialSet;
import io.narthex.promql.exec.series.QueryScope;
import io.narthex.promql.exec.series.SameLabels;
import io.narthex.promql.exec.series.SampleSource;
import io.narthex.promql.exec.series.SampleTally;
import io.narthex.promql.exec.series.SampleWeight;
import io.narthex.promql.exec.series.Steps;
import io.narthex.promql.exec.series.VectorSet;
import io.narthex.promql.plan.Plan;
import java.util.Arrays;

/// Turns plans into operators over one grid of steps.
public final class Evaluator {

  private final QueryScope scope;
  private final Steps steps;
  private final PlanCosts costs;
  private final SampleTally tally;

  /// @param costs counts what the plan's nodes hold
  /// @param tally counts the samples that steps look at
  public Evaluator(QueryScope scope, Steps steps, PlanCosts costs, SampleTally tally) {
    this.scope = scope;
    this.steps = steps;
    this.costs = costs;
    this.tally = tally;
  }

  /// An evaluator for the inside of a subquery. The samples that it looks at do not count: the
  /// points that come of them do.
  Evaluator inside(Steps inner) {
    scope.limits().require(inner.count());
    return new Evaluator(scope, inner, costs, new SampleTally(0));
  }

  PlanCosts costs() {
    return costs;
  }

  SampleTally tally() {
    return tally;
  }

  QueryScope scope() {
    return scope;
  }

  Steps steps() {
    return steps;
  }

  /// The value of a scalar expression at each step.
  public double[] scalars(Plan plan) {
    scope.limits().take((long) steps.count() * Double.BYTES);
    return costs.counted(plan, values(plan));
  }

  private double[] values(Plan plan) {
    return switch (plan) {
      case Plan.Number number -> {
        double[] values = new double[steps.count()];
        Arrays.fill(values, number.value());
        yield values;
      }
      case Plan.Once once -> repeat(once);
      case Plan.Negate negate -> {
        double[] values = scalars(negate.inner());
        for (int i = 0; i < values.length; i++) {
          values[i] = -values[i];
        }
        yield values;
      }
      case Plan.Binary binary ->
          Arithmetic.scalars(binary.op(), scalars(binary.left()), scalars(binary.right()));
      case Plan.Call call -> new CallEvaluator(this, call).scalars();
      case Plan.Text _, Plan.Selector _, Plan.Range _, Plan.Subquery _, Plan.Aggregate _ ->
          throw new IllegalStateException("BUG: not a scalar: " + plan);
    };
  }

  private double[] repeat(Plan.Once once) {
    double[] values = new double[steps.count()];
    if (values.length > 0) {
      SampleTally inner = new SampleTally(0);
      double[] first = new Evaluator(scope, steps.first(), costs, inner).scalars(once.inner());
      Arrays.fill(values, first[0]);
      costs.of(once).hold(values.length - 1L, values.length - 1L, scope.limits());
      repeat(inner);
    }
    return values;
  }

  /// Counts what one step looked at for each step.
  private void repeat(SampleTally once) {
    for (int i = 0; i < steps.count(); i++) {
      tally.add(i, once.total());
    }
  }

  /// The series of a vector expression.
  public VectorSet vectors(Plan plan) {
    scope.limits().check();
    return steps.count() == 0
        ? VectorSet.NONE
        : costs.counted(plan, steps.count(), () -> series(plan));
  }

  private VectorSet series(Plan plan) {
    return switch (plan) {
      case Plan.Selector selector -> selector(selector);
      case Plan.Once once -> once(once);
      case Plan.Negate negate -> {
        boolean delayed = scope.manner().delayedNameRemoval();
        yield distinct(new Negation(vectors(negate.inner()), delayed));
      }
      case Plan.Aggregate aggregate -> aggregate(aggregate);
      case Plan.Binary binary -> binary(binary);
      case Plan.Call call -> new CallEvaluator(this, call).vectors();
      case Plan.Number _, Plan.Text _, Plan.Range _, Plan.Subquery _ ->
          throw new IllegalStateException("BUG: not a vector: " + plan);
    };
  }

  /// Merges series that have lost their names and are the same without them.
  VectorSet distinct(VectorSet set) {
    return scope.manner().delayedNameRemoval() ? set : SameLabels.merge(scope, set, steps.count());
  }

  /// Series of a vector, or a scalar as one series without labels.
  VectorSet anyVectors(Plan plan) {
    return plan.type() == ValueType.SCALAR
        ? ConstantSet.of(Labels.EMPTY, scalars(plan))
        : vectors(plan);
  }

  private VectorSet selector(Plan.Selector selector) {
    Selection selection = Selection.of(scope, selector);
    long lookbackMs = scope.manner().lookbackMs();
    return selector.smoothed()
        ? new SmoothedSelector(selection, selector.when(), steps, lookbackMs, selector.pos())
        : new InstantSelector(
            selection, selector.when(), steps, lookbackMs, InstantSelector.Part.VALUE, tally);
  }

  private VectorSet once(Plan.Once once) {
    Steps first = steps.first();
    if (steps.count() == 1) {
      return vectors(once.inner());
    }
    SampleTally innerTally = new SampleTally(0);
    VectorSet inner = new Evaluator(scope, first, costs, innerTally).vectors(once.inner());
    MaterialSet material = MaterialSet.of(scope, inner, 1);
    repeat(innerTally);
    for (int i = 0; i < material.size(); i++) {
      long weight = SampleWeight.of(material.column(i));
      int more = steps.count() - 1;
      costs.of(once).hold(weight * more, more, scope.limits());
    }
    return new RepeatedSet(material, steps.count());
  }

  private VectorSet aggregate(Plan.Aggregate plan) {
    Aggregator aggregator = new Aggregator(scope, steps, plan);
    Plan param = plan.param();
    if (param instanceof Plan.Text text) {
      return aggregator.countValues(text.value(), vectors(plan.inner()));
    }
    double[] params = param == null ? null : scalars(param);
    return aggregator.run(vectors(plan.inner()), params);
  }

  private VectorSet binary(Plan.Binary plan) {
    Matching matching = plan.matching();
    boolean leftScalar = plan.left().type() == ValueType.SCALAR;
    if (leftScalar || plan.right().type() == ValueType.SCALAR) {
      double[] scalars = scalars(leftScalar ? plan.left() : plan.right());
      VectorSet vector = vectors(leftScalar ? plan.right() : plan.left());
      boolean delayed = scope.manner().delayedNameRemoval();
      return distinct(new ScalarJoin(vector, scalars, leftScalar, plan, delayed));
    }
    if (matching == null) {
      throw new IllegalStateException("BUG: two vectors without a matching");
    }
    VectorSet left = vectors(plan.left());
    VectorSet right = vectors(plan.right());
    BinaryOp op = plan.op();
    return op.isSet()
        ? new SetJoin(scope, matching, steps.count()).run(op, left, right)
        : new VectorJoin(scope, plan, matching, steps.count()).run(left, right);
  }

  /// The samples of a range expression.
  ///
  /// @param reachBackMs by how much windows begin before the range
  /// @param reachOnMs by how much they end after it
  SampleSource source(Plan plan, long reachBackMs, long reachOnMs) {
    return switch (plan) {
      case Plan.Range range -> {
        Plan.Selector selector = range.selector();
        yield new RangeSelector(
            Selection.of(scope, selector),
            selector.when().of(steps.startMs()) - range.rangeMs() - reachBackMs + 1,
            selector.when().of(steps.lastMs()) + reachOnMs);
      }
      case Plan.Subquery subquery -> {
        Steps inner = innerSteps(subquery);
        yield new SubquerySource(inside(inner).anyVectors(subquery.inner()), inner);
      }
      case Plan.Number _,
          Plan.Text _,
          Plan.Selector _,
          Plan.Call _,
          Plan.Aggregate _,
          Plan.Binary _,
          Plan.Negate _,
          Plan.Once _ ->
          throw new IllegalStateException("BUG: not a range: " + plan);
    };
  }

  /// The steps of a subquery: absolute multiples of its step, the first one inside the first
  /// window.
  Steps innerSteps(Plan.Subquery subquery) {
    long windowStart = subquery.when().of(steps.startMs()) - subquery.rangeMs();
    long stepMs = subquery.stepMs();
    long start = stepMs * (windowStart / stepMs);
    if (start <= windowStart) {
      start += stepMs;
    }
    return Steps.between(start, subquery.when().of(steps.lastMs()), stepMs);
  }
}
