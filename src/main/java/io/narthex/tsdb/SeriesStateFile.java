package io.narthex.tsdb;

import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import java.lang.System.Logger;
import java.nio.file.Path;

/// The file `wal/series_state.json` of a data folder: the greatest reference of a series when a
/// Prometheus with `fast-startup` ended, which it believes at its next start without a look at the
/// log. Source: prometheus `tsdb/head_wal.go`.
final class SeriesStateFile {

  private static final Logger LOG = System.getLogger(SeriesStateFile.class.getName());

  private SeriesStateFile() {}

  /// Removes it, before there are series that it does not know: Prometheus would give their
  /// references again. Without it, Prometheus reads the log.
  ///
  /// @param directory the data folder
  static void discard(Disk disk, Path directory) {
    Path wal = directory.resolve("wal");
    Path file = wal.resolve("series_state.json");
    try {
      if (disk.exists(file)) {
        disk.delete(file);
        disk.fsyncDirectory(wal);
      }
    } catch (DiskException e) {
      LOG.log(
          Logger.Level.WARNING,
          "remove {0} before Prometheus with fast-startup opens the folder: {1}",
          file,
          e.getMessage());
    }
  }
}
