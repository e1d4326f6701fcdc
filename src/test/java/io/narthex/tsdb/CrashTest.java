package io.narthex.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import io.narthex.io.disk.FaultyDisk;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.storage.Appender;
import io.narthex.storage.Appender.Outcome;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.block.Dump;
import io.narthex.tsdb.wal.WalOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The disk stops at every change in turn, or fails once: nothing that was committed is lost.
class CrashTest {

  private static final long HOUR_MS = 3_600_000;
  private static final long START_MS = 1_700_006_400_000L;
  private static final int SERIES = 12;

  @TempDir Path directory;

  private final ManualTimers timers = new ManualTimers();

  private Tsdb open(Path path, Disk disk) {
    TsdbOptions d = TsdbOptions.defaults();
    TsdbOptions options =
        d.withHead(
                new TsdbOptions.HeadPart(
                    120, 0, false, new WalOptions(8 * 32 * 1024, WalOptions.Compression.SNAPPY)))
            .withoutLock();
    return Tsdb.open(
        path, options, disk, timers, new Metrics(), timers, Runnable::run, new ReplayStatus());
  }

  private static Labels labels(int i, long tMs) {
    // Some series come and go.
    long generation = i % 4 == 0 ? (tMs - START_MS) / (3 * HOUR_MS) : 0;
    return Labels.of("__name__", "m", "i", "" + i, "g", "" + generation);
  }

  /// Commits until the disk gives up; what was acknowledged is put into `acknowledged`.
  private void work(Tsdb tsdb, Map<String, String> acknowledged, boolean goOn) {
    Appender appender = tsdb.appender();
    for (long tMs = START_MS; tMs < START_MS + 9 * HOUR_MS; tMs += 60_000) {
      Map<String, String> staged = new TreeMap<>();
      for (int i = 0; i < SERIES; i++) {
        double value = (tMs / 60_000) % (i + 3);
        appender.append(0, labels(i, tMs), tMs, value);
        staged.put(labels(i, tMs) + " " + tMs, Double.toString(value));
      }
      try {
        assertEquals(SERIES, appender.commit().count(Outcome.STORED));
        acknowledged.putAll(staged);
        if (tMs % HOUR_MS == 0) {
          tsdb.maintain();
        }
      } catch (StorageException | DiskException e) {
        if (!goOn) {
          return;
        }
      }
    }
  }

  private int changesWithoutFailure() {
    FaultyDisk disk = FaultyDisk.never(Disk.system());
    Path path = directory.resolve("never");
    TreeMap<String, String> acknowledged = new TreeMap<>();
    try (Tsdb tsdb = open(path, disk)) {
      work(tsdb, acknowledged, false);
      assertEquals(acknowledged, Dump.all(tsdb));
      assertTrue(tsdb.blocks().size() >= 3);
    }
    return disk.changes();
  }

  @Test
  void powerIsCutAtEveryChange() {
    int changes = changesWithoutFailure();
    for (int k = 1; k < changes; k += 1 + k % 11) {
      Path path = directory.resolve("cut" + k);
      TreeMap<String, String> acknowledged = new TreeMap<>();
      try {
        // Left open on purpose: the process is dead.
        work(open(path, FaultyDisk.stopsAfter(Disk.system(), k)), acknowledged, false);
      } catch (StorageException | DiskException e) {
        assertTrue(acknowledged.isEmpty(), "it did not even open");
      }
      check(path, acknowledged, "change " + k + " of " + changes);
      Disk.system().delete(path);
    }
  }

  @Test
  void diskIsFullForAMoment() {
    int changes = changesWithoutFailure();
    for (int k = 5; k < changes; k += 13) {
      Path path = directory.resolve("full" + k);
      TreeMap<String, String> acknowledged = new TreeMap<>();
      Tsdb tsdb;
      try {
        tsdb = open(path, FaultyDisk.failsOnceAfter(Disk.system(), k));
      } catch (StorageException e) {
        continue;
      }
      work(tsdb, acknowledged, true);
      assertTrue(acknowledged.size() >= (9 * 60 - 2) * SERIES, "it goes on by itself");
      String context = "change " + k + " failed";
      assertEquals(acknowledged, Dump.all(tsdb), context);
      closeEvenIfItFails(tsdb, context);
      check(path, acknowledged, context + ", after a restart");
      Disk.system().delete(path);
    }
  }

  private static void closeEvenIfItFails(Tsdb tsdb, String context) {
    try {
      tsdb.close();
    } catch (StorageException e) {
      assertTrue(String.valueOf(e.getMessage()).contains("on purpose"), context);
    }
  }

  private void check(Path path, TreeMap<String, String> acknowledged, String context) {
    try (Tsdb tsdb = open(path, Disk.system())) {
      TreeMap<String, String> found = Dump.all(tsdb);
      TreeMap<String, String> missing = new TreeMap<>(acknowledged);
      missing.keySet().removeAll(found.keySet());
      assertTrue(missing.isEmpty(), () -> context + ": lost " + missing);
      // Behind the last acknowledged commit there may be one that was cut off behind its record.
      assertTrue(found.size() <= acknowledged.size() + SERIES, context);
    }
  }
}
