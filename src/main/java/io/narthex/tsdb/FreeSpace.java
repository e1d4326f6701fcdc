package io.narthex.tsdb;

import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import io.narthex.metrics.Counter;
import io.narthex.metrics.Gauge;
import io.narthex.metrics.Metrics;
import io.narthex.tsdb.head.Head;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.util.Locale;

/// Pauses ingestion before the disk is full and lets it go on by itself when there is space again.
/// What is kept free is what compaction and retention need to make space: with a disk that is full
/// to the last byte they could not. Reads go on all the time.
///
/// `check` is called by one thread at a time.
final class FreeSpace {

  /// How often it is looked at. At 20 MB of log a second, a fifth of the reserve is gone by then.
  static final long CHECK_MS = 5_000;

  private static final Logger LOG = System.getLogger(FreeSpace.class.getName());

  /// The reserve is a twentieth of the file system, but never more than this ...
  private static final long MOST_RESERVE_BYTES = 512L << 20;

  private static final int RESERVE_SHARE = 20;

  /// ... and not less than this, unless that is more than a quarter: log and chunks go to the disk
  /// by the megabyte, whatever its size.
  private static final long LEAST_RESERVE_BYTES = 64L << 20;

  private static final int LARGEST_SHARE = 4;

  private final Disk disk;
  private final Path directory;
  private final Head head;
  private final Gauge freeBytes;
  private final Gauge paused;
  private final Counter pauses;
  private boolean isPaused;
  private boolean failed;

  FreeSpace(Disk disk, Path directory, Head head, Metrics metrics) {
    this.disk = disk;
    this.directory = directory;
    this.head = head;
    freeBytes =
        metrics.gauge(
            "prometheus_tsdb_disk_free_bytes",
            "Bytes that can still be written to the file system of the data.");
    paused =
        metrics.gauge(
            "prometheus_tsdb_ingestion_paused",
            "1 while no samples are taken because the disk is nearly full.");
    paused.set(0);
    pauses =
        metrics.counter(
            "prometheus_tsdb_ingestion_pauses_total",
            "Number of times that ingestion was paused because the disk was nearly full.");
  }

  /// Looks at the disk; pauses, or goes on when there is a quarter more than the reserve.
  void check() {
    long free;
    long reserve;
    try {
      free = disk.usableBytes(directory);
      reserve = reserveBytes(disk.totalBytes(directory));
    } catch (DiskException e) {
      if (!failed) {
        failed = true;
        LOG.log(Logger.Level.WARNING, "ingestion goes on unguarded: {0}", e.getMessage());
      }
      return;
    }
    failed = false;
    freeBytes.set(free);
    if (!isPaused && free < reserve) {
      pause(free, reserve);
    } else if (isPaused && free >= reserve + reserve / 4) {
      isPaused = false;
      head.resume();
      paused.set(0);
      LOG.log(
          Logger.Level.INFO, "ingestion goes on: {0} are free at {1}", mebibytes(free), directory);
    }
  }

  private static long reserveBytes(long totalBytes) {
    long least = Math.min(LEAST_RESERVE_BYTES, totalBytes / LARGEST_SHARE);
    return Math.min(MOST_RESERVE_BYTES, Math.max(least, totalBytes / RESERVE_SHARE));
  }

  private void pause(long free, long reserve) {
    String why =
        "ingestion is paused: only "
            + mebibytes(free)
            + " are free at "
            + directory
            + " and "
            + mebibytes(reserve)
            + " are kept for compaction; free some space, it goes on by itself at "
            + mebibytes(reserve + reserve / 4);
    isPaused = true;
    head.pause(why);
    paused.set(1);
    pauses.inc();
    LOG.log(Logger.Level.ERROR, why);
  }

  private static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0);
  }
}
