package io.narthex.promql.exec.range;

import io.narthex.promql.exec.series.Column;

/// A function over windows: fills the steps that have a value. One instance belongs to one lane and
/// may keep buffers from series to series.
public interface RangeKernel {

  /// @param out empty, one slot a step
  void fill(Windows windows, Column out);
}
