package io.narthex.promql.exec.function;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.promql.ast.Expr.Pos;
import io.narthex.promql.exec.histogram.NativeFraction;
import io.narthex.promql.exec.histogram.NativeQuantile;
import io.narthex.promql.exec.series.Annotations;
import io.narthex.promql.exec.series.GoFloat;
import io.narthex.promql.exec.series.Notes;
import io.narthex.promql.exec.series.Quantile;
import io.narthex.promql.exec.series.Steps;
import org.jspecify.annotations.Nullable;

/// A function of a whole histogram, classic or native.
public interface BucketFunction {

  /// Where a value is asked for.
  ///
  /// @param metric name for annotations, empty if it is already gone
  /// @param pos where the histograms come from
  record Spot(int step, String metric, Pos pos, Annotations notes) {}

  double classic(ClassicBuckets buckets, Spot spot);

  double nativeHistogram(FloatHistogram histogram, Spot spot);

  /// Labels of the answer at a step.
  default Labels labels(Labels histogram, int step) {
    return histogram;
  }

  /// Whether {@link #labels} differ from step to step.
  default boolean relabels() {
    return false;
  }

  /// A quantile.
  ///
  /// @param q one a step
  /// @param qPos where the quantile stands
  /// @param label the label that tells several quantiles apart, or null
  record QuantileOf(double[] q, Pos qPos, Pos giver, Steps steps, @Nullable String label)
      implements BucketFunction {

    /// Notes quantiles that are none.
    public void check(Annotations notes) {
      for (double value : q) {
        if (!Quantile.valid(value)) {
          notes.add(Notes.invalidQuantile(value, qPos, giver));
        }
      }
    }

    @Override
    public double classic(ClassicBuckets buckets, Spot spot) {
      double value = buckets.quantile(q[spot.step]);
      if (buckets.forced) {
        spot.notes.add(
            Notes.forcedMonotonicity(
                spot.metric,
                spot.pos,
                steps.timeMs(spot.step),
                buckets.minBucket,
                buckets.maxBucket,
                buckets.maxDiff));
      }
      return value;
    }

    @Override
    public double nativeHistogram(FloatHistogram histogram, Spot spot) {
      return NativeQuantile.of(q[spot.step], histogram, spot.metric, spot.pos, spot.notes);
    }

    @Override
    public boolean relabels() {
      return label != null;
    }

    @Override
    public Labels labels(Labels histogram, int step) {
      return label == null
          ? histogram
          : new LabelsBuilder(histogram).set(label, text(q[step])).build();
    }

    /// A float as OpenMetrics writes it in labels: whole numbers end in `.0`.
    private static String text(double value) {
      String text = GoFloat.general(value);
      boolean whole = text.chars().allMatch(c -> c >= '0' && c <= '9' || c == '-');
      return whole ? text + ".0" : text;
    }
  }

  /// The share of observations between two values, one pair a step.
  record FractionOf(double[] from, double[] to) implements BucketFunction {

    @Override
    public double classic(ClassicBuckets buckets, Spot spot) {
      return buckets.fraction(from[spot.step], to[spot.step]);
    }

    @Override
    public double nativeHistogram(FloatHistogram histogram, Spot spot) {
      return NativeFraction.of(
          from[spot.step], to[spot.step], histogram, spot.metric, spot.pos, spot.notes);
    }
  }
}
