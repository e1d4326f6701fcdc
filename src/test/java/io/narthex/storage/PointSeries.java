package io.narthex.storage;

import io.narthex.model.labels.Labels;

/// A series with one sample, whose value is its time.
record PointSeries(Labels labels, long tMs) implements Series {
  @Override
  public void read(long minMs, long maxMs, SampleBuffer out) {
    out.add(tMs, tMs);
  }
}
