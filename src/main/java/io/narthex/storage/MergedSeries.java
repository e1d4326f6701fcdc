package io.narthex.storage;

import io.narthex.model.labels.Labels;
import java.util.Arrays;

/// One series out of several storages, those with older data mostly first.
final class MergedSeries implements Series {

  private Series[] parts;
  private int size;

  private MergedSeries(Series first, int capacity) {
    parts = new Series[Math.max(2, capacity)];
    parts[0] = first;
    size = 1;
  }

  /// Adds `later` to a series that may have been merged before; that one is used up.
  ///
  /// @param most how many series will probably be joined at most
  static Series join(Series earlier, Series later, int most) {
    MergedSeries merged =
        earlier instanceof MergedSeries before ? before : new MergedSeries(earlier, most);
    merged.add(later);
    return merged;
  }

  private void add(Series later) {
    if (later instanceof MergedSeries merged) {
      for (int i = 0; i < merged.size; i++) {
        add(merged.parts[i]);
      }
      return;
    }
    if (size == parts.length) {
      parts = Arrays.copyOf(parts, size * 2);
    }
    parts[size++] = later;
  }

  @Override
  public Labels labels() {
    return parts[0].labels();
  }

  @Override
  public void read(long minMs, long maxMs, SampleBuffer out) {
    int before = out.size;
    for (int i = 0; i < size; i++) {
      int middle = out.size;
      parts[i].read(minMs, maxMs, out);
      SampleRuns.join(out, before, middle);
    }
  }
}
