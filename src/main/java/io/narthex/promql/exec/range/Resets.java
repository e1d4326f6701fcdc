package io.narthex.promql.exec.range;

import io.narthex.storage.SampleBuffer;
import java.util.Arrays;

/// Where a counter of floats fell: most counters never do, so the places are kept as a short list
/// and windows without one cost nothing.
final class Resets {

  private int[] at = new int[8];
  private int count;
  private int first;

  /// Finds the resets of a series.
  void find(SampleBuffer samples, boolean startTimestamps) {
    count = 0;
    first = 0;
    double[] values = samples.values;
    boolean starts = startTimestamps && samples.startsMs != null;
    for (int i = 1; i < samples.size; i++) {
      if (values[i] < values[i - 1]
          || starts
              && StartTimes.reset(
                  samples.startMs(i - 1),
                  samples.timesMs[i - 1],
                  samples.startMs(i),
                  samples.timesMs[i])) {
        if (count == at.length) {
          at = Arrays.copyOf(at, count * 2);
        }
        at[count++] = i;
      }
    }
  }

  /// What the counter lost to resets between the samples `from` and `to - 1`. Windows must ascend.
  double correction(double[] values, int from, int to, double base) {
    if (count == 0) {
      return base;
    }
    while (first < count && at[first] <= from) {
      first++;
    }
    double sum = base;
    for (int i = first; i < count && at[i] < to; i++) {
      sum += values[at[i] - 1];
    }
    return sum;
  }
}
