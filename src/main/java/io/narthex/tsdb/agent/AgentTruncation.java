package io.narthex.tsdb.agent;

import io.narthex.io.bytes.CorruptFileException;
import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import io.narthex.tsdb.wal.Checkpoint;
import io.narthex.tsdb.wal.WalFiles;
import io.narthex.tsdb.wal.WalMetrics;
import io.narthex.tsdb.wal.WalWriter;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Forgets series that get no samples any more, and turns the older two thirds of the log into a
/// checkpoint of what is still needed. One of these runs at a time.
final class AgentTruncation {

  private static final Logger LOG = System.getLogger(AgentTruncation.class.getName());

  private final ReentrantLock commitLock;
  private final AgentSeriesTable table;
  private final Map<Long, AgentSeries> aliases;
  private final WalWriter wal;
  private final Disk disk;
  private final Path directory;
  private final Checkpoint checkpoint;
  private final WalMetrics walMetrics;
  private final AgentMetrics metrics;

  /// Series that are gone, and the last segment that may still speak of them.
  private final Map<Long, Integer> gone = new HashMap<>();

  AgentTruncation(
      ReentrantLock commitLock,
      AgentSeriesTable table,
      Map<Long, AgentSeries> aliases,
      WalWriter wal,
      Disk disk,
      Path directory,
      Checkpoint checkpoint,
      WalMetrics walMetrics,
      AgentMetrics metrics) {
    this.commitLock = commitLock;
    this.table = table;
    this.aliases = aliases;
    this.wal = wal;
    this.disk = disk;
    this.directory = directory;
    this.checkpoint = checkpoint;
    this.walMetrics = walMetrics;
    this.metrics = metrics;
  }

  /// Samples before `minMs` are needed no longer.
  void run(long minMs) {
    commitLock.lock();
    try {
      int segment = wal.segment();
      table.removeOlder(minMs, series -> gone.put(series.ref, segment));
      aliases.entrySet().removeIf(alias -> forget(alias, segment));
      metrics.activeSeries.set(table.size());
      metrics.deletedSeries.set(gone.size());
      wal.cut();
    } catch (DiskException e) {
      failed(e);
      return;
    } finally {
      commitLock.unlock();
    }
    List<WalFiles.Numbered> segments = WalFiles.segments(disk, directory);
    WalFiles.Numbered previous = WalFiles.lastCheckpoint(disk, directory);
    int first = segments.getFirst().number();
    if (previous != null) {
      first = Math.max(first, previous.number() + 1);
    }
    int last = segments.getLast().number() - 1;
    last = first + (last - first) * 2 / 3;
    if (last > first) {
      shorten(last, minMs);
    }
  }

  private boolean forget(Map.Entry<Long, AgentSeries> alias, int segment) {
    boolean dead = table.get(alias.getValue().ref) == null;
    if (dead) {
      gone.put(alias.getKey(), segment);
    }
    return dead;
  }

  private void shorten(int last, long minMs) {
    walMetrics.truncated();
    metrics.checkpointCreations.inc();
    try {
      checkpoint.make(last, ref -> isNeeded(ref, last), minMs, ref -> false);
    } catch (CorruptFileException | DiskException e) {
      metrics.checkpointFailures.inc();
      failed(e);
      return;
    }
    gone.values().removeIf(segment -> segment <= last);
    metrics.deletedSeries.set(gone.size());
    metrics.checkpointDeletions.inc();
    try {
      checkpoint.deleteOlder(last);
    } catch (DiskException e) {
      metrics.checkpointDeletionFailures.inc();
      LOG.log(
          Logger.Level.ERROR,
          "old parts of the WAL could not be deleted, it will be tried again: {0}",
          e.getMessage());
    }
  }

  private boolean isNeeded(long ref, int last) {
    commitLock.lock();
    try {
      if (table.get(ref) != null || aliases.containsKey(ref)) {
        return true;
      }
      Integer segment = gone.get(ref);
      return segment != null && segment > last;
    } finally {
      commitLock.unlock();
    }
  }

  private void failed(RuntimeException e) {
    walMetrics.truncationFailed();
    LOG.log(
        Logger.Level.ERROR,
        "the WAL could not be shortened, it will be tried again: {0}",
        e.getMessage());
  }
}
