package io.narthex.storage;

import io.narthex.model.sample.FloatHistogram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Brings runs of samples of one series into one.
public final class SampleRuns {

  private SampleRuns() {}

  /// Joins the ascending runs `[from, middle)` and `[middle, size)`. Of two samples of the same
  /// time the one of the first run stays. Costs nothing if they follow each other.
  public static void join(SampleBuffer samples, int from, int middle) {
    int end = samples.size;
    if (from == middle || middle == end || samples.timesMs[middle - 1] < samples.timesMs[middle]) {
      return;
    }
    long[] times = Arrays.copyOfRange(samples.timesMs, from, end);
    double[] values = Arrays.copyOfRange(samples.values, from, end);
    @Nullable FloatHistogram @Nullable [] histograms =
        samples.histograms == null ? null : Arrays.copyOfRange(samples.histograms, from, end);
    long @Nullable [] starts =
        samples.startsMs == null ? null : Arrays.copyOfRange(samples.startsMs, from, end);
    int half = middle - from;
    int a = 0;
    int b = half;
    int n = from;
    while (a < half || b < times.length) {
      boolean first = b == times.length || a < half && times[a] <= times[b];
      int at = first ? a++ : b++;
      if (n > from && samples.timesMs[n - 1] == times[at]) {
        continue;
      }
      samples.timesMs[n] = times[at];
      samples.values[n] = values[at];
      if (samples.histograms != null && histograms != null) {
        samples.histograms[n] = histograms[at];
      }
      if (samples.startsMs != null && starts != null) {
        samples.startsMs[n] = starts[at];
      }
      n++;
    }
    samples.truncate(n);
  }
}
