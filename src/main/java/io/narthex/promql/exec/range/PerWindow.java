package io.narthex.promql.exec.range;

import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.Notes;

/// Kernels that look at the floats of each window anew. Histograms are not looked at; that they are
/// there is noted.
abstract class PerWindow implements RangeKernel {

  /// Value of the window `[from, to)` of step `step`; at least {@link #needed} samples.
  abstract double value(Track floats, int from, int to, int step, Windows windows);

  /// A series begins; its windows will come ascending.
  void begin(Track floats) {}

  /// Samples without which there is no value.
  int needed() {
    return 1;
  }

  @Override
  public void fill(Windows windows, Column out) {
    Track floats = windows.floats();
    Track histograms = windows.histograms();
    boolean mixed = windows.anyHistogram();
    int needed = needed();
    begin(floats);
    for (int i = 0; i < windows.steps(); i++) {
      int n = floats.count(i);
      if (mixed && n > 0 && histograms.count(i) > 0) {
        windows.annotations().add(Notes.histogramsIgnoredInRange(windows.metric(), windows.pos()));
      }
      if (n >= needed) {
        out.values[i] = value(floats, floats.from[i], floats.to[i], i, windows);
      }
    }
  }
}
