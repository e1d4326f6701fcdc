package io.narthex.tsdb.head;

import io.narthex.io.disk.DiskException;
import io.narthex.model.labels.Labels;
import io.narthex.tsdb.wal.RecordEncoder;
import io.narthex.tsdb.wal.RecordEncoder.Tombstone;
import io.narthex.tsdb.wal.WalBatch;
import io.narthex.tsdb.wal.WalWriter;
import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.List;

/// Makes the head forget single series that blocks have taken over as a whole, while its other
/// series stay. The log gets a tombstone from the beginning of time to its newest sample for each:
/// when it is read again, the series is forgotten there, too, and one that comes later under the
/// same labels is a new one with another reference. Prometheus' own ends at the end of time;
/// versions before 3.10 would delete all samples of that later one by it. Commits go on meanwhile:
/// the lock is held for some series at a time.
final class HeadEviction {

  private static final Logger LOG = System.getLogger(HeadEviction.class.getName());
  private static final int SERIES_AT_A_TIME = 256;

  private final HeadState state;
  private final WalWriter wal;
  private final HeadTruncation truncation;

  HeadEviction(HeadState state, WalWriter wal, HeadTruncation truncation) {
    this.state = state;
    this.wal = wal;
    this.truncation = truncation;
  }

  /// Only one of these, or of a truncation, runs at a time: the storage's background work is
  /// sequential.
  boolean run(StaleSeries series, long patienceMs) throws InterruptedException {
    if (!state.isolation.awaitReaders(patienceMs)) {
      LOG.log(
          Logger.Level.WARNING,
          "a query has been open for too long, stale series stay in the head");
      return false;
    }
    locked(() -> state.memory.pages().rested());
    SeriesRemoval removal = new SeriesRemoval(state);
    for (int from = 0; from < series.count(); from += SERIES_AT_A_TIME) {
      int begin = from;
      int end = Math.min(series.count(), from + SERIES_AT_A_TIME);
      locked(() -> evict(series, begin, end, removal));
    }
    locked(() -> {
      removal.finish();
      truncation.gone(removal);
    });
    return true;
  }

  private void locked(Runnable work) {
    state.commitLock.lock();
    try {
      work.run();
    } finally {
      state.commitLock.unlock();
    }
  }

  private void evict(StaleSeries series, int begin, int end, SeriesRemoval removal) {
    List<Tombstone> tombstones = new ArrayList<>();
    for (int i = begin; i < end; i++) {
      if (series.isUnchanged(i, state)) {
        tombstones.add(new Tombstone(series.ref(i), Long.MIN_VALUE, series.newestMs(i)));
      }
    }
    log(tombstones);
    for (Tombstone tombstone : tombstones) {
      SeriesPage page = state.table.page(tombstone.ref());
      Labels labels = state.table.labels(tombstone.ref());
      if (page != null && labels != null) {
        removal.remove(page, tombstone.ref(), labels);
      }
    }
  }

  /// The series go in any case: the log may have a record whose writing failed, and a series that
  /// went on under its reference would then be lost. One whose record is missing comes back with
  /// the next start, with samples that a block has, too.
  private void log(List<Tombstone> tombstones) {
    WalBatch batch = new WalBatch(state.options.wal().compression());
    RecordEncoder.tombstones(batch, tombstones);
    try {
      if (!tombstones.isEmpty()) {
        wal.log(batch);
      }
    } catch (DiskException e) {
      LOG.log(
          Logger.Level.WARNING,
          "the WAL does not know that stale series are in a block: {0}",
          e.getMessage());
    }
  }
}
