package io.narthex.api;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.narthex.clock.Timers;
import io.narthex.io.disk.Disk;
import io.narthex.metrics.Metrics;
import io.narthex.storage.Appender;
import io.narthex.testing.Cases;
import io.narthex.testing.Conformance;
import io.narthex.testing.FixedClock;
import io.narthex.testing.LocalServer;
import io.narthex.testing.RecordedExchange;
import io.narthex.testing.RemoteWriteBody;
import io.narthex.tsdb.ReplayStatus;
import io.narthex.tsdb.Tsdb;
import io.narthex.tsdb.TsdbLimits;
import io.narthex.tsdb.TsdbOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Requests on fixed data, answered by the real Prometheus and by a server of ours.
class StaticApiConformanceTest {

  private static final FixedClock CLOCK = new FixedClock(1_767_229_200_000L);

  private static final String FEDERATION = "federation is not served yet";
  private static final String PAGES = "pages of the reference alone";
  private static final Map<String, String> SKIPPED =
      Map.ofEntries(
          entry("error up offset foo", "3.14 names more of what it expects"),
          entry("GET /status/flags", "flags of 3.14; ServerFlagsTest compares them"),
          entry("GET /federate?match[]=x%7B", FEDERATION),
          entry("GET /federate?match[]=%7B%7D", FEDERATION),
          entry("GET /consoles/x", PAGES),
          entry("GET /debug/pprof/", PAGES));

  private static final Map<String, String> DELETED =
      Map.of("series after delete", "series without a sample left are not listed, as README says");

  /// What 3.14 tells of an expression more than 3.5; and how many samples the engine holds at once,
  /// which are fewer here.
  private static final Set<String> UNCOMPARED =
      Set.of(
          "anchored",
          "smoothed",
          "fillValues",
          "offsetExpr",
          "rangeExpr",
          "stepExpr",
          "peakSamples");

  @TempDir Path work;

  @Test
  void answersAsRecorded() throws IOException {
    Cases cases = Cases.of("httpapi/static.json");
    load(work.resolve("data"));
    try (LocalServer server =
        LocalServer.start(
            work,
            CLOCK,
            cases.file().getString("config"),
            "--web.external-url=http://prom.example.org/",
            "--web.route-prefix=/",
            "--web.enable-lifecycle",
            "--web.enable-admin-api",
            "--enable-feature=exemplar-storage,promql-experimental-functions,native-histograms")) {
      cases.run(SKIPPED, one -> new RecordedExchange(one, UNCOMPARED).check(server.request()));
      Cases.of("httpapi/admin.json")
          .run(DELETED, one -> new RecordedExchange(one, UNCOMPARED).check(server.request()));
    }
  }

  private static void load(Path data) throws IOException {
    try (Tsdb tsdb =
        Tsdb.open(
            data,
            TsdbOptions.defaults().withLimits(TsdbLimits.defaults().withExemplars(1000)),
            Disk.system(),
            CLOCK,
            new Metrics(),
            (Timers) (delayMs, task) -> () -> {},
            Runnable::run,
            new ReplayStatus())) {
      for (String body : List.of("write1.sz", "write2.sz")) {
        Appender appender = tsdb.appender();
        byte[] bytes = Files.readAllBytes(Conformance.path("httpapi/data/" + body));
        int staged = new RemoteWriteBody(bytes).stage(appender);
        assertEquals(staged, appender.commit().accepted(), body);
      }
    }
  }
}
