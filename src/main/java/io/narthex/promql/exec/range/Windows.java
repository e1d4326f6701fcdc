package io.narthex.promql.exec.range;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.promql.ast.Expr.Pos;
import io.narthex.promql.exec.series.Annotations;
import io.narthex.promql.exec.series.SampleWeight;
import io.narthex.promql.exec.series.Steps;
import io.narthex.storage.SampleBuffer;

/// One series as range functions see it: its floats and its histograms, each with the windows of
/// all steps. Reused from series to series by one lane.
public final class Windows {

  /// The shape of the windows.
  ///
  /// @param steps the steps
  /// @param ends end of each step's range, inclusive, before anchored or smoothed widen it
  /// @param rangeMs width of the range
  /// @param reachBackMs by how much the window begins before the range
  /// @param reachOnMs by how much the window ends after the range
  /// @param pos where the argument stands
  public record Shape(
      Steps steps,
      long[] ends,
      long rangeMs,
      long reachBackMs,
      long reachOnMs,
      boolean anchored,
      boolean smoothed,
      boolean startTimestamps,
      Pos pos) {

    /// End of the range of step `i`.
    public long end(int i) {
      return ends[i];
    }

    /// Start of the range of step `i`, exclusive.
    public long start(int i) {
      return ends[i] - rangeMs;
    }
  }

  private final Shape shape;
  private final long[] starts;
  private final long[] reaches;
  private final SampleBuffer splitFloats = new SampleBuffer(0);
  private final SampleBuffer splitHistograms = new SampleBuffer(0);
  private Track floats;
  private Track histograms;
  private String metric = "";
  private long looked;
  private Annotations annotations = new Annotations();

  public Windows(Shape shape) {
    this.shape = shape;
    int steps = shape.steps.count();
    starts = new long[steps];
    reaches = new long[steps];
    for (int i = 0; i < steps; i++) {
      starts[i] = shape.start(i) - shape.reachBackMs;
      reaches[i] = shape.ends[i] + shape.reachOnMs;
    }
    floats = new Track(splitFloats);
    histograms = new Track(splitHistograms);
  }

  /// Turns to the series with these samples.
  void turnTo(SampleBuffer samples, String metricName, Annotations notes) {
    metric = metricName;
    annotations = notes;
    splitHistograms.clear();
    SampleBuffer own = samples;
    if (samples.histograms != null) {
      split(samples);
      own = splitFloats;
    }
    if (floats.samples != own) {
      floats = floats.over(own);
    }
    int steps = shape.steps.count();
    looked = floats.slide(starts, reaches, steps) + histograms.slide(starts, reaches, steps);
  }

  private void split(SampleBuffer samples) {
    splitFloats.clear();
    for (int i = 0; i < samples.size; i++) {
      FloatHistogram histogram = samples.histogram(i);
      SampleBuffer target = histogram == null ? splitFloats : splitHistograms;
      if (histogram == null) {
        target.add(samples.timesMs[i], samples.values[i]);
      } else {
        target.add(samples.timesMs[i], histogram);
      }
      target.setStartMs(samples.startMs(i));
    }
  }

  public Shape shape() {
    return shape;
  }

  public int steps() {
    return shape.steps.count();
  }

  public Track floats() {
    return floats;
  }

  public Track histograms() {
    return histograms;
  }

  /// How many samples lie in the windows, each counted once a window.
  long looked() {
    return looked;
  }

  /// What the samples in the window of step `i` weigh.
  long weight(int i) {
    long weight = floats.count(i);
    for (int h = histograms.from[i]; h < histograms.to[i]; h++) {
      weight += SampleWeight.of(histograms.histogram(h));
    }
    return weight;
  }

  /// Whether the series has a histogram in any window's reach.
  public boolean anyHistogram() {
    return histograms.samples.size > 0;
  }

  /// Name of the metric, for annotations.
  public String metric() {
    return metric;
  }

  public Pos pos() {
    return shape.pos;
  }

  public Annotations annotations() {
    return annotations;
  }
}
