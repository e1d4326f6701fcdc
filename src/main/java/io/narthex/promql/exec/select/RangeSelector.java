package io.narthex.promql.exec.select;

import io.narthex.model.labels.Labels;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.Lane;
import io.narthex.promql.exec.series.SampleSource;
import io.narthex.storage.SampleBuffer;

/// The raw samples of a range selector, without stale markers.
public final class RangeSelector implements SampleSource {

  private final Selection selection;
  private final long minMs;
  private final long maxMs;

  /// @param minMs first instant that some window needs, inclusive
  /// @param maxMs last instant, inclusive
  public RangeSelector(Selection selection, long minMs, long maxMs) {
    this.selection = selection;
    this.minMs = minMs;
    this.maxMs = maxMs;
  }

  @Override
  public int size() {
    return selection.size();
  }

  @Override
  public Labels labels(int i) {
    return selection.labels(i);
  }

  @Override
  public boolean dropName(int i) {
    return false;
  }

  @Override
  public boolean distinctUnnamed() {
    return selection.oneMetric();
  }

  @Override
  public void read(int i, Lane lane, SampleBuffer out) {
    selection.read(i, minMs, maxMs, out);
    dropStale(out);
  }

  private static void dropStale(SampleBuffer samples) {
    int i = samples.histograms == null ? firstStale(samples) : 0;
    int kept = i;
    for (; i < samples.size; i++) {
      if (!stale(samples, i)) {
        samples.timesMs[kept] = samples.timesMs[i];
        samples.values[kept] = samples.values[i];
        if (samples.histograms != null) {
          samples.histograms[kept] = samples.histograms[i];
        }
        if (samples.startsMs != null) {
          samples.startsMs[kept] = samples.startsMs[i];
        }
        kept++;
      }
    }
    samples.truncate(kept);
  }

  private static int firstStale(SampleBuffer samples) {
    double[] values = samples.values;
    int size = samples.size;
    int i = 0;
    while (i < size && !Column.absent(values[i])) {
      i++;
    }
    return i;
  }

  private static boolean stale(SampleBuffer samples, int i) {
    FloatHistogram histogram = samples.histogram(i);
    return histogram == null ? Column.absent(samples.values[i]) : histogram.isStale();
  }

  /// Appends the samples of `from` that are no stale markers.
  static void copyLive(SampleBuffer from, SampleBuffer to) {
    for (int i = 0; i < from.size; i++) {
      FloatHistogram histogram = from.histogram(i);
      if (stale(from, i)) {
        continue;
      }
      if (histogram == null) {
        to.add(from.timesMs[i], from.values[i]);
      } else {
        to.add(from.timesMs[i], histogram);
      }
    }
  }
}
