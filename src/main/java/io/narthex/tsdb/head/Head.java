package io.narthex.tsdb.head;

import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.Appendable;
import io.narthex.storage.Appender;
import io.narthex.storage.ExemplarQueryable.SeriesExemplars;
import io.narthex.storage.Querier;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.wal.RecordEncoder;
import io.narthex.tsdb.wal.RecordEncoder.Tombstone;
import io.narthex.tsdb.wal.WalBatch;
import io.narthex.tsdb.wal.WalWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The newest part of the storage: takes commits, answers for what is in no block yet, and forgets
/// what a block has taken over. Safe for any thread.
public final class Head implements Appendable, AutoCloseable {

  private final HeadState state;
  private final WalWriter wal;
  private final LateLog lateLog;
  private final HeadCommitter committer;
  private final HeadTruncation truncation;
  private final HeadEviction eviction;
  private volatile boolean closed;

  /// Why nothing is taken at the moment; null if commits are welcome.
  private volatile @Nullable String pausedBecause;

  Head(
      HeadState state,
      WalWriter wal,
      LateLog lateLog,
      HeadCommitter committer,
      HeadTruncation truncation) {
    this.state = state;
    this.wal = wal;
    this.lateLog = lateLog;
    this.committer = committer;
    this.truncation = truncation;
    eviction = new HeadEviction(state, wal, truncation);
  }

  /// Opens the head in a data folder and brings it to where an earlier run left it.
  ///
  /// @param minValidMs samples before this are in blocks and are not taken
  /// @param background where files are made durable; may run things at once
  /// @param progress told how far reading the log has come
  public static Head open(
      Disk disk,
      Path dataDirectory,
      HeadOptions options,
      long minValidMs,
      Clock clock,
      Metrics metrics,
      Executor background,
      ReplayProgress progress) {
    return new HeadOpening(
            disk, dataDirectory, options, minValidMs, clock, metrics, background, progress)
        .open();
  }

  @Override
  public Appender appender() {
    return new HeadBatch(this::commit, state.keepsStarts);
  }

  private void commit(HeadBatch batch) {
    state.commitLock.lock();
    try {
      if (closed) {
        throw new StorageException("the storage is closed");
      }
      String why = pausedBecause;
      if (why != null) {
        throw StorageException.pause(why);
      }
      committer.commit(batch);
    } finally {
      state.commitLock.unlock();
    }
  }

  /// Changes how late a sample may be (0 takes none), and how many exemplars are kept.
  public void limits(long lateWindowMs, int maxExemplars) {
    state.lateWindowMs = lateWindowMs;
    state.exemplars.resize(maxExemplars);
  }

  /// Exemplars, see {@link io.narthex.storage.ExemplarQueryable#exemplars}.
  public List<SeriesExemplars> exemplars(long minMs, long maxMs, List<List<Matcher>> selectors) {
    return state.exemplars.select(minMs, maxMs, selectors);
  }

  /// Takes no commits from here on: they fail with `why`, and nothing of them is stored.
  public void pause(String why) {
    pausedBecause = why;
  }

  /// Takes commits again.
  public void resume() {
    pausedBecause = null;
  }

  /// Reads the samples with `minMs <= t <= maxMs` as they are now.
  ///
  /// @param fromMs before this only samples count that came out of order: the others are in blocks
  public Querier querier(long fromMs, long minMs, long maxMs) {
    return new HeadQuerier(state, fromMs, minMs, maxMs);
  }

  /// Whether there is no sample at all.
  public boolean isEmpty() {
    return state.isEmpty();
  }

  /// Time of the oldest sample; meaningless in an empty head.
  public long minMs() {
    return state.minMs;
  }

  /// From here on the head has what is in no block; `Long.MIN_VALUE` if it has everything.
  public long minValidMs() {
    return state.minValidMs;
  }

  /// Time of the newest sample; meaningless in an empty head.
  public long maxMs() {
    return state.maxMs;
  }

  /// How many series there are.
  public int seriesCount() {
    return state.table.live();
  }

  /// How many chunks there are, open ones included.
  public long chunkCount() {
    return state.writer.chunksCreated() - state.writer.chunksRemoved();
  }

  /// What is in the head, by label.
  public HeadStats stats(int limit) {
    return HeadStats.of(state, limit);
  }

  /// All that a block of `[minMs, maxMs)` needs.
  public HeadBlockSource blockSource(long minMs, long maxMs) {
    return new HeadBlockSource(state, minMs, maxMs, null);
  }

  /// What a block of `[minMs, maxMs)` needs that has nothing but these series.
  public HeadBlockSource blockSource(long minMs, long maxMs, StaleSeries series) {
    return new HeadBlockSource(state, minMs, maxMs, series);
  }

  /// How many series have ended, and did not come back. Looks at all series.
  public int staleCount() {
    return StaleSeries.count(state);
  }

  /// The series that have ended, and that have nothing out of order.
  public StaleSeries staleSeries() {
    return StaleSeries.of(state);
  }

  /// Forgets series that blocks have now as a whole; not those that have got samples since. Waits
  /// for queriers that were opened before; not for an event loop.
  ///
  /// @return false if a querier stayed open for too long: nothing is forgotten
  public boolean evict(StaleSeries series, long patienceMs) throws InterruptedException {
    return eviction.run(series, patienceMs);
  }

  /// Forgets everything before `minMs`, which is in a block now: from here on no such sample is
  /// taken. Waits for queriers that were opened before; not for an event loop.
  ///
  /// @return false if a querier stayed open for too long: nothing is forgotten yet, try later
  public boolean truncate(long minMs, long patienceMs) throws InterruptedException {
    return truncation.run(minMs, patienceMs);
  }

  /// What came out of order until now, for blocks of its own; null if nothing did.
  public @Nullable LateBlockSource lateBlockSource() {
    state.commitLock.lock();
    try {
      return state.late.isEmpty()
          ? null
          : new LateBlockSource(state, state.late.snapshot(), lateLog.cut());
    } catch (DiskException e) {
      throw new StorageException("compaction of out-of-order samples: " + e.getMessage(), e);
    } finally {
      state.commitLock.unlock();
    }
  }

  /// What came out of order until now, to be looked at only; null if nothing did.
  public @Nullable LateBlockSource lateSamples() {
    state.commitLock.lock();
    try {
      return state.late.isEmpty()
          ? null
          : new LateBlockSource(state, state.late.snapshot(), LateBlockSource.NO_SEGMENT);
    } finally {
      state.commitLock.unlock();
    }
  }

  /// Forgets what blocks were made of. Waits for queriers that were opened before.
  ///
  /// @return false if a querier stayed open for too long: nothing is forgotten
  public boolean forgetLate(LateBlockSource source, long patienceMs) throws InterruptedException {
    if (!state.isolation.awaitReaders(patienceMs)) {
      return false;
    }
    state.commitLock.lock();
    try {
      // The log first: what stays in it comes back with a restart, so it must stay known till then.
      lateLog.deleteBefore(source.segment());
      state.late.remove(source.taken());
      return true;
    } finally {
      state.commitLock.unlock();
    }
  }

  /// Deletes the samples with `minMs <= t <= maxMs` of the series that fulfil all matchers.
  ///
  /// @return how many series were touched
  public int delete(long minMs, long maxMs, List<Matcher> matchers) {
    state.commitLock.lock();
    try {
      long fromMs = Math.max(minMs, Math.min(state.minMs, state.late.minMs()));
      long toMs = Math.min(maxMs, state.maxMs);
      long[] refs = fromMs > toMs ? new long[0] : new HeadSelection(state).select(matchers);
      List<Tombstone> tombstones = new ArrayList<>();
      for (long ref : refs) {
        // Not beyond what the series has: what comes later is not deleted.
        long lastMs = Math.min(toMs, newestMs(ref));
        if (lastMs >= fromMs) {
          tombstones.add(new Tombstone(ref, fromMs, lastMs));
        }
      }
      log(tombstones);
      for (Tombstone tombstone : tombstones) {
        state.deleted.add(tombstone.ref(), tombstone.minMs(), tombstone.maxMs());
      }
      return tombstones.size();
    } finally {
      state.commitLock.unlock();
    }
  }

  private long newestMs(long ref) {
    SeriesPage page = state.table.page(ref);
    if (page == null) {
      return Long.MIN_VALUE;
    }
    long line = page.line(ref);
    boolean hasSamples = (Words.get(line, SeriesPage.VERSION) & SeriesPage.HAS_SAMPLES) != 0;
    long lastMs = hasSamples ? Words.get(line, SeriesPage.LAST_T) : Long.MIN_VALUE;
    return Math.max(lastMs, state.late.newestMs(ref));
  }

  private void log(List<Tombstone> tombstones) {
    if (tombstones.isEmpty()) {
      return;
    }
    WalBatch batch = new WalBatch(state.options.wal().compression());
    RecordEncoder.tombstones(batch, tombstones);
    try {
      wal.log(batch);
    } catch (DiskException e) {
      throw new StorageException("delete: " + e.getMessage(), e);
    }
  }

  /// Why a closed head cannot be written as a memory snapshot, or null.
  @Nullable String snapshotObstacle() {
    return committer.isUnlogged()
        ? "a series is not in the log, which could not be written"
        : HeadSnapshot.obstacle(state);
  }

  /// How much of chunk files was mapped when they were deleted, since the start: the disk has the
  /// room again once the heap is collected.
  public long deletedMapBytes() {
    return state.files.deletedBytes();
  }

  /// Where the log ends, as {@link io.narthex.tsdb.wal.WalPosition} packs it.
  long logEnd() {
    return wal.end();
  }

  /// Writes what a closed head has in memory to a folder.
  ///
  /// @return how many series there are
  int writeSnapshot(Disk disk, Path folder) {
    state.commitLock.lock();
    try {
      if (!closed) {
        throw new IllegalStateException("BUG: a snapshot of a head that still takes commits");
      }
      return HeadSnapshot.write(state, disk, folder);
    } finally {
      state.commitLock.unlock();
    }
  }

  /// Writes everything down for good. Queriers that are still open go on.
  @Override
  public void close() {
    state.commitLock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      // The log first: it has everything. The others are closed whatever becomes of it.
      try {
        wal.close();
      } finally {
        try {
          lateLog.close();
        } finally {
          state.files.close();
        }
      }
    } finally {
      state.commitLock.unlock();
    }
  }
}
