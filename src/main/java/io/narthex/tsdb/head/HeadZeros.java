package io.narthex.tsdb.head;

import io.narthex.model.labels.Labels;
import io.narthex.model.sample.FloatHistogram;
import java.util.function.Consumer;

/// The zeros at which series begin to count, ahead of samples that say since when they do. Source:
/// prometheus `tsdb/head_append_v2.go`.
final class HeadZeros {

  private HeadZeros() {}

  /// A batch of the zeros that are wanted ahead of the samples of `batch` and come in order. The
  /// references of `batch` are known.
  ///
  /// @param minMs the oldest time of a sample that is in order
  static HeadBatch of(
      HeadBatch batch, SeriesTable table, long minMs, Consumer<HeadBatch> whenCommitted) {
    HeadBatch zeros = new HeadBatch(whenCommitted, false);
    for (HeadBatch.StagedZero zero : batch.zeros) {
      long ref = batch.refs[zero.sample()];
      SeriesPage page = ref == 0 ? null : table.page(ref);
      long startMs = zero.startMs();
      if (page != null
          && startMs >= minMs
          && startMs < batch.timesMs[zero.sample()]
          && page.isBehind(ref, startMs)) {
        add(zeros, batch, zero);
      }
    }
    return zeros;
  }

  private static void add(HeadBatch zeros, HeadBatch batch, HeadBatch.StagedZero zero) {
    long ref = batch.refs[zero.sample()];
    FloatHistogram histogram = batch.histograms == null ? null : batch.histograms[zero.sample()];
    if (histogram == null) {
      zeros.append(ref, Labels.EMPTY, zero.startMs(), 0);
    } else {
      zeros.append(ref, Labels.EMPTY, zero.startMs(), histogram.emptied());
    }
  }
}
