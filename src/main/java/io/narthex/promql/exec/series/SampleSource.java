package io.narthex.promql.exec.series;

import io.narthex.model.labels.Labels;
import io.narthex.storage.SampleBuffer;

/// Series of raw samples that range functions slide their window over.
public interface SampleSource {

  int size();

  Labels labels(int i);

  /// Whether the metric name goes away at the end of the query whatever the function does.
  boolean dropName(int i);

  /// Whether it is known that all labels differ, even without those that name the metric.
  boolean distinctUnnamed();

  /// Appends the samples of series `i` that some window may need, stale markers left out.
  void read(int i, Lane lane, SampleBuffer out);
}
