package io.narthex.promql.exec;

import io.narthex.model.labels.Labels;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.promql.exec.range.Edges;
import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.EvalException;
import io.narthex.promql.exec.series.Lane;
import io.narthex.promql.exec.series.MetricName;
import io.narthex.promql.exec.series.QueryScope;
import io.narthex.promql.exec.series.SameLabels;
import io.narthex.promql.exec.series.SampleSource;
import io.narthex.promql.exec.series.SampleTally;
import io.narthex.promql.exec.series.SampleWeight;
import io.narthex.promql.exec.series.SeriesBytes;
import io.narthex.promql.exec.series.Steps;
import io.narthex.promql.exec.series.Sweep;
import io.narthex.promql.exec.series.VectorSet;
import io.narthex.promql.plan.Plan;
import io.narthex.promql.value.Value;
import io.narthex.promql.value.Value.Points;
import io.narthex.storage.SampleBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs a plan to the end and makes the answer of it. Metric names whose removal was put off go
/// away here.
public final class ResultBuilder {

  private static final long BYTES_A_POINT = 16;

  private final QueryScope scope;
  private final Steps steps;
  private final Evaluator evaluator;

  public ResultBuilder(QueryScope scope, Steps steps, PlanCosts costs, SampleTally tally) {
    this.scope = scope;
    this.steps = steps;
    evaluator = new Evaluator(scope, steps, costs, tally);
  }

  /// The answer of a query at one instant.
  public Value instant(Plan plan) {
    long tMs = steps.startMs();
    return switch (plan.type()) {
      case SCALAR -> new Value.Scalar(tMs, evaluator.scalars(plan)[0]);
      case STRING -> new Value.Text(tMs, text(plan));
      case VECTOR -> new Value.Vector(samples(named(evaluator.vectors(plan), steps), tMs));
      case MATRIX -> new Value.Matrix(sorted(ranges(plan)));
      case NONE -> throw new IllegalStateException("BUG: a query without a type");
    };
  }

  /// The answer of a query over several steps; its type is vector or scalar.
  public Value range(Plan plan) {
    VectorSet set = named(evaluator.anyVectors(plan), steps);
    return new Value.Matrix(sorted(points(set, steps)));
  }

  private static String text(Plan plan) {
    return switch (plan) {
      case Plan.Text text -> text.value();
      case Plan.Once once -> text(once.inner());
      case Plan.Number _,
          Plan.Selector _,
          Plan.Range _,
          Plan.Subquery _,
          Plan.Call _,
          Plan.Aggregate _,
          Plan.Binary _,
          Plan.Negate _ ->
          throw new IllegalStateException("BUG: not a string: " + plan);
    };
  }

  /// The set with its final labels.
  private VectorSet named(VectorSet set, Steps grid) {
    if (!scope.manner().delayedNameRemoval()) {
      return SameLabels.merge(scope, set, grid.count());
    }
    boolean any = false;
    Labels[] labels = new Labels[set.size()];
    for (int i = 0; i < labels.length; i++) {
      any |= set.dropName(i);
      labels[i] = set.dropName(i) ? MetricName.drop(set.labels(i)) : set.labels(i);
    }
    return SameLabels.merge(scope, any ? new Named(set, labels) : set, grid.count());
  }

  private record Named(VectorSet inner, Labels[] labels) implements VectorSet {

    @Override
    public int size() {
      return inner.size();
    }

    @Override
    public Labels labels(int i) {
      return labels[i];
    }

    @Override
    public boolean dropName(int i) {
      return false;
    }

    @Override
    public boolean distinct() {
      return inner.distinct() && inner.oneMetric();
    }

    @Override
    public boolean quiet() {
      return inner.quiet();
    }

    @Override
    public void evaluate(int i, Lane lane, Column out) {
      inner.evaluate(i, lane, out);
    }
  }

  private List<Value.Sample> samples(VectorSet set, long tMs) {
    Value.@Nullable Sample[] found = new Value.Sample[set.size()];
    Sweep.run(
        scope,
        set,
        1,
        (lane, from, to) -> {
          Column column = lane.borrow(1);
          for (int i = from; i < to; i++) {
            set.evaluate(i, lane, column);
            if (column.present(0)) {
              FloatHistogram histogram = column.histogram(0);
              double value = histogram == null ? column.values[0] : 0;
              scope.limits().take(SeriesBytes.SAMPLE);
              found[i] = new Value.Sample(set.labels(i), tMs, value, histogram);
            }
          }
          lane.give(column);
        });
    List<Value.Sample> samples = new ArrayList<>();
    for (Value.Sample sample : found) {
      if (sample != null) {
        samples.add(sample);
      }
    }
    return samples;
  }

  private List<Points> points(VectorSet set, Steps grid) {
    @Nullable Points[] found = new Points[set.size()];
    Sweep.run(
        scope,
        set,
        grid.count(),
        (lane, from, to) -> {
          Column column = lane.borrow(grid.count());
          for (int i = from; i < to; i++) {
            set.evaluate(i, lane, column);
            int count = column.count();
            if (count > 0) {
              scope.limits().take(SeriesBytes.POINTS + count * BYTES_A_POINT);
              found[i] = new Points(set.labels(i), buffer(column, grid, count));
            }
          }
          lane.give(column);
        });
    List<Points> points = new ArrayList<>();
    for (Points series : found) {
      if (series != null) {
        points.add(series);
      }
    }
    return points;
  }

  private static SampleBuffer buffer(Column column, Steps grid, int count) {
    SampleBuffer buffer = new SampleBuffer(count);
    for (int i = 0; i < column.size; i++) {
      FloatHistogram histogram = column.histogram(i);
      if (histogram != null) {
        buffer.add(grid.timeMs(i), histogram);
      } else if (column.present(i)) {
        buffer.add(grid.timeMs(i), column.values[i]);
      }
    }
    return buffer;
  }

  /// The points of a range expression as they are.
  private List<Points> ranges(Plan plan) {
    return switch (plan) {
      case Plan.Once once -> ranges(once.inner());
      case Plan.Range range -> raw(range);
      case Plan.Subquery subquery -> {
        Steps inner = evaluator.innerSteps(subquery);
        scope.limits().require(inner.count());
        // All that the inside looks at counts for the only step there is.
        VectorSet set =
            new Evaluator(scope, inner, evaluator.costs(), evaluator.tally().ofFirstStep())
                .anyVectors(subquery.inner());
        yield points(named(set, inner), inner);
      }
      case Plan.Number _,
          Plan.Text _,
          Plan.Selector _,
          Plan.Call _,
          Plan.Aggregate _,
          Plan.Binary _,
          Plan.Negate _ ->
          throw new IllegalStateException("BUG: not a range: " + plan);
    };
  }

  private List<Points> raw(Plan.Range range) {
    Plan.Selector selector = range.selector();
    boolean edges = selector.anchored() || selector.smoothed();
    long lookbackMs = edges ? scope.manner().lookbackMs() : 0;
    SampleSource source = evaluator.source(range, lookbackMs, selector.smoothed() ? lookbackMs : 0);
    long endMs = selector.when().of(steps.startMs());
    List<Points> points = new ArrayList<>();
    for (int i = 0; i < source.size(); i++) {
      SampleBuffer samples = scope.lane().borrowSamples();
      source.read(i, scope.lane(), samples);
      if (edges && samples.size > 0) {
        samples = shown(samples, endMs - range.rangeMs(), endMs, selector.smoothed());
      }
      if (samples.size > 0) {
        long weight = SampleWeight.of(samples);
        evaluator.costs().of(range).hold(weight, samples.size, scope.limits());
        evaluator.tally().add(0, weight);
        scope.limits().take(SeriesBytes.POINTS + samples.size * BYTES_A_POINT);
        points.add(new Points(source.labels(i), samples.copy()));
      }
      scope.lane().giveSamples(samples);
    }
    return points;
  }

  private static SampleBuffer shown(
      SampleBuffer samples, long startMs, long endMs, boolean smoothed) {
    if (samples.histograms != null) {
      throw EvalException.failed(
          (smoothed ? "smoothed" : "anchored") + " modifier is not supported with histograms");
    }
    SampleBuffer out = new SampleBuffer(samples.size + 2);
    Edges.show(samples, startMs, endMs, smoothed, out);
    return out;
  }

  private static List<Points> sorted(List<Points> points) {
    points.sort(Comparator.comparing(Points::labels));
    return points;
  }
}
