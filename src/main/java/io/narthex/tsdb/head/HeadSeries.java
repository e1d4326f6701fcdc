package io.narthex.tsdb.head;

import io.narthex.model.labels.Labels;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.Series;

/// A series of the head as one reader sees it.
final class HeadSeries implements Series {

  private final HeadReader reader;
  private final SeriesPage page;
  private final long ref;
  private final Labels labels;

  HeadSeries(HeadReader reader, SeriesPage page, long ref, Labels labels) {
    this.reader = reader;
    this.page = page;
    this.ref = ref;
    this.labels = labels;
  }

  @Override
  public Labels labels() {
    return labels;
  }

  long ref() {
    return ref;
  }

  @Override
  public void read(long minMs, long maxMs, SampleBuffer out) {
    reader.read(page, ref, minMs, maxMs, out);
  }
}
