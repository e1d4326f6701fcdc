package io.narthex.promql.exec.range;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.promql.exec.series.Column;

/// Functions that ask which samples there are, not what they say.
enum Presence implements RangeKernel {
  COUNT {
    @Override
    void step(Track floats, Track histograms, int i, Column out) {
      out.values[i] = floats.count(i) + histograms.count(i);
    }
  },
  PRESENT {
    @Override
    void step(Track floats, Track histograms, int i, Column out) {
      out.values[i] = 1;
    }
  },
  FIRST {
    @Override
    void step(Track floats, Track histograms, int i, Column out) {
      int f = floats.from[i];
      int h = histograms.from[i];
      boolean isFloat =
          histograms.count(i) == 0
              || floats.count(i) > 0 && floats.timeMs(f) < histograms.timeMs(h);
      put(floats, histograms, isFloat, f, h, i, out);
    }
  },
  LAST {
    @Override
    void step(Track floats, Track histograms, int i, Column out) {
      int f = floats.to[i] - 1;
      int h = histograms.to[i] - 1;
      boolean isFloat =
          histograms.count(i) == 0
              || floats.count(i) > 0 && floats.timeMs(f) > histograms.timeMs(h);
      put(floats, histograms, isFloat, f, h, i, out);
    }
  },
  TIME_OF_FIRST {
    @Override
    void step(Track floats, Track histograms, int i, Column out) {
      long f = floats.count(i) == 0 ? Long.MAX_VALUE : floats.timeMs(floats.from[i]);
      long h = histograms.count(i) == 0 ? Long.MAX_VALUE : histograms.timeMs(histograms.from[i]);
      out.values[i] = Math.min(f, h) / 1000.0;
    }
  },
  TIME_OF_LAST {
    @Override
    void step(Track floats, Track histograms, int i, Column out) {
      long f = floats.count(i) == 0 ? 0 : floats.timeMs(floats.to[i] - 1);
      long h = histograms.count(i) == 0 ? 0 : histograms.timeMs(histograms.to[i] - 1);
      out.values[i] = Math.max(f, h) / 1000.0;
    }
  };

  abstract void step(Track floats, Track histograms, int i, Column out);

  @Override
  public void fill(Windows windows, Column out) {
    Track floats = windows.floats();
    Track histograms = windows.histograms();
    for (int i = 0; i < windows.steps(); i++) {
      if (floats.count(i) + histograms.count(i) > 0) {
        step(floats, histograms, i, out);
      }
    }
  }

  private static void put(
      Track floats, Track histograms, boolean isFloat, int f, int h, int i, Column out) {
    if (isFloat) {
      out.set(i, floats.value(f));
    } else {
      FloatHistogram histogram = histograms.histogram(h);
      out.set(i, histogram);
    }
  }
}
