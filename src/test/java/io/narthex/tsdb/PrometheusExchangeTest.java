package io.narthex.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.io.disk.Disk;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.model.sample.Exemplar;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.storage.Appender;
import io.narthex.storage.ExemplarQueryable.SeriesExemplars;
import io.narthex.storage.Querier;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import io.narthex.testing.Peers;
import io.narthex.tsdb.wal.WalOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A data folder goes from us to a real Prometheus and back: blocks, head, late samples, histograms
/// of all kinds, deletions and exemplars are the same on both sides.
class PrometheusExchangeTest {

  private static final long HOUR_MS = 3_600_000;

  @TempDir Path directory;

  private final ManualTimers timers = new ManualTimers();
  private final long startMs = (System.currentTimeMillis() / HOUR_MS / 2 - 5) * 2 * HOUR_MS;

  private Tsdb open(Path path, WalOptions.Compression compression) {
    TsdbOptions d = TsdbOptions.defaults();
    TsdbOptions options =
        d.withHead(
                new TsdbOptions.HeadPart(
                    120,
                    0,
                    0,
                    true,
                    false,
                    false,
                    false,
                    new WalOptions(d.head().wal().segmentBytes(), compression)))
            .withLimits(d.limits().withOutOfOrderWindow(5 * HOUR_MS).withExemplars(1000));
    return Tsdb.open(
        path,
        options,
        Disk.system(),
        timers,
        new Metrics(),
        timers,
        Runnable::run,
        new ReplayStatus());
  }

  static Labels labels(String name, int i) {
    return Labels.of("__name__", name, "i", String.valueOf(i));
  }

  /// Commits floats and histograms of `[fromMs, toMs)`, two of the series with some exemplars.
  static void scrapes(Appender appender, Random random, long fromMs, long toMs) {
    RandomValues values = new RandomValues(random);
    for (long tMs = fromMs; tMs < toMs; tMs += 30_000) {
      for (int i = 0; i < 6; i++) {
        int sample = appender.append(0, labels("float", i), tMs, random.nextInt(50) / 4.0);
        if (i < 2 && tMs % (20 * 60_000) == 0) {
          Labels id = Labels.of("trace_id", "t" + tMs);
          appender.exemplar(sample, new Exemplar(id, i + 0.5, tMs, true));
        }
        FloatHistogram histogram = values.histogram();
        if (!histogram.isStale()) {
          appender.append(0, labels("histogram", i), tMs, histogram);
        }
      }
      appender.commit();
    }
  }

  private void fill(Tsdb tsdb) {
    Random random = new Random(5);
    Appender appender = tsdb.appender();
    scrapes(appender, random, startMs, startMs + 9 * HOUR_MS);
    for (int i = 0; i < 400; i++) {
      long tMs = startMs + 9 * HOUR_MS - 45_000 - random.nextInt(4 * 3600) * 1000L;
      appender.append(0, labels("float", 3), tMs + 7, i);
    }
    assertTrue(appender.commit().accepted() > 0);
    tsdb.delete(startMs + HOUR_MS, startMs + 2 * HOUR_MS, List.of(Matcher.equal("i", "4")));
    tsdb.delete(
        startMs + 8 * HOUR_MS, startMs + 8 * HOUR_MS + 600_000, List.of(Matcher.equal("i", "5")));
  }

  @ParameterizedTest
  @EnumSource(WalOptions.Compression.class)
  void dataGoesThereAndBack(WalOptions.Compression compression)
      throws IOException, InterruptedException {
    Path program = Peers.program("prometheus");
    Path data = directory.resolve("data");
    Map<String, String> expected;
    List<SeriesExemplars> exemplars;
    try (Tsdb tsdb = open(data, compression)) {
      fill(tsdb);
      tsdb.maintain();
      // Once more late and deleted, now that there are blocks.
      Appender appender = tsdb.appender();
      for (int i = 0; i < 100; i++) {
        appender.append(0, labels("float", 2), startMs + 6 * HOUR_MS + i * 1000L + 3, i);
      }
      assertEquals(100, appender.commit().accepted());
      tsdb.delete(startMs, startMs + HOUR_MS / 2, List.of(Matcher.equal("i", "1")));
      expected = dump(tsdb);
      // Those of the time that is in blocks are not kept over a restart, here as there.
      exemplars = tsdb.exemplars(tsdb.view().headFromMs(), Long.MAX_VALUE, List.of(List.of()));
      assertTrue(exemplars.size() == 2, exemplars::toString);
    }
    try (RealPrometheus prometheus =
        new RealPrometheus(program, directory, data, startMs + 12 * HOUR_MS, List.of())) {
      assertSame(expected, prometheus.samples(), "what Prometheus finds");
      assertEquals(text(exemplars), prometheus.exemplars());
    }
    try (Tsdb tsdb = open(data, compression)) {
      assertSame(expected, dump(tsdb), "what comes back");
      assertEquals(text(exemplars), text(tsdb.exemplars(0, Long.MAX_VALUE, List.of(List.of()))));
      tsdb.maintain();
      assertSame(expected, dump(tsdb), "after compaction");
    }
  }

  static void assertSame(Map<String, String> expected, Map<String, String> actual, String context) {
    List<String> wrong = new ArrayList<>();
    expected.forEach((key, value) -> {
      if (!value.equals(actual.get(key))) {
        wrong.add(key + ": expected " + value + ", found " + actual.get(key));
      }
    });
    actual.keySet().stream().filter(k -> !expected.containsKey(k)).forEach(k -> wrong.add("+" + k));
    assertTrue(
        wrong.isEmpty(),
        () ->
            context
                + ": "
                + wrong.size()
                + " of "
                + expected.size()
                + " differ: "
                + wrong.subList(0, Math.min(10, wrong.size())));
  }

  static Map<String, String> dump(Tsdb tsdb) {
    Map<String, String> dump = new TreeMap<>();
    try (Querier querier = tsdb.querier(Long.MIN_VALUE, Long.MAX_VALUE)) {
      SeriesSet set = querier.select(true, SelectHints.of(0, Long.MAX_VALUE), List.of());
      while (set.next()) {
        SampleBuffer out = new SampleBuffer();
        set.at().read(Long.MIN_VALUE, Long.MAX_VALUE, out);
        for (int i = 0; i < out.size; i++) {
          FloatHistogram h = out.histogram(i);
          String value = h == null ? out.values[i] + "" : h.count + " " + h.sum;
          dump.put(set.at().labels() + " " + out.timesMs[i], value);
        }
      }
    }
    return dump;
  }

  static String text(List<SeriesExemplars> all) {
    StringBuilder out = new StringBuilder();
    for (SeriesExemplars series : all) {
      for (Exemplar e : series.exemplars()) {
        out.append(series.series().get("i")).append(' ').append(e.labels().get("trace_id"));
        out.append(' ').append(e.value()).append(' ').append(e.tMs()).append('\n');
      }
    }
    return out.toString();
  }
}
