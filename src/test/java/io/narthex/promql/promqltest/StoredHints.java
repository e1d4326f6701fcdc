package io.narthex.promql.promqltest;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;
import io.narthex.promql.exec.histogram.CounterReset;
import io.narthex.promql.exec.histogram.HistogramMath;
import org.jspecify.annotations.Nullable;

/// The reset hints with which histograms come out of a chunk again, whatever they went in with: the
/// first of a chunk has that of the chunk, the others have none, and a chunk ends at a reset.
final class StoredHints {

  private StoredHints() {}

  /// @param before the histogram before in the series, as it is stored; null if there is none
  static FloatHistogram hinted(@Nullable FloatHistogram before, FloatHistogram histogram) {
    if (histogram.isStale() || histogram.resetHint == ResetHint.GAUGE) {
      return histogram;
    }
    if (before == null || before.isStale() || before.resetHint == ResetHint.GAUGE) {
      return histogram.resetHint == ResetHint.RESET
          ? histogram
          : HistogramMath.withHint(histogram, ResetHint.UNKNOWN);
    }
    boolean reset =
        histogram.resetHint == ResetHint.RESET || CounterReset.visible(before, histogram);
    return HistogramMath.withHint(histogram, reset ? ResetHint.UNKNOWN : ResetHint.NO_RESET);
  }
}
