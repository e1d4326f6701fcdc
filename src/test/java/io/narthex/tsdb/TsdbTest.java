package io.narthex.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.io.disk.Disk;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.model.sample.Exemplar;
import io.narthex.storage.Appender;
import io.narthex.storage.Appender.Outcome;
import io.narthex.storage.ExemplarQueryable.SeriesExemplars;
import io.narthex.storage.StorageException;
import io.narthex.testing.Peers;
import io.narthex.tsdb.block.BlockMeta;
import io.narthex.tsdb.block.Dump;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The storage as a whole: head to block, compaction, retention, restart, and what the real tools
/// say of the folder.
class TsdbTest {

  private static final long HOUR_MS = 3_600_000;
  private static final long START_MS = 1_700_006_400_000L;
  private static final int SERIES = 20;

  @TempDir Path directory;

  private final ManualTimers timers = new ManualTimers();
  private final TreeMap<String, String> expected = new TreeMap<>();

  private Tsdb open(TsdbOptions options) {
    return Tsdb.open(
        directory,
        options,
        Disk.system(),
        timers,
        new Metrics(),
        timers,
        Runnable::run,
        new ReplayStatus());
  }

  private static Labels labels(int i) {
    return Labels.of("__name__", "metric", "i", String.valueOf(i), "job", "test");
  }

  private void append(Tsdb tsdb, long fromMs, long toMs) {
    Appender appender = tsdb.appender();
    for (long tMs = fromMs; tMs < toMs; tMs += 30_000) {
      for (int i = 0; i < SERIES; i++) {
        double value = i * 1000 + (tMs / 30_000) % (i + 2) / 8.0;
        appender.append(0, labels(i), tMs + i, value);
        expected.put(labels(i) + " " + (tMs + i), Double.toString(value));
      }
      assertEquals(SERIES, appender.commit().accepted());
    }
  }

  private static List<Long> spans(Tsdb tsdb) {
    return tsdb.blocks().stream()
        .map(b -> (b.maxMs() - Math.floorDiv(b.minMs(), 7_200_000) * 7_200_000) / HOUR_MS)
        .toList();
  }

  @Test
  void headBecomesBlocksAndNothingIsLost() {
    try (Tsdb tsdb = open(TsdbOptions.defaults())) {
      append(tsdb, START_MS, START_MS + 5 * HOUR_MS);
      tsdb.maintain();
      assertEquals(1, tsdb.blocks().size(), "span of 5 h: one block, more than 3 h are not left");
      assertEquals(expected, Dump.all(tsdb));
      append(tsdb, START_MS + 5 * HOUR_MS, START_MS + 12 * HOUR_MS);
      tsdb.maintain();
      assertEquals(expected, Dump.all(tsdb));
    }
    try (Tsdb tsdb = open(TsdbOptions.defaults())) {
      assertEquals(expected, Dump.all(tsdb), "after a restart");
      assertEquals(SERIES, tsdb.headSeries());
      append(tsdb, START_MS + 12 * HOUR_MS, START_MS + 13 * HOUR_MS);
      assertEquals(expected, Dump.all(tsdb));
    }
  }

  @Test
  void maintenanceThatMadeBlocksIsFollowedByWhatWasAskedFor() {
    try (Tsdb tsdb = open(TsdbOptions.defaults())) {
      AtomicInteger times = new AtomicInteger();
      tsdb.afterCompactions(times::incrementAndGet);
      append(tsdb, START_MS, START_MS + 2 * HOUR_MS);
      tsdb.maintain();
      assertEquals(0, times.get(), "no block yet");
      append(tsdb, START_MS + 2 * HOUR_MS, START_MS + 5 * HOUR_MS);
      tsdb.maintain();
      tsdb.maintain();
      assertEquals(1, times.get(), "one block");
    }
  }

  @Test
  void filesOfChunksAreAsLargeAsWasAskedFor() throws IOException {
    int most = 4096;
    TsdbOptions.BlockPart small = new TsdbOptions.BlockPart(true, 0, null, most, 60_000);
    try (Tsdb tsdb = open(TsdbOptions.defaults().withBlocks(small))) {
      append(tsdb, START_MS, START_MS + 9 * HOUR_MS);
      tsdb.maintain();
      tsdb.snapshot(false);
      assertEquals(expected, Dump.all(tsdb));
    }
    try (Stream<Path> all = Files.walk(directory)) {
      List<Path> files = all.filter(f -> f.toString().contains("/chunks/")).toList();
      assertTrue(files.stream().anyMatch(f -> f.endsWith("000002")), files::toString);
      assertTrue(files.stream().allMatch(f -> f.toFile().length() <= most), files::toString);
    }
  }

  @Test
  void looksAtItsFolderAsOftenAsWasAskedFor() {
    TsdbOptions.BlockPart often = new TsdbOptions.BlockPart(true, 0, null, 1 << 20, 7_000);
    open(TsdbOptions.defaults().withBlocks(often)).close();
    assertTrue(timers.delaysMs.contains(7_000L), timers.delaysMs::toString);
  }

  @Test
  void compactsTwoHoursToSixAndEighteen() {
    try (Tsdb tsdb = open(TsdbOptions.defaults())) {
      for (int h = 0; h < 44; h += 2) {
        append(tsdb, START_MS + h * HOUR_MS, START_MS + (h + 2) * HOUR_MS);
        tsdb.maintain();
      }
      assertEquals(expected, Dump.all(tsdb));
      assertTrue(spans(tsdb).contains(18L), () -> "spans in hours: " + spans(tsdb));
      assertTrue(tsdb.blocks().size() < 10, () -> "spans in hours: " + spans(tsdb));
    }
  }

  @Test
  void retentionDropsOldestWholeBlocks() {
    TsdbOptions options = TsdbOptions.defaults().withRetention(4 * HOUR_MS, 0);
    try (Tsdb tsdb = open(options)) {
      append(tsdb, START_MS, START_MS + 12 * HOUR_MS);
      tsdb.maintain();
      tsdb.maintain();
      long newest = tsdb.blocks().getLast().maxMs();
      for (BlockMeta block : tsdb.blocks()) {
        assertTrue(newest - block.maxMs() < 4 * HOUR_MS, block::toString);
      }
      assertTrue(tsdb.blocks().getFirst().minMs() > START_MS);
    }
    try (Tsdb tsdb = open(TsdbOptions.defaults().withRetention(0, 1))) {
      tsdb.maintain();
      assertEquals(List.of(), tsdb.blocks(), "a byte is too little for any block");
    }
  }

  @Test
  void samplesBeforeLastBlockAreOutOfBounds() {
    try (Tsdb tsdb = open(TsdbOptions.defaults())) {
      append(tsdb, START_MS, START_MS + 4 * HOUR_MS);
      tsdb.maintain();
    }
    try (Tsdb tsdb = open(TsdbOptions.defaults())) {
      Appender appender = tsdb.appender();
      appender.append(0, labels(99), tsdb.blocks().getLast().maxMs() - 1, 1);
      appender.append(0, labels(99), START_MS + 4 * HOUR_MS, 1);
      Appender.Commit commit = appender.commit();
      assertEquals(Outcome.OUT_OF_BOUNDS, commit.outcome(0));
      assertEquals(Outcome.STORED, commit.outcome(1));
    }
  }

  @Test
  void deletedSamplesStayDeleted() {
    try (Tsdb tsdb = open(TsdbOptions.defaults())) {
      append(tsdb, START_MS, START_MS + 4 * HOUR_MS);
      tsdb.maintain();
      tsdb.delete(START_MS + HOUR_MS, START_MS + 3 * HOUR_MS, List.of(Matcher.equal("i", "7")));
      expected.keySet().removeIf(k -> k.contains("i=\"7\"") && isBetween(k));
      assertEquals(expected, Dump.all(tsdb));
      append(tsdb, START_MS + 4 * HOUR_MS, START_MS + 6 * HOUR_MS);
      tsdb.maintain();
      assertEquals(expected, Dump.all(tsdb), "after the head became a block");
      tsdb.cleanTombstones();
      assertEquals(expected, Dump.all(tsdb), "after cleaning");
      assertEquals(0, tsdb.blocks().stream().mapToLong(b -> b.stats().tombstones()).sum());
    }
    try (Tsdb tsdb = open(TsdbOptions.defaults())) {
      assertEquals(expected, Dump.all(tsdb), "after a restart");
    }
  }

  private static boolean isBetween(String key) {
    long tMs = Long.parseLong(key.substring(key.lastIndexOf(' ') + 1));
    return tMs >= START_MS + HOUR_MS && tMs <= START_MS + 3 * HOUR_MS;
  }

  @Test
  void corruptBlockDoesNotKeepStorageFromOpening() throws IOException {
    try (Tsdb tsdb = open(TsdbOptions.defaults())) {
      append(tsdb, START_MS, START_MS + 8 * HOUR_MS);
      tsdb.maintain();
      assertEquals(3, tsdb.blocks().size());
    }
    Path index;
    try (Tsdb tsdb = open(TsdbOptions.defaults())) {
      index = directory.resolve(tsdb.blocks().getFirst().ulid().toString()).resolve("index");
    }
    Files.write(index, new byte[100]);
    try (Tsdb tsdb = open(TsdbOptions.defaults())) {
      assertEquals(2, tsdb.blocks().size());
      assertTrue(Files.exists(index), "it is left for whoever can mend it");
    }
  }

  @Test
  void lateSamplesAreKeptMergedAndSurvive() {
    TsdbOptions options = TsdbOptions.defaults().withOutOfOrderWindow(24 * HOUR_MS);
    try (Tsdb tsdb = open(options)) {
      append(tsdb, START_MS, START_MS + 7 * HOUR_MS);
      tsdb.maintain();
      Appender appender = tsdb.appender();
      for (int i = 0; i < 300; i++) {
        long tMs = START_MS + 5 * HOUR_MS - i * 50_000L + 7;
        appender.append(0, labels(3), tMs, i);
        expected.put(labels(3) + " " + tMs, Double.toString(i));
      }
      appender.append(0, labels(3), START_MS - 20 * HOUR_MS, 1);
      Appender.Commit commit = appender.commit();
      assertEquals(300, commit.accepted());
      assertEquals(Outcome.TOO_OLD, commit.outcome(300));
      assertEquals(expected, Dump.all(tsdb));
    }
    try (Tsdb tsdb = open(options)) {
      assertEquals(expected, Dump.all(tsdb), "after a restart");
      append(tsdb, START_MS + 7 * HOUR_MS, START_MS + 10 * HOUR_MS);
      tsdb.maintain();
      assertEquals(expected, Dump.all(tsdb), "after compaction");
      for (int i = 1; i < tsdb.blocks().size(); i++) {
        assertTrue(
            tsdb.blocks().get(i).minMs() >= tsdb.blocks().get(i - 1).maxMs(),
            "overlaps are merged away");
      }
    }
    try (Tsdb tsdb = open(options)) {
      assertEquals(expected, Dump.all(tsdb), "after another restart");
    }
  }

  @Test
  void exemplarsSurviveARestart() {
    TsdbOptions options =
        TsdbOptions.defaults().withLimits(TsdbLimits.defaults().withExemplars(100));
    List<SeriesExemplars> expected;
    try (Tsdb tsdb = open(options)) {
      for (int i = 0; i < 5; i++) {
        Appender appender = tsdb.appender();
        int sample = appender.append(0, labels(i % 2), START_MS + i, i);
        Labels id = Labels.of("trace_id", "t" + i);
        appender.exemplar(sample, new Exemplar(id, i, START_MS + i, true));
        appender.commit();
      }
      expected = tsdb.exemplars(START_MS, START_MS + 5, List.of(List.of()));
      assertEquals(2, expected.size());
      assertEquals(3, expected.getFirst().exemplars().size());
      assertEquals(
          1, tsdb.exemplars(START_MS + 1, START_MS + 1, List.of(List.of())).size(), "by time");
    }
    try (Tsdb tsdb = open(options)) {
      assertEquals(expected, tsdb.exemplars(START_MS, START_MS + 5, List.of(List.of())));
      tsdb.apply(options.limits().withExemplars(1));
      assertEquals(1, tsdb.exemplars(START_MS, START_MS + 5, List.of(List.of())).size());
    }
    try (Tsdb tsdb = open(TsdbOptions.defaults())) {
      assertEquals(List.of(), tsdb.exemplars(START_MS, START_MS + 5, List.of(List.of())));
    }
  }

  @Test
  void retentionByPercentageGoesBeforeSize() {
    try (Tsdb tsdb = open(TsdbOptions.defaults())) {
      append(tsdb, START_MS, START_MS + 8 * HOUR_MS);
      tsdb.maintain();
      assertEquals(3, tsdb.blocks().size());
      tsdb.apply(TsdbLimits.defaults().withRetention(0, 1).withRetentionPercentage(99));
      tsdb.maintain();
      assertEquals(3, tsdb.blocks().size(), "a byte is not the limit any more");
      tsdb.apply(TsdbLimits.defaults().withRetentionPercentage(1e-12));
      tsdb.maintain();
      assertEquals(List.of(), tsdb.blocks());
    }
  }

  @Test
  void secondProcessIsRefused() {
    try (Tsdb first = open(TsdbOptions.defaults())) {
      assertThrows(StorageException.class, () -> open(TsdbOptions.defaults()), first::toString);
    }
  }

  @Test
  void snapshotHoldsEverything() {
    String name;
    try (Tsdb tsdb = open(TsdbOptions.defaults())) {
      append(tsdb, START_MS, START_MS + 5 * HOUR_MS);
      tsdb.maintain();
      name = tsdb.snapshot(false);
    }
    directory = directory.resolve("snapshots").resolve(name);
    try (Tsdb tsdb = open(TsdbOptions.defaults())) {
      assertEquals(expected, Dump.all(tsdb));
    }
  }

  @Test
  void promtoolReadsBlocksAndWal() throws IOException, InterruptedException {
    Path promtool = Peers.program("promtool");
    try (Tsdb tsdb = open(TsdbOptions.defaults())) {
      append(tsdb, START_MS, START_MS + 6 * HOUR_MS);
      tsdb.maintain();
    }
    Process process =
        new ProcessBuilder(promtool.toString(), "tsdb", "dump", directory.toString())
            .redirectError(directory.resolve("stderr").toFile())
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), () -> "see " + directory.resolve("stderr"));
    assertEquals(expected, Dump.parse(text));
  }
}
