package io.narthex.promql.exec;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.StaleMarker;
import io.narthex.storage.SampleBuffer;
import java.util.Objects;

/// Samples of one series as range functions see them: floats and histograms apart, without stale
/// markers, and the window `(startMs, endMs]` of the step at hand as half-open index spans over
/// both. Reused from series to series.
final class RangeSeries {

  long[] t = new long[0];
  double[] v = new double[0];
  int size;

  long[] ht = new long[0];
  FloatHistogram[] h = new FloatHistogram[0];
  int hsize;

  /// Window over floats `[lo, hi)` and over histograms `[hlo, hhi)`.
  int lo;

  int hi;
  int hlo;
  int hhi;

  /// Left-open, right-closed bounds of the window.
  long startMs;

  long endMs;

  /// The step that is evaluated, for parameters that change by step, and its time.
  int step;

  long stepMs;

  /// The metric's name, for annotations.
  String metric = "";

  /// Room for kernels that sort.
  double[] scratch = new double[64];

  /// Takes in the samples of `buffer`, which must stay untouched until the next call.
  void load(SampleBuffer buffer) {
    lo = hi = hlo = hhi = 0;
    hsize = 0;
    if (buffer.histograms == null) {
      loadFloats(buffer);
    } else {
      loadMixed(buffer);
    }
  }

  /// Squeezes out stale markers in place: most series have none.
  private void loadFloats(SampleBuffer buffer) {
    t = buffer.timesMs;
    v = buffer.values;
    int n = 0;
    for (int i = 0; i < buffer.size; i++) {
      if (Double.doubleToRawLongBits(v[i]) != StaleMarker.STALE_BITS) {
        if (n != i) {
          t[n] = t[i];
          v[n] = v[i];
        }
        n++;
      }
    }
    size = n;
    buffer.size = n;
  }

  private void loadMixed(SampleBuffer buffer) {
    t = new long[buffer.size];
    v = new double[buffer.size];
    ht = new long[buffer.size];
    h = new FloatHistogram[buffer.size];
    size = 0;
    for (int i = 0; i < buffer.size; i++) {
      FloatHistogram histogram = buffer.histogram(i);
      if (histogram != null) {
        if (!histogram.isStale()) {
          ht[hsize] = buffer.timesMs[i];
          h[hsize++] = histogram;
        }
      } else if (!StaleMarker.isStale(buffer.values[i])) {
        t[size] = buffer.timesMs[i];
        v[size++] = buffer.values[i];
      }
    }
  }

  /// Moves the window on to `(startMs, endMs]`; both bounds only rise from call to call.
  void slide(long windowStartMs, long windowEndMs) {
    startMs = windowStartMs;
    endMs = windowEndMs;
    while (hi < size && t[hi] <= windowEndMs) {
      hi++;
    }
    while (lo < hi && t[lo] <= windowStartMs) {
      lo++;
    }
    while (hhi < hsize && ht[hhi] <= windowEndMs) {
      hhi++;
    }
    while (hlo < hhi && ht[hlo] <= windowStartMs) {
      hlo++;
    }
  }

  /// Floats in the window.
  int count() {
    return hi - lo;
  }

  /// Histograms in the window.
  int histogramCount() {
    return hhi - hlo;
  }

  boolean isEmpty() {
    return hi == lo && hhi == hlo;
  }

  FloatHistogram histogram(int i) {
    return Objects.requireNonNull(h[i]);
  }

  /// Scratch space of at least `n` values.
  double[] scratch(int n) {
    if (scratch.length < n) {
      scratch = new double[Math.max(n, scratch.length * 2)];
    }
    return scratch;
  }
}
