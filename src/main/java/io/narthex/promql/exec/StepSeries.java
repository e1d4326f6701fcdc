package io.narthex.promql.exec;

import io.narthex.model.labels.Labels;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.StaleMarker;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One series of an intermediate result: a value, a histogram or nothing at each step. Belongs to
/// whoever received it.
public final class StepSeries {

  private static final long ABSENT_BITS = StaleMarker.STALE_BITS;

  /// Stands where a step has no float.
  static final double ABSENT = StaleMarker.STALE;

  Labels labels;

  /// Whether the metric name goes at the end of the query; only with delayed name removal.
  boolean dropName;

  final double[] values;

  /// Histograms by step, or null if there is none at all. Where one stands, the float is absent.
  @Nullable FloatHistogram @Nullable [] histograms;

  StepSeries(Labels labels, double[] values) {
    this.labels = labels;
    this.values = values;
  }

  /// A series without any value.
  static StepSeries empty(Labels labels, int steps) {
    double[] values = new double[steps];
    Arrays.fill(values, ABSENT);
    return new StepSeries(labels, values);
  }

  static boolean isAbsent(double value) {
    return Double.doubleToRawLongBits(value) == ABSENT_BITS;
  }

  /// Whether there is a float at `step`.
  boolean hasFloat(int step) {
    return !isAbsent(values[step]);
  }

  /// Whether there is a float or a histogram at `step`.
  boolean has(int step) {
    return !isAbsent(values[step]) || histograms != null && histograms[step] != null;
  }

  @Nullable FloatHistogram histogram(int step) {
    return histograms == null ? null : histograms[step];
  }

  void set(int step, FloatHistogram histogram) {
    if (histograms == null) {
      histograms = new FloatHistogram[values.length];
    }
    histograms[step] = histogram;
    values[step] = ABSENT;
  }

  void clear(int step) {
    values[step] = ABSENT;
    if (histograms != null) {
      histograms[step] = null;
    }
  }

  /// Takes over what `other` has at `step`.
  void copy(int step, StepSeries other) {
    values[step] = other.values[step];
    FloatHistogram histogram = other.histogram(step);
    if (histogram != null) {
      set(step, histogram);
    }
  }

  /// Whether no step has anything.
  boolean isEmpty() {
    for (int i = 0; i < values.length; i++) {
      if (has(i)) {
        return false;
      }
    }
    return true;
  }

  /// Steps that have something.
  int points() {
    int points = 0;
    for (int i = 0; i < values.length; i++) {
      if (has(i)) {
        points++;
      }
    }
    return points;
  }

  /// Labels without the metric name if that is to go.
  Labels finalLabels() {
    return dropName ? labels.without(Labels.NAME) : labels;
  }
}
