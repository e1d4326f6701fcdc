package io.narthex.tsdb.chunk;

import io.narthex.storage.SampleBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Start timestamps of samples that follow each other, while they are kept beside the samples: a
/// sorted array `time, start, time, start ...` says from which time on samples have which start.
/// Most series have one pair, that of the process that counts. The arrays are never changed, so
/// that readers need not be kept away; null stands for no start at all.
public final class StartRuns {

  private StartRuns() {}

  /// The runs of a first sample.
  public static long @Nullable [] of(long tMs, long startMs) {
    return startMs == 0 ? null : new long[] {tMs, startMs};
  }

  /// The runs with one more sample, which is later than all others.
  public static long @Nullable [] with(long @Nullable [] runs, long tMs, long startMs) {
    if (runs == null) {
      return of(tMs, startMs);
    }
    if (runs[runs.length - 1] == startMs) {
      return runs;
    }
    long[] more = Arrays.copyOf(runs, runs.length + 2);
    more[runs.length] = tMs;
    more[runs.length + 1] = startMs;
    return more;
  }

  /// Sets the starts of the samples `[from, size)`.
  public static void fill(long @Nullable [] runs, SampleBuffer samples, int from) {
    if (runs == null) {
      return;
    }
    int run = -2;
    for (int i = from; i < samples.size; i++) {
      while (run + 2 < runs.length && runs[run + 2] <= samples.timesMs[i]) {
        run += 2;
      }
      if (run >= 0) {
        samples.setStartMs(i, runs[run + 1]);
      }
    }
  }
}
