package io.narthex.storage;

import io.narthex.model.labels.Labels;
import java.util.ArrayList;
import java.util.List;

/// One series out of several storages, those with older data mostly first.
final class MergedSeries implements Series {

  private final List<Series> parts;

  private MergedSeries(List<Series> parts) {
    this.parts = parts;
  }

  /// Adds `later` to a series that may have been merged before.
  static Series join(Series earlier, Series later) {
    List<Series> parts = new ArrayList<>();
    if (earlier instanceof MergedSeries merged) {
      parts.addAll(merged.parts);
    } else {
      parts.add(earlier);
    }
    parts.add(later);
    return new MergedSeries(parts);
  }

  @Override
  public Labels labels() {
    return parts.getFirst().labels();
  }

  @Override
  public void read(long minMs, long maxMs, SampleBuffer out) {
    int before = out.size;
    for (Series part : parts) {
      int middle = out.size;
      part.read(minMs, maxMs, out);
      SampleRuns.join(out, before, middle);
    }
  }
}
