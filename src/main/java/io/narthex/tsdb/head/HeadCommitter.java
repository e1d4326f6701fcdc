package io.narthex.tsdb.head;

import io.narthex.io.disk.DiskException;
import io.narthex.model.labels.Labels;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.StaleMarker;
import io.narthex.storage.Appender.Outcome;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.head.ExemplarRing.Verdict;
import io.narthex.tsdb.wal.RecordEncoder;
import io.narthex.tsdb.wal.RecordEncoder.ExemplarSample;
import io.narthex.tsdb.wal.RecordEncoder.SeriesMetadata;
import io.narthex.tsdb.wal.WalBatch;
import io.narthex.tsdb.wal.WalWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A commit, step by step: find or make the series, log, apply. Runs under the head's commit lock;
/// there is one of these, with the buffers that all commits share.
final class HeadCommitter {

  private final HeadState state;
  private final WalWriter wal;
  private final LateLog lateLog;
  private final HeadMetrics metrics;
  private final HeadOptions options;
  private final WalBatch records;
  private final MixedRecords mixed;
  private final SeriesCaps caps;

  /// Series up to here have their record in the log; those behind it were made by commits that
  /// could not be logged, and are logged with the next one that can.
  private long loggedRef;

  HeadCommitter(
      HeadState state, WalWriter wal, LateLog lateLog, HeadMetrics metrics, HeadOptions options) {
    this.state = state;
    this.wal = wal;
    this.lateLog = lateLog;
    this.metrics = metrics;
    this.options = options;
    records = new WalBatch(options.wal());
    mixed = new MixedRecords(state);
    caps = new SeriesCaps(state, metrics);
  }

  /// Everything that is in the head now came from the log.
  void allLogged() {
    loggedRef = state.table.nextRef() - 1;
  }

  /// Whether there are series that the log does not name yet.
  boolean isUnlogged() {
    return loggedRef < state.table.nextRef() - 1;
  }

  /// @throws StorageException if the batch could not be logged; nothing of it is stored then
  void commit(HeadBatch batch) {
    metrics.transaction();
    if (batch.size == 0) {
      return;
    }
    long minInOrderMs = state.minAppendableMs(batch.timesMs[0]);
    long minLateMs = state.minLateMs();
    resolve(batch, Math.min(minInOrderMs, minLateMs));
    if (!batch.zeros.isEmpty()) {
      // A batch of its own: that of the samples must find the zeros stored.
      HeadZeros.of(batch, state.table, minInOrderMs, z -> store(z, minInOrderMs, Long.MAX_VALUE))
          .commit();
    }
    store(batch, minInOrderMs, minLateMs);
  }

  private void store(HeadBatch batch, long minInOrderMs, long minLateMs) {
    if (batch.size == 0) {
      return;
    }
    log(batch, minInOrderMs, minLateMs < minInOrderMs);
    state.memory.applying();
    apply(batch, minInOrderMs, minLateMs);
    state.memory.applied();
  }

  private void resolve(HeadBatch batch, long minMs) {
    long[] refs = batch.refs;
    for (int i = 0; i < batch.size; i++) {
      if (batch.timesMs[i] < minMs) {
        refs[i] = 0;
        batch.reject(i, tooOld(batch.timesMs[i]));
        continue;
      }
      long ref = refs[i];
      SeriesPage page = state.table.page(ref);
      if (page == null || page.labels[(int) ref & SeriesPage.MASK] == null) {
        refs[i] = findOrMake(batch, i);
      }
    }
  }

  /// Where late samples are not taken, those that are late for their time alone do not count as out
  /// of order.
  private Outcome tooOld(long tMs) {
    if (state.lateWindowMs == 0) {
      return Outcome.OUT_OF_BOUNDS;
    }
    metrics.outOfOrder(state.behindMs(tMs));
    return Outcome.TOO_OLD;
  }

  private long findOrMake(HeadBatch batch, int i) {
    Labels labels = batch.labels[i];
    if (labels == null) {
      throw new IllegalStateException("BUG: sample without labels");
    }
    if (labels.isEmpty()) {
      batch.reject(i, Outcome.UNKNOWN_REF);
      return 0;
    }
    long ref = state.table.find(labels);
    if (ref != 0) {
      return ref;
    }
    if (caps.refuse(labels)) {
      batch.reject(i, Outcome.SERIES_LIMIT);
      return 0;
    }
    ref = state.table.nextRef();
    state.table.add(ref, state.postings.add(ref, labels));
    metrics.seriesCreated();
    return ref;
  }

  /// @param takesOlder whether samples before `minInOrderMs` are taken, as late ones
  private void log(HeadBatch batch, long minInOrderMs, boolean takesOlder) {
    records.clear();
    for (long ref = loggedRef + 1; ref < state.table.nextRef(); ref++) {
      Labels labels = state.table.labels(ref);
      if (labels != null) {
        RecordEncoder.series(records, ref, labels);
      }
    }
    boolean others = records.record().length() > 0;
    if (others) {
      records.seal();
    }
    if (options.metadataInWal() && !batch.metadata.isEmpty()) {
      RecordEncoder.metadata(records, metadata(batch));
      others = true;
    }
    samples(batch, minInOrderMs, takesOlder);
    if (!batch.exemplars.isEmpty() && state.exemplars.isEnabled()) {
      RecordEncoder.exemplars(records, exemplars(batch));
      others = true;
    }
    if (records.size() > 0) {
      try {
        wal.log(records);
        if (!others && batch.histograms == null) {
          state.memory.loggedOnlySamples();
        }
      } catch (DiskException e) {
        throw new StorageException("commit of " + batch.size + " samples: " + e.getMessage(), e);
      }
    }
    loggedRef = state.table.nextRef() - 1;
  }

  private void samples(HeadBatch batch, long minInOrderMs, boolean takesOlder) {
    if (batch.histograms == null && !(takesOlder && hasOlder(batch, minInOrderMs))) {
      RecordEncoder.samples(
          records, batch.refs, batch.timesMs, batch.values, batch.startsMs, batch.size);
    } else {
      mixed.encode(batch, minInOrderMs, records);
    }
  }

  /// Samples that are late for their time alone are no business of the log: reading it again, they
  /// could not be told from those in order.
  private static boolean hasOlder(HeadBatch batch, long minInOrderMs) {
    for (int i = 0; i < batch.size; i++) {
      if (batch.timesMs[i] < minInOrderMs) {
        return true;
      }
    }
    return false;
  }

  private static List<SeriesMetadata> metadata(HeadBatch batch) {
    List<SeriesMetadata> all = new ArrayList<>();
    for (HeadBatch.StagedMetadata staged : batch.metadata) {
      long ref = batch.refs[staged.sample()];
      if (ref != 0) {
        all.add(new SeriesMetadata(ref, staged.metadata()));
      }
    }
    return all;
  }

  private List<ExemplarSample> exemplars(HeadBatch batch) {
    List<ExemplarSample> all = new ArrayList<>();
    for (HeadBatch.StagedExemplar staged : batch.exemplars) {
      long ref = batch.refs[staged.sample()];
      Labels labels = ref == 0 ? null : state.table.labels(ref);
      var exemplar = staged.exemplar();
      if (labels != null && state.exemplars.judge(labels, exemplar) == Verdict.TAKEN) {
        all.add(new ExemplarSample(ref, exemplar.tMs(), exemplar.value(), exemplar.labels()));
      }
    }
    return all;
  }

  private void apply(HeadBatch batch, long minInOrderMs, long minLateMs) {
    int commit = state.isolation.begin();
    long newestMs = Long.MIN_VALUE;
    long oldestMs = Long.MAX_VALUE;
    int stored = 0;
    int histograms = 0;
    boolean plain = batch.histograms == null && !state.keepsStarts;
    for (int i = 0; i < batch.size; i++) {
      long ref = batch.refs[i];
      SeriesPage page = ref == 0 ? null : state.table.page(ref);
      if (page == null) {
        continue;
      }
      long tMs = batch.timesMs[i];
      FloatHistogram histogram = batch.histograms == null ? null : batch.histograms[i];
      Outcome outcome =
          tMs < minInOrderMs
              ? Outcome.OUT_OF_ORDER
              : plain
                  ? state.writer.append(
                      page, ref, tMs, Double.doubleToRawLongBits(batch.values[i]), commit)
                  : append(batch, i, page, histogram, commit);
      if (outcome == Outcome.STORED) {
        newestMs = Math.max(newestMs, tMs);
        oldestMs = Math.min(oldestMs, tMs);
      } else if (outcome == Outcome.OUT_OF_ORDER) {
        metrics.outOfOrder(state.behindMs(tMs));
        outcome = state.lateWindowMs > 0 ? late(batch, i, histogram, minLateMs) : outcome;
      }
      if (outcome == Outcome.STORED) {
        stored++;
        histograms += histogram == null ? 0 : 1;
      } else {
        batch.reject(i, outcome);
      }
    }
    if (!batch.exemplars.isEmpty()) {
      keepExemplars(batch);
    }
    state.extendTo(oldestMs, newestMs);
    stored -= keepLate(batch);
    state.isolation.publish();
    metrics.appended(batch, stored - histograms, histograms);
  }

  /// Adds a histogram, or a float that may have a start timestamp.
  private Outcome append(
      HeadBatch batch, int i, SeriesPage page, @Nullable FloatHistogram histogram, int commit) {
    long ref = batch.refs[i];
    long tMs = batch.timesMs[i];
    long startMs = batch.startMs(i);
    if (histogram != null) {
      return state.histograms.append(page, ref, tMs, histogram, startMs, commit);
    }
    long bits = Double.doubleToRawLongBits(batch.values[i]);
    return state.keepsStarts
        ? state.writer.append(page, ref, tMs, bits, startMs, commit)
        : state.writer.append(page, ref, tMs, bits, commit);
  }

  private void keepExemplars(HeadBatch batch) {
    for (HeadBatch.StagedExemplar staged : batch.exemplars) {
      long ref = batch.refs[staged.sample()];
      Labels labels = ref == 0 ? null : state.table.labels(ref);
      if (labels != null) {
        state.exemplars.add(labels, staged.exemplar());
      }
    }
  }

  /// Stages a late sample for the log beside the log. A stale marker that is late is none: the
  /// series has come back since.
  private Outcome late(HeadBatch batch, int i, @Nullable FloatHistogram histogram, long minLateMs) {
    if (batch.timesMs[i] < minLateMs) {
      return Outcome.TOO_OLD;
    }
    if (histogram == null ? StaleMarker.isStale(batch.values[i]) : histogram.isStale()) {
      return Outcome.OUT_OF_ORDER;
    }
    lateLog.add(i, batch.refs[i], batch.timesMs[i], batch.values[i], histogram, batch.startMs(i));
    return Outcome.STORED;
  }

  /// Stores the staged late samples, or refuses them all if they cannot be logged.
  ///
  /// @return how many were refused
  private int keepLate(HeadBatch batch) {
    int staged = lateLog.size();
    if (staged == 0) {
      return 0;
    }
    boolean logged = lateLog.write();
    if (logged) {
      metrics.appendedLate(staged - lateLog.histogramCount(), lateLog.histogramCount());
    }
    for (int k = 0; k < staged; k++) {
      int i = lateLog.index(k);
      if (logged) {
        FloatHistogram histogram = batch.histograms == null ? null : batch.histograms[i];
        long startMs = state.keptStartMs(histogram, batch.startMs(i));
        state.late.add(batch.refs[i], batch.timesMs[i], batch.values[i], histogram, startMs);
      } else {
        batch.reject(i, Outcome.OUT_OF_ORDER);
      }
    }
    lateLog.clear();
    return logged ? 0 : staged;
  }
}
