package io.narthex.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.io.disk.Disk;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.model.sample.StaleMarker;
import io.narthex.storage.Appender;
import io.narthex.tsdb.block.BlockMeta;
import io.narthex.tsdb.block.Dump;
import io.narthex.tsdb.wal.WalOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Series that have ended leave the head early: what can be asked stays the same, whatever happens
/// to the process.
class StaleCompactionTest {

  private static final long HOUR_MS = 3_600_000;
  private static final long START_MS = 1_700_006_400_000L;

  @TempDir Path directory;

  private final ManualTimers timers = new ManualTimers();
  private final TreeMap<String, String> expected = new TreeMap<>();
  private Metrics metrics = new Metrics();

  private Tsdb open(double threshold) {
    metrics = new Metrics();
    TsdbOptions.HeadPart head = TsdbOptions.defaults().head();
    // Small segments, so that a truncation makes a checkpoint.
    WalOptions wal = new WalOptions(32 * 1024, WalOptions.Compression.NONE);
    TsdbOptions options =
        TsdbOptions.defaults()
            .withHead(
                new TsdbOptions.HeadPart(
                    head.samplesPerChunk(),
                    0,
                    0,
                    head.metadataInWal(),
                    head.xor2(),
                    false,
                    false,
                    wal))
            .withLimits(TsdbLimits.defaults().withStaleSeriesThreshold(threshold))
            .withoutLock();
    return Tsdb.open(
        directory,
        options,
        Disk.system(),
        timers,
        metrics,
        timers,
        Runnable::run,
        new ReplayStatus());
  }

  private static Labels labels(int i) {
    return Labels.of("__name__", "metric", "i", String.valueOf(i), "job", "test");
  }

  /// Samples of the series `[from, to)`.
  private void append(Tsdb tsdb, int from, int to, long fromMs, long toMs) {
    Appender appender = tsdb.appender();
    for (long tMs = fromMs; tMs < toMs; tMs += 30_000) {
      for (int i = from; i < to; i++) {
        put(appender, i, tMs, i * 1000 + (tMs / 30_000) % (i + 2) / 8.0);
      }
      assertEquals(to - from, appender.commit().accepted());
    }
  }

  private void put(Appender appender, int i, long tMs, double value) {
    appender.append(0, labels(i), tMs, value);
    expected.put(labels(i) + " " + tMs, Double.toString(value));
  }

  private void end(Tsdb tsdb, int from, int to, long tMs) {
    Appender appender = tsdb.appender();
    for (int i = from; i < to; i++) {
      put(appender, i, tMs, StaleMarker.STALE);
    }
    assertEquals(to - from, appender.commit().accepted());
  }

  private double metric(String name) {
    double[] found = {Double.NaN};
    metrics.collect(
        new Metrics.MetricSink() {
          @Override
          public void family(String family, String help, Metrics.Type type) {}

          @Override
          public void sample(String sample, List<String> labels, double value) {
            if (sample.equals(name)) {
              found[0] = value;
            }
          }
        });
    return found[0];
  }

  private static List<BlockMeta> stale(Tsdb tsdb) {
    return tsdb.blocks().stream()
        .filter(b -> b.compaction().hints().contains("from-stale-series"))
        .toList();
  }

  /// Ten series over an hour; six of them end, and are moved to a block.
  private Tsdb moved() {
    Tsdb tsdb = open(0.5);
    append(tsdb, 0, 10, START_MS, START_MS + HOUR_MS);
    end(tsdb, 0, 6, START_MS + HOUR_MS);
    append(tsdb, 6, 10, START_MS + HOUR_MS, START_MS + HOUR_MS + 300_000);
    assertEquals(6, metric("prometheus_tsdb_head_stale_series"));
    tsdb.maintain();
    assertEquals(1, stale(tsdb).size());
    return tsdb;
  }

  @Test
  void endedSeriesLeaveTheHead() {
    try (Tsdb tsdb = moved()) {
      assertEquals(4, tsdb.headSeries());
      assertEquals(6, stale(tsdb).getFirst().stats().series());
      assertEquals(0, metric("prometheus_tsdb_head_stale_series"));
      assertEquals(1, metric("prometheus_tsdb_stale_series_compactions_triggered_total"));
      assertEquals(0, metric("prometheus_tsdb_stale_series_compactions_failed_total"));
      assertEquals(expected, Dump.all(tsdb));
      tsdb.maintain();
      assertEquals(1, stale(tsdb).size(), "there are no others");
    }
  }

  @Test
  void fewerThanTheThresholdStay() {
    try (Tsdb tsdb = open(0.5)) {
      append(tsdb, 0, 10, START_MS, START_MS + HOUR_MS);
      end(tsdb, 0, 4, START_MS + HOUR_MS);
      tsdb.maintain();
      assertEquals(List.of(), tsdb.blocks());
      tsdb.apply(TsdbLimits.defaults().withStaleSeriesThreshold(0.4));
      tsdb.maintain();
      assertEquals(6, tsdb.headSeries(), "a reload lowers the threshold");
      assertEquals(expected, Dump.all(tsdb));
    }
  }

  @Test
  void nothingMovesWithoutThreshold() {
    try (Tsdb tsdb = open(0)) {
      append(tsdb, 0, 10, START_MS, START_MS + HOUR_MS);
      end(tsdb, 0, 10, START_MS + HOUR_MS);
      tsdb.maintain();
      assertEquals(List.of(), tsdb.blocks());
    }
  }

  @Test
  void nothingMovesShortlyBeforeTheHeadsOwnBlock() {
    try (Tsdb tsdb = open(0.1)) {
      append(tsdb, 0, 10, START_MS, START_MS + 3 * HOUR_MS - 300_000);
      end(tsdb, 0, 6, START_MS + 3 * HOUR_MS - 300_000);
      tsdb.maintain();
      assertEquals(List.of(), tsdb.blocks());
    }
  }

  @Test
  void movedSeriesStayAwayAfterRestart() {
    moved().close();
    try (Tsdb tsdb = open(0.5)) {
      assertEquals(4, tsdb.headSeries());
      assertEquals(expected, Dump.all(tsdb));
    }
  }

  @Test
  void movedSeriesStayAwayAfterKill() {
    moved();
    try (Tsdb tsdb = open(0.5)) {
      assertEquals(4, tsdb.headSeries());
      assertEquals(expected, Dump.all(tsdb));
    }
  }

  @Test
  void movedSeriesStayAwayAfterKillWithoutMemory() {
    moved();
    Disk.system().delete(directory.resolve("head_memory"));
    try (Tsdb tsdb = open(0.5)) {
      assertEquals(4, tsdb.headSeries());
      assertEquals(expected, Dump.all(tsdb));
    }
  }

  @Test
  void deletedSamplesOfMovedSeriesStayDeleted() {
    try (Tsdb tsdb = moved()) {
      tsdb.delete(Long.MIN_VALUE, Long.MAX_VALUE, List.of(Matcher.equal("i", "3")));
      expected.keySet().removeIf(k -> k.startsWith(labels(3) + " "));
      assertEquals(expected, Dump.all(tsdb));
    }
    try (Tsdb tsdb = open(0.5)) {
      assertEquals(expected, Dump.all(tsdb));
    }
  }

  @Test
  void seriesThatComesBackIsNewAndWhole() {
    for (boolean memory : new boolean[] {true, false}) {
      Tsdb tsdb = memory ? moved() : open(0.5);
      long fromMs = START_MS + HOUR_MS + 300_000 + (memory ? 0 : 300_000);
      append(tsdb, 0, 10, fromMs, fromMs + 300_000);
      assertEquals(10, tsdb.headSeries());
      assertEquals(expected, Dump.all(tsdb));
      if (!memory) {
        Disk.system().delete(directory.resolve("head_memory"));
      }
      try (Tsdb again = open(0.5)) {
        assertEquals(10, again.headSeries());
        assertEquals(expected, Dump.all(again), "with what memory had: " + memory);
      }
    }
  }

  @Test
  void headGoesOnFromItsOwnBlockAfterRestart() {
    // The block of stale series ends an hour ahead of the head. What the others got since is in the
    // log only, and must not be taken for old: that was prometheus/prometheus#18379.
    moved().close();
    try (Tsdb tsdb = open(0.5)) {
      append(tsdb, 6, 10, START_MS + HOUR_MS + 300_000, START_MS + HOUR_MS + 600_000);
      assertEquals(expected, Dump.all(tsdb));
    }
    try (Tsdb tsdb = open(0.5)) {
      assertEquals(expected, Dump.all(tsdb));
    }
  }

  @Test
  void headsOwnBlocksAndCheckpointsComeBesides() {
    List<Integer> counts = new ArrayList<>();
    long atMs = START_MS;
    int first = 0;
    for (int round = 0; round < 5; round++) {
      try (Tsdb tsdb = open(0.3)) {
        assertEquals(expected, Dump.all(tsdb), "round " + round);
        append(tsdb, first, first + 10, atMs, atMs + 2 * HOUR_MS);
        atMs += 2 * HOUR_MS;
        tsdb.maintain();
        end(tsdb, first, first + 5, atMs);
        tsdb.maintain();
        first += 5;
        counts.add(tsdb.headSeries());
        assertEquals(expected, Dump.all(tsdb), "round " + round);
        assertTrue(!stale(tsdb).isEmpty());
      }
      if (round % 2 == 1) {
        Disk.system().delete(directory.resolve("head_memory"));
      }
    }
    assertEquals(List.of(5, 5, 5, 5, 5), counts);
  }
}
