package io.narthex.tsdb.block;

import io.narthex.storage.SampleBuffer;
import java.util.Arrays;

/// Joins runs of samples that overlap in time.
final class SampleMerge {

  private SampleMerge() {}

  /// Brings the ascending runs `[from, middle)` and `[middle, size)` of a buffer into one. Of two
  /// samples of the same time the one of the first run stays. Costs nothing if they follow each
  /// other.
  static void join(SampleBuffer samples, int from, int middle) {
    int end = samples.size;
    if (from == middle || middle == end || samples.timesMs[middle - 1] < samples.timesMs[middle]) {
      return;
    }
    SampleBuffer first = copy(samples, from, middle);
    SampleBuffer second = copy(samples, middle, end);
    samples.size = from;
    int a = 0;
    int b = 0;
    while (a < first.size || b < second.size) {
      boolean takeFirst =
          b == second.size || (a < first.size && first.timesMs[a] <= second.timesMs[b]);
      SampleBuffer source = takeFirst ? first : second;
      int at = takeFirst ? a++ : b++;
      if (samples.size == from || samples.timesMs[samples.size - 1] < source.timesMs[at]) {
        move(source, at, samples);
      }
    }
  }

  private static void move(SampleBuffer source, int at, SampleBuffer target) {
    int n = target.size++;
    target.timesMs[n] = source.timesMs[at];
    target.values[n] = source.values[at];
    if (target.histograms != null) {
      target.histograms[n] = source.histogram(at);
    }
  }

  private static SampleBuffer copy(SampleBuffer samples, int from, int to) {
    SampleBuffer copy = new SampleBuffer(0);
    copy.timesMs = Arrays.copyOfRange(samples.timesMs, from, to);
    copy.values = Arrays.copyOfRange(samples.values, from, to);
    if (samples.histograms != null) {
      copy.histograms = Arrays.copyOfRange(samples.histograms, from, to);
    }
    copy.size = to - from;
    return copy;
  }
}
