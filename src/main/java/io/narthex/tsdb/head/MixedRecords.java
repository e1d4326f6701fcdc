package io.narthex.tsdb.head;

import io.narthex.model.sample.FloatHistogram;
import io.narthex.tsdb.wal.RecordEncoder;
import io.narthex.tsdb.wal.RecordEncoder.HistogramSample;
import io.narthex.tsdb.wal.SampleColumns;
import io.narthex.tsdb.wal.WalBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Puts the samples of a commit with histograms or old samples into records. Floats and each kind
/// of histograms have records of their own, so the order of the commit is not that of the log: what
/// will be refused must not be in there (reading the log again, it might come first and be taken),
/// and where a series has samples of several kinds, the earlier ones are logged first. Under the
/// head's commit lock.
final class MixedRecords {

  /// Stands for the record of floats.
  private static final int FLOATS = 0;

  private final HeadState state;
  private final SampleColumns floats = new SampleColumns();
  private final List<HistogramSample> histograms = new ArrayList<>();
  private final Map<Long, Integer> pending = new HashMap<>();
  private final Map<Long, Long> newest = new HashMap<>();

  MixedRecords(HeadState state) {
    this.state = state;
  }

  /// Adds records of all samples that are in order.
  ///
  /// @param minInOrderMs samples before this are not in order for sure
  void encode(HeadBatch batch, long minInOrderMs, WalBatch records) {
    for (int i = 0; i < batch.size; i++) {
      long ref = batch.refs[i];
      long tMs = batch.timesMs[i];
      if (ref == 0 || tMs < minInOrderMs || tMs <= newest.computeIfAbsent(ref, this::newestMs)) {
        continue;
      }
      newest.put(ref, tMs);
      FloatHistogram histogram = batch.histograms == null ? null : batch.histograms[i];
      int kind = histogram == null ? FLOATS : RecordEncoder.recordType(histogram);
      Integer before = pending.put(ref, kind);
      if (before != null && before != kind) {
        flush(records);
        pending.put(ref, kind);
      }
      if (histogram == null) {
        floats.add(ref, tMs, batch.values[i], batch.startMs(i));
      } else {
        histograms.add(new HistogramSample(ref, tMs, histogram, batch.startMs(i)));
      }
    }
    flush(records);
    newest.clear();
  }

  private long newestMs(long ref) {
    SeriesPage page = state.table.page(ref);
    if (page == null) {
      return Long.MIN_VALUE;
    }
    long line = page.line(ref);
    boolean hasSamples = (Words.get(line, SeriesPage.VERSION) & SeriesPage.HAS_SAMPLES) != 0;
    return hasSamples ? Words.get(line, SeriesPage.LAST_T) : Long.MIN_VALUE;
  }

  private void flush(WalBatch records) {
    RecordEncoder.samples(records, floats);
    RecordEncoder.histograms(records, histograms);
    floats.clear();
    histograms.clear();
    pending.clear();
  }
}
