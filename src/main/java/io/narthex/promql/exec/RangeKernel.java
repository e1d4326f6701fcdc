package io.narthex.promql.exec;

/// A function over a range vector, applied to one window of one series. One object serves one part
/// of the work, so it may keep what it learned of the series at hand.
interface RangeKernel {

  /// Called before the first window of each series.
  default void begin(RangeSeries series) {}

  /// Puts the function's value of the window into `out` at `step`, or leaves that step absent. The
  /// window is not empty.
  void eval(RangeSeries window, int step, StepSeries out);

  /// A function of floats alone; the window has at least one float.
  @FunctionalInterface
  interface OfFloats {
    /// The value, or {@link StepSeries#ABSENT}.
    double at(RangeSeries window);
  }
}
