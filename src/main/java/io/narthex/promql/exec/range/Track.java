package io.narthex.promql.exec.range;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.storage.SampleBuffer;
import java.util.Arrays;

/// The samples of one kind, floats or histograms, of a series, and the part of them that lies in
/// the window of each step: indexes `[from[i], to[i])`.
public final class Track {

  public final SampleBuffer samples;
  public int[] from = {};
  public int[] to = {};

  /// Whether the windows may be other than empty.
  private boolean slid;

  Track(SampleBuffer samples) {
    this.samples = samples;
  }

  /// A track over other samples that uses this one's arrays further.
  Track over(SampleBuffer others) {
    Track track = new Track(others);
    track.from = from;
    track.to = to;
    track.slid = slid;
    return track;
  }

  /// How many samples are in the window of step `i`.
  public int count(int i) {
    return to[i] - from[i];
  }

  public long timeMs(int i) {
    return samples.timesMs[i];
  }

  public double value(int i) {
    return samples.values[i];
  }

  /// Histogram `i`; only of a track of histograms.
  public FloatHistogram histogram(int i) {
    FloatHistogram histogram = samples.histogram(i);
    if (histogram == null) {
      throw new IllegalStateException("BUG: a float in a track of histograms");
    }
    return histogram;
  }

  /// Slides the window over the samples. `starts` (exclusive) and `ends` (inclusive) ascend.
  /// Returns how many samples lie in the windows, each counted once a window.
  long slide(long[] starts, long[] ends, int steps) {
    if (from.length < steps) {
      from = new int[steps];
      to = new int[steps];
    }
    int size = samples.size;
    if (size == 0) {
      if (slid) {
        Arrays.fill(from, 0, steps, 0);
        Arrays.fill(to, 0, steps, 0);
        slid = false;
      }
      return 0;
    }
    slid = true;
    long[] times = samples.timesMs;
    int[] first = from;
    int[] behind = to;
    long looked = 0;
    int f = 0;
    int t = 0;
    int stride = 0;
    for (int i = 0; i < steps; i++) {
      // Samples and steps mostly come evenly: try as many samples on as the step before.
      int guess = f + stride;
      if (stride > 0 && begins(times, size, guess, starts[i])) {
        f = guess;
      } else {
        int before = f;
        while (f < size && times[f] <= starts[i]) {
          f++;
        }
        stride = f - before;
      }
      guess = t + stride;
      if (stride > 0 && guess >= f && begins(times, size, guess, ends[i])) {
        t = guess;
      } else {
        t = Math.max(t, f);
        while (t < size && times[t] <= ends[i]) {
          t++;
        }
      }
      first[i] = f;
      behind[i] = t;
      looked += t - f;
    }
    return looked;
  }

  /// Whether sample `i` is the first one behind `ms`, and not the first of all.
  private static boolean begins(long[] times, int size, int i, long ms) {
    return i > 0 && i < size && times[i] > ms && times[i - 1] <= ms;
  }
}
