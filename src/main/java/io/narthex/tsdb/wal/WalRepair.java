package io.narthex.tsdb.wal;

import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskFile;
import java.nio.file.Path;

/// Makes a log readable again after a record was found that is none.
public final class WalRepair {

  private WalRepair() {}

  /// Cuts the segment off at `offsetBytes` and deletes all later ones in the same folder: what they
  /// say may build on what is lost.
  public static void truncate(
      Disk disk, Path directory, WalFiles.Numbered segment, long offsetBytes) {
    for (WalFiles.Numbered later : WalFiles.segments(disk, directory)) {
      if (later.number() > segment.number()) {
        disk.delete(later.path());
      }
    }
    try (DiskFile file = disk.append(segment.path())) {
      file.truncate(offsetBytes);
      file.fsync();
    }
  }
}
