package io.narthex.tsdb;

import static io.narthex.tsdb.PrometheusExchangeTest.assertSame;
import static io.narthex.tsdb.PrometheusExchangeTest.dump;
import static io.narthex.tsdb.PrometheusExchangeTest.labels;
import static io.narthex.tsdb.PrometheusExchangeTest.scrapes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.io.disk.Disk;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.Appender;
import io.narthex.storage.ExemplarQueryable.SeriesExemplars;
import io.narthex.testing.Peers;
import io.narthex.tsdb.wal.WalOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A data folder goes between us and a real Prometheus that both keep memory snapshots.
class MemorySnapshotExchangeTest {

  private static final long HOUR_MS = 3_600_000;
  private static final String FEATURE = "memory-snapshot-on-shutdown";

  @TempDir Path directory;

  private final ManualTimers timers = new ManualTimers();
  private final long startMs = (System.currentTimeMillis() / HOUR_MS / 2 - 5) * 2 * HOUR_MS;

  private Tsdb open(int samplesPerChunk, boolean snapshot, WalOptions.Compression compression) {
    TsdbOptions d = TsdbOptions.defaults();
    WalOptions wal = new WalOptions(d.head().wal().segmentBytes(), compression);
    TsdbOptions options =
        d.withHead(
                new TsdbOptions.HeadPart(samplesPerChunk, 0, 0, true, false, false, snapshot, wal))
            .withLimits(d.limits().withOutOfOrderWindow(5 * HOUR_MS).withExemplars(1000));
    return Tsdb.open(
        data(),
        options,
        Disk.system(),
        timers,
        new Metrics(),
        timers,
        Runnable::run,
        new ReplayStatus());
  }

  private Tsdb open(boolean snapshot) {
    return open(120, snapshot, WalOptions.Compression.SNAPPY);
  }

  private Path data() {
    return directory.resolve("data");
  }

  private RealPrometheus prometheus() throws IOException {
    Path program = Peers.program("prometheus");
    return new RealPrometheus(program, directory, data(), startMs + 12 * HOUR_MS, List.of(FEATURE));
  }

  private List<String> snapshots() throws IOException {
    try (Stream<Path> all = Files.list(data())) {
      return all.map(p -> p.getFileName().toString())
          .filter(n -> n.startsWith("chunk_snapshot"))
          .toList();
    }
  }

  /// Floats and histograms of `[fromMs, toMs)`, some exemplars, some late samples.
  private void fill(Tsdb tsdb, long fromMs, long toMs) {
    Random random = new Random(fromMs);
    Appender appender = tsdb.appender();
    scrapes(appender, random, fromMs, toMs);
    for (int i = 0; i < 100; i++) {
      appender.append(0, labels("float", 3), toMs - 45_000 - i * 1000L + 7, i);
    }
    assertTrue(appender.commit().accepted() > 0);
  }

  /// What Prometheus leaves does not count once we have gone on: our chunks end elsewhere, so that
  /// it would throw away the one that it has in its snapshot for a shorter one of ours.
  @Test
  void weGoOnWhereASnapshotWasTaken() throws IOException, InterruptedException {
    Peers.program("prometheus");
    try (Tsdb tsdb = open(false)) {
      fill(tsdb, startMs, startMs + HOUR_MS / 2);
    }
    prometheus().close();
    assertEquals(1, snapshots().size());
    Map<String, String> expected;
    try (Tsdb tsdb = open(24, false, WalOptions.Compression.SNAPPY)) {
      assertEquals(List.of(), snapshots());
      assertEquals(12, tsdb.headSeries());
      fill(tsdb, startMs + HOUR_MS / 2, startMs + HOUR_MS / 2 + 180_000);
      expected = dump(tsdb);
    }
    try (RealPrometheus prometheus = prometheus()) {
      assertSame(expected, prometheus.samples(), "what Prometheus finds");
    }
    try (Tsdb tsdb = open(false)) {
      assertSame(expected, dump(tsdb), "what comes back");
    }
  }

  @ParameterizedTest
  @EnumSource(WalOptions.Compression.class)
  void prometheusReadsOurSnapshotInsteadOfTheLog(WalOptions.Compression compression)
      throws IOException, InterruptedException {
    Peers.program("prometheus");
    try (Tsdb tsdb = open(120, false, compression)) {
      fill(tsdb, startMs, startMs + 5 * HOUR_MS);
      tsdb.maintain();
      fill(tsdb, startMs + 5 * HOUR_MS, startMs + 6 * HOUR_MS);
    }
    Map<String, String> expected;
    List<SeriesExemplars> exemplars;
    try (Tsdb tsdb = open(120, true, compression)) {
      fill(tsdb, startMs + 6 * HOUR_MS, startMs + 6 * HOUR_MS + 40 * 60_000);
      long deletedMs = startMs + 6 * HOUR_MS + 600_000;
      tsdb.delete(deletedMs, deletedMs + 600_000, List.of(Matcher.equal("i", "5")));
      expected = dump(tsdb);
      exemplars = tsdb.exemplars(0, Long.MAX_VALUE, List.of(List.of()));
    }
    List<String> written = snapshots();
    assertEquals(1, written.size(), written::toString);
    assertTrue(written.getFirst().matches("chunk_snapshot\\.\\d{6}\\.\\d{10}"), written::toString);
    try (RealPrometheus prometheus = prometheus()) {
      String log = prometheus.startLog();
      assertTrue(log.contains("chunk snapshot loaded"), log);
      assertTrue(log.contains(written.getFirst() + " num_series=12"), log);
      // Of the log nothing but the segment in which it ends, and the new one of Prometheus.
      assertEquals(3, log.split("WAL segment loaded", -1).length, log);
      assertTrue(written.getFirst().startsWith("chunk_snapshot.000002."), written::toString);
      assertTrue(!log.contains("WAL checkpoint loaded"), log);
      assertSame(expected, prometheus.samples(), "what Prometheus finds");
      assertEquals(PrometheusExchangeTest.text(exemplars), prometheus.exemplars());
    }
    try (Tsdb tsdb = open(120, false, compression)) {
      assertEquals(List.of(), snapshots());
      assertSame(expected, dump(tsdb), "what comes back");
    }
  }
}
