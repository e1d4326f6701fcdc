package io.narthex.promql.exec.select;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;
import io.narthex.promql.exec.histogram.CounterReset;
import io.narthex.storage.SampleBuffer;

/// Finds out the reset hints that storage left open, by comparing neighbours, and forgets the
/// buckets. Queries that only want counts and sums get histograms so, and warn accordingly.
final class KnownHints {

  private static final int[] NO_SPANS = {};
  private static final double[] NO_VALUES = {};

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
      ResetHint hint = histogram.resetHint;
      if (hint == ResetHint.UNKNOWN && previous != null) {
        hint = CounterReset.visible(previous, histogram) ? ResetHint.RESET : ResetHint.NO_RESET;
      }
      samples.histograms[i] = withoutBuckets(histogram, hint);
      previous = histogram;
    }
  }

  private static FloatHistogram withoutBuckets(FloatHistogram h, ResetHint hint) {
    return new FloatHistogram(
        hint, h.schema, 0, 0, h.count, h.sum, NO_SPANS, NO_VALUES, NO_SPANS, NO_VALUES, NO_VALUES);
  }
}
