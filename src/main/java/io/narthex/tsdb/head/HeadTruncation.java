package io.narthex.tsdb.head;

import io.narthex.io.bytes.CorruptFileException;
import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import io.narthex.model.labels.Labels;
import io.narthex.tsdb.wal.Checkpoint;
import io.narthex.tsdb.wal.RecordEncoder;
import io.narthex.tsdb.wal.WalBatch;
import io.narthex.tsdb.wal.WalFiles;
import io.narthex.tsdb.wal.WalMetrics;
import io.narthex.tsdb.wal.WalOptions;
import io.narthex.tsdb.wal.WalWriter;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Makes the head forget what a block has taken over: chunks, series without any sample left, their
/// postings, chunk files, and the older two thirds of the log. Commits go on meanwhile: the lock is
/// held for one page of series at a time.
final class HeadTruncation {

  private static final Logger LOG = System.getLogger(HeadTruncation.class.getName());

  private final HeadState state;
  private final WalWriter wal;
  private final Disk disk;
  private final Checkpoint checkpoint;
  private final WalMetrics walMetrics;
  private final HeadMetrics metrics;
  private final Path walDirectory;

  /// Series that are gone, and the last segment that may still speak of them.
  private final Map<Long, Integer> gone = new HashMap<>();

  HeadTruncation(
      HeadState state,
      WalWriter wal,
      Disk disk,
      Path walDirectory,
      Checkpoint checkpoint,
      WalMetrics walMetrics,
      HeadMetrics metrics) {
    this.state = state;
    this.wal = wal;
    this.disk = disk;
    this.walDirectory = walDirectory;
    this.checkpoint = checkpoint;
    this.walMetrics = walMetrics;
    this.metrics = metrics;
  }

  /// Only one of these runs at a time: the storage's background work is sequential.
  boolean run(long minMs, long patienceMs) throws InterruptedException {
    metrics.truncations.inc();
    state.commitLock.lock();
    try {
      state.minValidMs = Math.max(state.minValidMs, minMs);
      logMinValid();
    } finally {
      state.commitLock.unlock();
    }
    if (!state.isolation.awaitReaders(patienceMs)) {
      LOG.log(Logger.Level.WARNING, "a query has been open for too long, the head stays as it is");
      metrics.truncationsFailed.inc();
      return false;
    }
    state.commitLock.lock();
    try {
      state.memory.pages().rested();
    } finally {
      state.commitLock.unlock();
    }
    if (!state.isEmpty() && state.minMs < minMs) {
      metrics.timeGc(() -> dropSeries(minMs));
      state.minMs = minMs;
    }
    metrics.timeWalTruncation(() -> truncateWal(minMs));
    return true;
  }

  /// Notes in the log from when on its samples count. Otherwise those that a block had would come
  /// back when all blocks are deleted.
  private void logMinValid() {
    WalBatch batch = new WalBatch(WalOptions.Compression.NONE);
    RecordEncoder.minValid(batch, state.minValidMs);
    try {
      wal.log(batch);
    } catch (DiskException e) {
      LOG.log(
          Logger.Level.WARNING,
          "the WAL does not know yet that a block was written: {0}",
          e.getMessage());
    }
  }

  private void dropSeries(long minMs) {
    int firstFile = Integer.MAX_VALUE;
    SeriesRemoval removal = new SeriesRemoval(state);
    int pages = state.table.pages().length;
    for (int p = 0; p < pages; p++) {
      state.commitLock.lock();
      try {
        SeriesPage page = state.table.pages()[p];
        if (page != null) {
          firstFile = Math.min(firstFile, dropInPage(page, p, minMs, removal));
        }
      } finally {
        state.commitLock.unlock();
      }
    }
    state.commitLock.lock();
    try {
      removal.finish();
      state.deleted.truncate(minMs, state.late::has);
      gone(removal);
    } finally {
      state.commitLock.unlock();
    }
    // Each chunk has been looked at, which has brought all files to memory.
    state.files.unload();
    state.files.deleteBefore(firstFile);
  }

  /// Notes that series are gone of which the log speaks up to its present end.
  void gone(SeriesRemoval removal) {
    int segment = wal.segment();
    removal.removed().forEach(ref -> gone.put(ref, segment));
    metrics.seriesRemoved(removal.removed().size());
  }

  /// Returns the lowest number of a chunk file that the page still needs.
  private int dropInPage(SeriesPage page, int index, long minMs, SeriesRemoval removal) {
    int firstFile = Integer.MAX_VALUE;
    ChunkView view = new ChunkView();
    for (int at = 0; at < SeriesPage.SERIES; at++) {
      Labels labels = page.labels[at];
      if (labels == null) {
        continue;
      }
      long ref = (long) index << SeriesPage.SHIFT | at;
      dropChunks(page, ref, minMs, view);
      long[] left = page.mapped[at];
      if (left != null) {
        firstFile = Math.min(firstFile, (int) (left[0] >>> 32));
      } else if (hasNothing(page, at, minMs) && !state.late.has(ref)) {
        removal.remove(page, ref, labels);
      }
    }
    return firstFile;
  }

  private void dropChunks(SeriesPage page, long ref, long minMs, ChunkView view) {
    int at = (int) ref & SeriesPage.MASK;
    long line = page.line(at);
    long[] mapped = page.mapped[at];
    int drop = 0;
    if (mapped != null) {
      while (drop < mapped.length
          && (!state.files.read(mapped[drop], view) || view.maxMs < minMs)) {
        drop++;
      }
    }
    boolean isOld = Words.get(line, SeriesPage.LAST_T) < minMs;
    boolean dropOpen = isOld && OpenChunk.count(Words.get(line, SeriesPage.PREV_BITS_COUNT)) > 0;
    if (isOld && (Words.get(line, SeriesPage.VERSION) & SeriesPage.HISTOGRAMS) != 0) {
      SeriesPage.beginWrite(line);
      state.histograms.discard(page, ref);
      SeriesPage.endWrite(line);
    }
    if (drop == 0 && !dropOpen) {
      return;
    }
    SeriesPage.beginWrite(line);
    if (mapped != null && drop > 0) {
      page.mapped[at] =
          drop == mapped.length ? null : Arrays.copyOfRange(mapped, drop, mapped.length);
      state.writer.countRemoved(drop);
    }
    if (dropOpen) {
      state.writer.discard(page, line);
    }
    SeriesPage.endWrite(line);
  }

  private static boolean hasNothing(SeriesPage page, int at, long minMs) {
    long line = page.line(at);
    boolean hasSamples = (Words.get(line, SeriesPage.VERSION) & SeriesPage.HAS_SAMPLES) != 0;
    return !hasSamples || Words.get(line, SeriesPage.LAST_T) < minMs;
  }

  /// The log's older two thirds become a checkpoint, so that there is a new one only now and then.
  private void truncateWal(long minMs) {
    try {
      cutWal();
      List<WalFiles.Numbered> segments = WalFiles.segments(disk, walDirectory);
      WalFiles.Numbered previous = WalFiles.lastCheckpoint(disk, walDirectory);
      int first = segments.getFirst().number();
      if (previous != null) {
        // Older ones may be left of a checkpoint whose segments could not be deleted.
        first = Math.max(first, previous.number() + 1);
      }
      int last = segments.getLast().number() - 1;
      last = first + (last - first) * 2 / 3;
      if (last <= first) {
        return;
      }
      walMetrics.truncated();
      metrics.checkpointCreations.inc();
      int end = last;
      checkpoint.make(last, ref -> isNeeded(ref, end), minMs, this::hasLate);
      gone.values().removeIf(segment -> segment <= end);
      deleteOld(last);
    } catch (CorruptFileException | DiskException e) {
      walMetrics.truncationFailed();
      metrics.checkpointFailures.inc();
      LOG.log(
          Logger.Level.ERROR,
          "the WAL could not be shortened, it will be tried again: {0}",
          e.getMessage());
    }
  }

  /// What the checkpoint stands for; where it cannot be deleted, the next one tries again.
  private void deleteOld(int last) {
    metrics.checkpointDeletions.inc();
    try {
      checkpoint.deleteOlder(last);
      state.commitLock.lock();
      try {
        state.memory.logBegins(last + 1);
      } finally {
        state.commitLock.unlock();
      }
    } catch (DiskException e) {
      metrics.checkpointDeletionFailures.inc();
      LOG.log(
          Logger.Level.ERROR,
          "old parts of the WAL could not be deleted, it will be tried again: {0}",
          e.getMessage());
    }
  }

  private void cutWal() {
    state.commitLock.lock();
    try {
      wal.cut();
    } finally {
      state.commitLock.unlock();
    }
  }

  private boolean hasLate(long ref) {
    return state.late.has(state.ownRef(ref));
  }

  private boolean isNeeded(long ref, int end) {
    long own = state.ownRef(ref);
    Integer segment = gone.get(own);
    return segment == null ? state.table.labels(own) != null : segment > end;
  }
}
