package io.narthex.tsdb;

import static io.narthex.tsdb.PrometheusExchangeTest.assertSame;
import static io.narthex.tsdb.PrometheusExchangeTest.dump;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.io.disk.Disk;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.model.sample.StaleMarker;
import io.narthex.storage.Appender;
import io.narthex.testing.Peers;
import io.narthex.tsdb.block.BlockMeta;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real Prometheus and its promtool read a data folder where a block has some series of a time
/// only, or where all samples of a series are deleted; and we read it behind them.
class PartialBlockExchangeTest {

  private static final long HOUR_MS = 3_600_000;

  @TempDir Path directory;

  private final ManualTimers timers = new ManualTimers();
  private final long startMs = (System.currentTimeMillis() / HOUR_MS / 2 - 5) * 2 * HOUR_MS;

  private Tsdb open() {
    TsdbLimits limits = TsdbLimits.defaults().withStaleSeriesThreshold(0.5);
    return Tsdb.open(
        data(),
        TsdbOptions.defaults().withLimits(limits),
        Disk.system(),
        timers,
        new Metrics(),
        timers,
        Runnable::run,
        new ReplayStatus());
  }

  private Path data() {
    return directory.resolve("data");
  }

  private static Labels labels(int i) {
    return Labels.of("__name__", "metric", "i", String.valueOf(i));
  }

  /// Samples of the series `[from, to)` in the time `[fromMs, toMs)`.
  private static void append(Tsdb tsdb, int from, int to, long fromMs, long toMs) {
    Appender appender = tsdb.appender();
    for (long tMs = fromMs; tMs < toMs; tMs += 30_000) {
      for (int i = from; i < to; i++) {
        appender.append(0, labels(i), tMs, i * 1000 + tMs / 30_000 % (i + 2) / 8.0);
      }
      assertEquals(to - from, appender.commit().accepted());
    }
  }

  /// Six of ten series end; a block takes them, the head keeps the others and goes on.
  private void moveEnded(Tsdb tsdb) {
    append(tsdb, 0, 10, startMs, startMs + HOUR_MS);
    Appender appender = tsdb.appender();
    for (int i = 0; i < 6; i++) {
      appender.append(0, labels(i), startMs + HOUR_MS, StaleMarker.STALE);
    }
    assertEquals(6, appender.commit().accepted());
    append(tsdb, 6, 10, startMs + HOUR_MS, startMs + HOUR_MS + 300_000);
    tsdb.maintain();
    assertEquals(1, tsdb.blocks().size());
    List<String> hints = tsdb.blocks().getFirst().compaction().hints();
    assertTrue(hints.contains(BlockMeta.Compaction.FROM_STALE_SERIES), hints::toString);
    assertEquals(4, tsdb.headSeries());
    append(tsdb, 6, 10, startMs + HOUR_MS + 300_000, startMs + HOUR_MS + 600_000);
  }

  private void delete(Tsdb tsdb, int i) {
    tsdb.delete(Long.MIN_VALUE, Long.MAX_VALUE, List.of(Matcher.equal("i", String.valueOf(i))));
  }

  /// All samples but the markers of an end, which queries do not show.
  private static Map<String, String> samples(Tsdb tsdb) {
    Map<String, String> all = dump(tsdb);
    all.values().removeIf("NaN"::equals);
    return all;
  }

  /// Prometheus has what we have, promtool finds nothing wrong, and we have it again behind them.
  private void assertGoesThereAndBack(Map<String, String> expected)
      throws IOException, InterruptedException {
    Path program = Peers.program("prometheus");
    promtool("list");
    promtool("analyze");
    try (RealPrometheus prometheus =
        new RealPrometheus(program, directory, data(), startMs + 12 * HOUR_MS, List.of())) {
      assertSame(expected, prometheus.samples(), "what Prometheus finds");
    }
    promtool("list");
    try (Tsdb tsdb = open()) {
      assertSame(expected, samples(tsdb), "what comes back");
      tsdb.maintain();
      assertSame(expected, samples(tsdb), "after compaction");
    }
  }

  private void promtool(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(Peers.program("promtool").toString(), "tsdb", command, data().toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    assertTrue(!said.contains("rror"), said);
  }

  @Test
  void blockOfEndedSeriesBesideTheHead() throws IOException, InterruptedException {
    Map<String, String> expected;
    try (Tsdb tsdb = open()) {
      moveEnded(tsdb);
      expected = samples(tsdb);
    }
    assertGoesThereAndBack(expected);
  }

  @Test
  void endedSeriesThatCameBack() throws IOException, InterruptedException {
    Map<String, String> expected;
    try (Tsdb tsdb = open()) {
      moveEnded(tsdb);
      append(tsdb, 0, 3, startMs + HOUR_MS + 600_000, startMs + HOUR_MS + 900_000);
      expected = samples(tsdb);
    }
    assertGoesThereAndBack(expected);
  }

  @Test
  void seriesWithoutSamplesThatAreNotDeleted() throws IOException, InterruptedException {
    Map<String, String> expected;
    try (Tsdb tsdb = open()) {
      append(tsdb, 0, 10, startMs, startMs + 4 * HOUR_MS);
      tsdb.maintain();
      assertEquals(1, tsdb.blocks().size());
      delete(tsdb, 2);
      delete(tsdb, 7);
      append(tsdb, 6, 10, startMs + 4 * HOUR_MS, startMs + 4 * HOUR_MS + 300_000);
      expected = samples(tsdb);
      assertTrue(expected.keySet().stream().noneMatch(k -> k.startsWith(labels(2).toString())));
      assertTrue(expected.keySet().stream().anyMatch(k -> k.startsWith(labels(7).toString())));
    }
    assertGoesThereAndBack(expected);
  }

  @Test
  void deletedSeriesInABlockOfEndedOnes() throws IOException, InterruptedException {
    Map<String, String> expected;
    try (Tsdb tsdb = open()) {
      moveEnded(tsdb);
      delete(tsdb, 3);
      delete(tsdb, 8);
      expected = samples(tsdb);
    }
    assertGoesThereAndBack(expected);
  }
}
