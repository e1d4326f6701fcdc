package io.narthex.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.io.disk.Disk;
import io.narthex.io.json.Json;
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
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
  private static final String CONFIG =
      "global: {scrape_interval: 1h}\nstorage: {tsdb: {out_of_order_time_window: 5h}}\n";

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

  private static Labels labels(String name, int i) {
    return Labels.of("__name__", name, "i", String.valueOf(i));
  }

  private void fill(Tsdb tsdb) {
    Random random = new Random(5);
    RandomValues values = new RandomValues(random);
    Appender appender = tsdb.appender();
    for (long tMs = startMs; tMs < startMs + 9 * HOUR_MS; tMs += 30_000) {
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
    try (Prometheus prometheus = new Prometheus(program, data)) {
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

  private static void assertSame(
      Map<String, String> expected, Map<String, String> actual, String context) {
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

  private static Map<String, String> dump(Tsdb tsdb) {
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

  private static String text(List<SeriesExemplars> all) {
    StringBuilder out = new StringBuilder();
    for (SeriesExemplars series : all) {
      for (Exemplar e : series.exemplars()) {
        out.append(series.series().get("i")).append(' ').append(e.labels().get("trace_id"));
        out.append(' ').append(e.value()).append(' ').append(e.tMs()).append('\n');
      }
    }
    return out.toString();
  }

  /// A real one on a data folder.
  private final class Prometheus implements AutoCloseable {
    private final Process process;
    private final BufferedReader log;
    private final int port;

    Prometheus(Path program, Path data) throws IOException {
      try (ServerSocket socket = new ServerSocket(0)) {
        port = socket.getLocalPort();
      }
      Path config = directory.resolve("prometheus.yml");
      Files.writeString(config, CONFIG);
      process =
          new ProcessBuilder(
                  program.toString(),
                  "--config.file=" + config,
                  "--storage.tsdb.path=" + data,
                  "--web.listen-address=127.0.0.1:" + port,
                  "--enable-feature=exemplar-storage,native-histograms")
              .redirectErrorStream(true)
              .start();
      log = process.inputReader(StandardCharsets.UTF_8);
      StringBuilder said = new StringBuilder();
      for (String line = log.readLine(); ; line = log.readLine()) {
        assertTrue(line != null, () -> "Prometheus ended: " + said);
        said.append(line).append('\n');
        if (line.contains("Server is ready to receive web requests")) {
          break;
        }
      }
      String text = said.toString();
      assertTrue(!text.contains("orrupt"), text);
      assertTrue(!text.contains("level=ERROR"), text);
    }

    private Json get(String path) throws IOException, InterruptedException {
      URI uri = URI.create("http://127.0.0.1:" + port + "/api/v1/" + path);
      try (HttpClient client = HttpClient.newHttpClient()) {
        String body =
            client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
        return Json.parse(body).asObject().get("data");
      }
    }

    Map<String, String> samples() throws IOException, InterruptedException {
      Map<String, String> found = new TreeMap<>();
      String query = URLEncoder.encode("{__name__=~\".+\"}[20h]", StandardCharsets.UTF_8);
      long atSeconds = (startMs + 12 * HOUR_MS) / 1000;
      Json data = get("query?query=" + query + "&time=" + atSeconds);
      for (Json series : data.asObject().get("result").asArray()) {
        Map<String, String> metric = new TreeMap<>();
        Json.Obj object = series.asObject();
        object.get("metric").asObject().members().forEach((n, v) -> metric.put(n, v.asString()));
        Labels labels = Labels.ofMap(metric);
        for (String kind : List.of("values", "histograms")) {
          Json list = object.find(kind);
          for (Json pair : list == null ? List.<Json>of() : list.asArray()) {
            long tMs = Math.round(pair.asArray().get(0).asDouble() * 1000);
            found.put(labels + " " + tMs, value(pair.asArray().get(1)));
          }
        }
      }
      return found;
    }

    private static String value(Json value) {
      if (value instanceof Json.Obj histogram) {
        double count = Double.parseDouble(histogram.get("count").asString());
        return count + " " + Double.parseDouble(histogram.get("sum").asString());
      }
      return Double.parseDouble(value.asString()) + "";
    }

    String exemplars() throws IOException, InterruptedException {
      StringBuilder out = new StringBuilder();
      for (Json series : get("query_exemplars?query=float").asArray()) {
        String i = series.asObject().get("seriesLabels").asObject().get("i").asString();
        for (Json one : series.asObject().get("exemplars").asArray()) {
          Json.Obj e = one.asObject();
          out.append(i).append(' ');
          out.append(e.get("labels").asObject().get("trace_id").asString()).append(' ');
          out.append(Double.parseDouble(e.get("value").asString())).append(' ');
          out.append(Math.round(e.get("timestamp").asDouble() * 1000)).append('\n');
        }
      }
      return out.toString();
    }

    @Override
    public void close() throws IOException, InterruptedException {
      // Not of the process itself: that would close its output.
      process.toHandle().destroy();
      while (log.readLine() != null) {
        // Until it has written everything down.
      }
      assertEquals(0, process.waitFor());
    }
  }
}
