package io.narthex.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.narthex.io.disk.Disk;
import io.narthex.io.disk.FaultyDisk;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.storage.Appender;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.block.Dump;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that fills up: ingestion pauses before it is full, reads go on, it resumes by itself, and
/// nothing that was stored is lost.
class FullDiskTest {

  private static final long START_MS = 1_700_006_400_000L;

  @TempDir Path directory;

  private final ManualTimers timers = new ManualTimers();
  private final Metrics metrics = new Metrics();
  private final TreeMap<String, String> stored = new TreeMap<>();
  private final Random random = new Random(1);
  private int commits;

  private Tsdb open(Path folder, Disk disk, Metrics into) {
    return Tsdb.open(
        folder,
        TsdbOptions.defaults(),
        disk,
        timers,
        into,
        timers,
        Runnable::run,
        new ReplayStatus());
  }

  /// Commits samples that do not compress, and remembers them if they are stored.
  private void commit(Tsdb tsdb, int series) {
    Appender appender = tsdb.appender();
    long tMs = START_MS + 1000L * commits++;
    TreeMap<String, String> staged = new TreeMap<>();
    for (int i = 0; i < series; i++) {
      Labels labels = Labels.of("__name__", "m", "i", String.valueOf(i));
      double value = random.nextDouble();
      appender.append(0, labels, tMs, value);
      staged.put(labels + " " + tMs, Double.toString(value));
    }
    assertEquals(series, appender.commit().accepted());
    stored.putAll(staged);
  }

  private double paused() {
    return metrics.gauge("prometheus_tsdb_ingestion_paused", "").value();
  }

  @Test
  void pausesAndGoesOnByItself() {
    FaultyDisk disk = FaultyDisk.never(Disk.system());
    try (Tsdb tsdb = open(directory, disk, metrics)) {
      commit(tsdb, 10);
      assertEquals(0, paused());
      disk.usableBytes(1 << 20);
      tsdb.checkSpace();
      assertEquals(1, paused());
      StorageException refused = assertThrows(StorageException.class, () -> commit(tsdb, 10));
      assertTrue(refused.isPause());
      assertTrue(
          String.valueOf(refused.getMessage()).startsWith("ingestion is paused: only 1.0 MiB are"),
          refused.getMessage());
      assertEquals(stored, Dump.all(tsdb), "reads go on");
      tsdb.maintain();
      tsdb.checkSpace();
      assertEquals(1, paused(), "still as full");
      disk.usableBytes(1L << 40);
      tsdb.checkSpace();
      assertEquals(0, paused());
      commit(tsdb, 10);
      assertEquals(stored, Dump.all(tsdb));
      assertEquals(1, metrics.counter("prometheus_tsdb_ingestion_pauses_total", "").value());
    }
    try (Tsdb tsdb = open(directory, Disk.system(), new Metrics())) {
      assertEquals(stored, Dump.all(tsdb), "after a restart");
    }
  }

  @Test
  void opensPausedOnAFullDisk() {
    FaultyDisk disk = FaultyDisk.never(Disk.system());
    disk.usableBytes(0);
    try (Tsdb tsdb = open(directory, disk, metrics)) {
      assertEquals(1, paused());
      assertThrows(StorageException.class, () -> commit(tsdb, 1));
      assertEquals(stored, Dump.all(tsdb));
    }
  }

  /// The same on a file system that really fills up.
  @Test
  void survivesASmallFileSystem() throws IOException, InterruptedException {
    Path mount = Files.createDirectory(directory.resolve("small"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", mount.toString()),
        "a file system of 20 MiB cannot be mounted here (needs root and mount)");
    try {
      Path filler = mount.resolve("filler");
      Files.write(filler, new byte[8 << 20]);
      fillUntilPaused(mount.resolve("data"));
      long free = Files.getFileStore(mount).getUsableSpace();
      assertTrue(free > 0, "it paused before the last byte: " + free);
      Files.delete(filler);
      try (Tsdb tsdb = open(mount.resolve("data"), Disk.system(), metrics)) {
        assertEquals(stored, Dump.all(tsdb), "after a restart");
        assertEquals(0, paused());
      }
    } finally {
      assertTrue(run("umount", "--lazy", mount.toString()), "unmount " + mount);
    }
  }

  private void fillUntilPaused(Path data) {
    try (Tsdb tsdb = open(data, Disk.system(), metrics)) {
      for (int i = 0; i < 100 && paused() == 0; i++) {
        for (int k = 0; k < 10; k++) {
          commit(tsdb, 1000);
        }
        tsdb.checkSpace();
      }
      assertEquals(1, paused());
      assertThrows(StorageException.class, () -> commit(tsdb, 1000));
      assertEquals(stored, Dump.all(tsdb), "reads go on");
    }
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
