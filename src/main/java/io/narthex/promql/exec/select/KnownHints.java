package io.narthex.promql.exec.select;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;
import io.narthex.promql.exec.histogram.CounterReset;
import io.narthex.promql.exec.histogram.HistogramMath;
import io.narthex.storage.SampleBuffer;

/// Finds out the reset hints that storage left open, by comparing neighbours. Queries that only
/// want counts and sums get them so, and warn accordingly.
final class KnownHints {

  private KnownHints() {}

  static void find(SampleBuffer samples) {
    if (samples.histograms == null) {
      return;
    }
    FloatHistogram previous = null;
    for (int i = 0; i < samples.size; i++) {
      FloatHistogram histogram = samples.histogram(i);
      if (histogram == null || histogram.isStale()) {
        continue;
      }
      if (histogram.resetHint == ResetHint.UNKNOWN && previous != null) {
        boolean reset = CounterReset.visible(previous, histogram);
        samples.histograms[i] =
            HistogramMath.withHint(histogram, reset ? ResetHint.RESET : ResetHint.NO_RESET);
      }
      previous = histogram;
    }
  }
}
