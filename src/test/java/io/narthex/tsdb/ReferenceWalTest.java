package io.narthex.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.narthex.io.disk.Disk;
import io.narthex.io.json.Json;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.storage.Querier;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import io.narthex.testing.Conformance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Data folders of a Prometheus that was killed: we find what it finds itself.
class ReferenceWalTest {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"wal_killed", "wal_torn_tail"})
  void recoversWhatPrometheusRecovers(String name) throws IOException {
    Path source = Conformance.path("tsdb/" + name);
    Path expected = Conformance.path("tsdb/" + name + ".recovered.json");
    copy(source, directory);
    ManualTimers timers = new ManualTimers();
    try (Tsdb tsdb =
        Tsdb.open(
            directory,
            TsdbOptions.defaults().withOutOfOrderWindow(1_800_000),
            Disk.system(),
            timers,
            new Metrics(),
            timers,
            Runnable::run,
            new ReplayStatus())) {
      Map<Labels, Map<Long, String>> wanted = parse(Files.readString(expected));
      Map<Labels, Map<Long, String>> found = dump(tsdb);
      if (name.equals("wal_torn_tail")) {
        // The reference leaves out-of-order samples for its next start; here they are not lost.
        addLate(wanted);
      }
      assertEquals(wanted.toString(), found.toString());
    }
  }

  /// Adds what the folder that was not torn has out of order, up to where the torn one ends.
  private static void addLate(Map<Labels, Map<Long, String>> wanted) throws IOException {
    Path whole = Conformance.path("tsdb/wal_killed.recovered.json");
    parse(Files.readString(whole))
        .forEach((labels, samples) -> {
          Map<Long, String> known = wanted.get(labels);
          if (known != null && !known.isEmpty()) {
            long lastMs = ((TreeMap<Long, String>) known).lastKey();
            samples.forEach((tMs, value) -> {
              if (tMs < lastMs) {
                known.putIfAbsent(tMs, value);
              }
            });
          }
        });
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      all.forEach(path -> {
        Path target = to.resolve(from.relativize(path));
        try {
          if (Files.isDirectory(path)) {
            Files.createDirectories(target);
          } else {
            Files.write(target, Files.readAllBytes(path));
          }
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
    }
  }

  private static Map<Labels, Map<Long, String>> dump(Tsdb tsdb) {
    Map<Labels, Map<Long, String>> dump = new TreeMap<>();
    try (Querier querier = tsdb.querier(Long.MIN_VALUE, Long.MAX_VALUE)) {
      SeriesSet set = querier.select(true, SelectHints.of(0, Long.MAX_VALUE), List.of());
      while (set.next()) {
        SampleBuffer out = new SampleBuffer();
        set.at().read(Long.MIN_VALUE, Long.MAX_VALUE, out);
        Map<Long, String> samples = new TreeMap<>();
        for (int i = 0; i < out.size; i++) {
          FloatHistogram histogram = out.histogram(i);
          samples.put(
              out.timesMs[i],
              histogram == null
                  ? number(out.values[i])
                  : number(histogram.count) + "/" + number(histogram.sum));
        }
        if (!samples.isEmpty()) {
          dump.put(set.at().labels(), samples);
        }
      }
    }
    return dump;
  }

  private static Map<Labels, Map<Long, String>> parse(String text) {
    Map<Labels, Map<Long, String>> dump = new TreeMap<>();
    for (Json series : Json.parse(text).asArray()) {
      Map<String, String> labels = new TreeMap<>();
      series
          .asObject()
          .get("metric")
          .asObject()
          .members()
          .forEach((name, value) -> labels.put(name, value.asString()));
      Map<Long, String> samples = new TreeMap<>();
      Json values = series.asObject().find("values");
      if (values != null) {
        for (Json pair : values.asArray()) {
          List<Json> both = pair.asArray();
          samples.put(timeMs(both.get(0)), number(Double.parseDouble(both.get(1).asString())));
        }
      }
      Json histograms = series.asObject().find("histograms");
      if (histograms != null) {
        for (Json pair : histograms.asArray()) {
          List<Json> both = pair.asArray();
          Json.Obj h = both.get(1).asObject();
          samples.put(
              timeMs(both.get(0)),
              number(Double.parseDouble(h.get("count").asString()))
                  + "/"
                  + number(Double.parseDouble(h.get("sum").asString())));
        }
      }
      dump.put(Labels.ofMap(labels), samples);
    }
    return dump;
  }

  private static long timeMs(Json seconds) {
    return Math.round(seconds.asDouble() * 1000);
  }

  private static String number(double value) {
    return Double.toString(value);
  }
}
