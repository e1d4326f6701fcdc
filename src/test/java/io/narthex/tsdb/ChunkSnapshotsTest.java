package io.narthex.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.io.disk.Disk;
import io.narthex.io.disk.FaultyDisk;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.storage.Appender;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.head.ChunkSnapshots;
import io.narthex.tsdb.wal.WalOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When there are memory snapshots, and when there must be none.
class ChunkSnapshotsTest {

  private static final long START_MS = 1_700_006_400_000L;
  private static final String LEFT = "chunk_snapshot.000003.0000065536";

  @TempDir Path directory;

  private final ManualTimers timers = new ManualTimers();

  private Tsdb open(Disk disk, boolean snapshotOnClose) {
    TsdbOptions.HeadPart head =
        new TsdbOptions.HeadPart(
            120, 0, 0, false, false, false, snapshotOnClose, WalOptions.defaults());
    return Tsdb.open(
        directory,
        TsdbOptions.defaults().withHead(head).withoutLock(),
        disk,
        timers,
        new Metrics(),
        timers,
        Runnable::run,
        new ReplayStatus());
  }

  private static void append(Tsdb tsdb, int series) {
    Appender appender = tsdb.appender();
    appender.append(0, Labels.of("__name__", "m" + series), START_MS + series, series);
    appender.commit();
  }

  private void leave(String name) throws IOException {
    Path folder = Files.createDirectories(directory.resolve(name));
    Files.writeString(folder.resolve("00000000"), "a");
    Files.writeString(folder.resolve("00000001"), "b");
  }

  private List<String> snapshots() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(p -> p.getFileName().toString())
          .filter(n -> n.startsWith("chunk_snapshot"))
          .sorted()
          .toList();
    }
  }

  @Test
  void thoseThatAreThereGoWhenTheFolderIsOpened() throws IOException {
    leave(LEFT);
    leave("chunk_snapshot.000002.0000000000");
    leave(LEFT + ".tmp");
    leave(LEFT + ".tmp-for-deletion");
    leave("chunk_snapshots");
    open(Disk.system(), false).close();
    assertEquals(List.of("chunk_snapshots"), snapshots());
  }

  /// It would give references again that are in the log by now.
  @Test
  void noteOfTheGreatestReferenceGoesToo() throws IOException {
    Path note = directory.resolve("wal/series_state.json");
    Files.createDirectories(directory.resolve("wal"));
    Files.writeString(
        note, "{\"last_series_id\":1,\"last_wal_segment\":0,\"clean_shutdown\":true}\n");
    try (Tsdb tsdb = open(Disk.system(), false)) {
      assertFalse(Files.exists(note));
      append(tsdb, 1);
    }
  }

  /// A series without a record in the log would be known to Prometheus, and its next samples to
  /// nobody.
  @Test
  void noneWhereASeriesIsNotInTheLog() throws IOException {
    FaultyDisk counting = FaultyDisk.never(Disk.system());
    int changes;
    try (Tsdb tsdb = open(counting, false)) {
      append(tsdb, 1);
      changes = counting.changes();
    }
    Disk.system().delete(directory);
    Files.createDirectories(directory);
    Tsdb tsdb = open(FaultyDisk.failsOnceAfter(Disk.system(), changes), true);
    append(tsdb, 1);
    assertThrows(StorageException.class, () -> append(tsdb, 2));
    tsdb.close();
    assertEquals(List.of(), snapshots());
  }

  /// Prometheus takes a folder for whole whatever is in it, as long as it has this name.
  @Test
  void noneIsEverHalfThere() throws IOException {
    for (int changes = 0; ; changes++) {
      leave(LEFT);
      FaultyDisk disk = FaultyDisk.stopsAfter(Disk.system(), changes);
      new ChunkSnapshots(disk, directory).discard();
      Path folder = directory.resolve(LEFT);
      if (Files.exists(folder)) {
        assertTrue(Files.exists(folder.resolve("00000000")), "after " + changes + " changes");
        assertTrue(Files.exists(folder.resolve("00000001")), "after " + changes + " changes");
      } else if (snapshots().isEmpty()) {
        return;
      }
      Disk.system().delete(directory.resolve(LEFT + ".tmp-for-deletion"));
    }
  }

  @Test
  void oneIsWrittenAtTheEndOnDemand() throws IOException {
    try (Tsdb tsdb = open(Disk.system(), false)) {
      append(tsdb, 1);
    }
    assertEquals(List.of(), snapshots());
    try (Tsdb tsdb = open(Disk.system(), true)) {
      append(tsdb, 2);
    }
    long end = Files.size(directory.resolve("wal/00000001"));
    assertEquals(List.of(String.format("chunk_snapshot.000001.%010d", end)), snapshots());
    try (Tsdb tsdb = open(Disk.system(), true)) {
      append(tsdb, 3);
      assertEquals(List.of(), snapshots());
    }
    end = Files.size(directory.resolve("wal/00000002"));
    assertEquals(List.of(String.format("chunk_snapshot.000002.%010d", end)), snapshots());
  }

  /// The end is orderly all the same: the log has everything.
  @Test
  void withoutRoomThereIsNone() throws IOException {
    FaultyDisk counting = FaultyDisk.never(Disk.system());
    int opened;
    int closed;
    try (Tsdb tsdb = open(counting, false)) {
      append(tsdb, 1);
      opened = counting.changes();
    }
    closed = counting.changes();
    Disk.system().delete(directory);
    Files.createDirectories(directory);
    Tsdb tsdb = open(FaultyDisk.failsOnceAfter(Disk.system(), closed + 2), true);
    append(tsdb, 1);
    assertTrue(closed > opened);
    tsdb.close();
    assertEquals(List.of(), snapshots());
  }

  /// Its reference would be given again while chunks may still be found under it.
  @Test
  void noneWhereTheNewestSeriesIsGone() throws IOException {
    try (Tsdb tsdb = open(Disk.system(), true)) {
      long hourMs = 3_600_000;
      Appender appender = tsdb.appender();
      appender.append(0, Labels.of("__name__", "stays"), START_MS, 1);
      appender.append(0, Labels.of("__name__", "goes"), START_MS, 1);
      appender.commit();
      appender.append(0, Labels.of("__name__", "stays"), START_MS + 4 * hourMs, 1);
      appender.commit();
      tsdb.maintain();
      assertEquals(1, tsdb.headSeries());
    }
    assertEquals(List.of(), snapshots());
  }

  /// It has two references in the log until that is short enough, and chunks under the later one.
  /// Prometheus learns from the log that they belong together, and from nothing else.
  @Test
  void noneWhereASeriesHasChunksUnderAnotherReference() throws IOException {
    long hourMs = 3_600_000;
    try (Tsdb tsdb = open(Disk.system(), false)) {
      append(tsdb, "comes back", START_MS, 1);
      append(tsdb, "stays", START_MS + 4 * hourMs, 1);
      tsdb.maintain();
      assertEquals(1, tsdb.headSeries());
      append(tsdb, "comes back", START_MS + 4 * hourMs, 300);
      append(tsdb, "is new", START_MS + 4 * hourMs, 1);
    }
    // Where memory is gone on with, it keeps the later one.
    Disk.system().delete(directory.resolve("head_memory"));
    open(Disk.system(), true).close();
    assertEquals(List.of(), snapshots());
    try (Tsdb tsdb = open(Disk.system(), true)) {
      append(tsdb, "comes back", START_MS + 9 * hourMs, 1);
      append(tsdb, "is new", START_MS + 9 * hourMs, 1);
      tsdb.maintain();
    }
    assertEquals(1, snapshots().size());
  }

  /// Samples that are ten seconds apart.
  private static void append(Tsdb tsdb, String name, long fromMs, int samples) {
    Appender appender = tsdb.appender();
    for (int i = 0; i < samples; i++) {
      appender.append(0, Labels.of("__name__", name), fromMs + i * 10_000L, i);
    }
    assertEquals(samples, appender.commit().accepted());
  }
}
