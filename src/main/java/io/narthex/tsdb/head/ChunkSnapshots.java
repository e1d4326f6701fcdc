package io.narthex.tsdb.head;

import io.narthex.io.bytes.CorruptFileException;
import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import io.narthex.tsdb.wal.WalPosition;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/// The folders `chunk_snapshot.N.M` of a data folder: what Prometheus with
/// `memory-snapshot-on-shutdown` had in memory when its log ended at byte M of segment N, so that
/// it need not read the log before that when it starts. The log has all of it, too, so Narthex
/// never reads one; it writes one for Prometheus.
///
/// A snapshot is only right for the log and the chunk files that were there when it was made. With
/// chunks that were cut elsewhere since, or references that were given to other series, Prometheus
/// would lose samples or take them for those of another series: it believes any snapshot that is
/// not ahead of the log. So whoever goes on with a data folder must remove those that are there.
public final class ChunkSnapshots {

  private static final Logger LOG = System.getLogger(ChunkSnapshots.class.getName());
  private static final Pattern NAME = Pattern.compile("chunk_snapshot\\.\\d+\\.\\d+");
  private static final Pattern UNFINISHED = Pattern.compile("chunk_snapshot\\..*\\.tmp");

  /// Folders with these endings are removed by whoever opens the data folder, and never read.
  private static final String MAKING = ".tmp";

  private static final String DELETING = ".tmp-for-deletion";

  private final Disk disk;
  private final Path directory;

  /// @param directory the data folder
  public ChunkSnapshots(Disk disk, Path directory) {
    this.disk = disk;
    this.directory = directory;
  }

  /// Removes all snapshots; comes before the first change of the log. What cannot be removed is
  /// logged and left.
  public void discard() {
    try {
      for (Path path : disk.list(directory)) {
        String name = Objects.requireNonNull(path.getFileName()).toString();
        if (UNFINISHED.matcher(name).matches()) {
          disk.delete(path);
        } else if (NAME.matcher(name).matches()) {
          LOG.log(
              Logger.Level.INFO, "removing the memory snapshot {0}, the log goes on from it", name);
          discard(path, name);
        }
      }
    } catch (DiskException e) {
      LOG.log(
          Logger.Level.WARNING,
          "a memory snapshot that is out of date could not be removed; remove chunk_snapshot.*"
              + " before Prometheus with memory-snapshot-on-shutdown opens {0}: {1}",
          directory,
          e.getMessage());
    }
  }

  /// In two steps: Prometheus would take half a folder for a whole one.
  private void discard(Path path, String name) {
    Path renamed = path.resolveSibling(name + DELETING);
    disk.delete(renamed);
    disk.rename(path, renamed);
    disk.fsyncDirectory(directory);
    disk.delete(renamed);
  }

  /// Writes the snapshot of a closed head. If that fails, or if Prometheus would not find all in
  /// it, there is none, and why is logged: the log has everything.
  public void write(Head head) {
    Path target = directory.resolve(name(head.logEnd()));
    Path unfinished = target.resolveSibling(target.getFileName() + MAKING);
    try {
      String obstacle = head.snapshotObstacle();
      if (obstacle != null) {
        LOG.log(Logger.Level.INFO, "no memory snapshot, the log is read instead: {0}", obstacle);
        return;
      }
      disk.delete(unfinished);
      int series = head.writeSnapshot(disk, unfinished);
      disk.rename(unfinished, target);
      disk.fsyncDirectory(directory);
      LOG.log(Logger.Level.INFO, "memory snapshot of {0} series written: {1}", series, target);
    } catch (DiskException | CorruptFileException e) {
      LOG.log(
          Logger.Level.WARNING, "no memory snapshot, the log is read instead: {0}", e.getMessage());
      remove(unfinished);
    }
  }

  private static String name(long logEnd) {
    return String.format(
        Locale.ROOT,
        "chunk_snapshot.%06d.%010d",
        WalPosition.segment(logEnd),
        WalPosition.offsetBytes(logEnd));
  }

  private void remove(Path unfinished) {
    try {
      disk.delete(unfinished);
    } catch (DiskException e) {
      LOG.log(Logger.Level.WARNING, "left behind until the next start: {0}", e.getMessage());
    }
  }
}
