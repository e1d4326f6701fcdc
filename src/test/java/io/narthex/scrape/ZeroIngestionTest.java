package io.narthex.scrape;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.narthex.clock.Clock;
import io.narthex.clock.VirtualTimers;
import io.narthex.io.disk.Disk;
import io.narthex.io.http.BodyPool;
import io.narthex.io.http.Fetcher;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.promql.EngineOptions;
import io.narthex.promql.PromqlEngine;
import io.narthex.promql.QueryParams;
import io.narthex.promql.ast.Features;
import io.narthex.promql.value.Value;
import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.ReplayStatus;
import io.narthex.tsdb.Tsdb;
import io.narthex.tsdb.TsdbOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `--enable-feature=created-timestamp-zero-ingestion` from the body of a target to the answer of a
/// query.
class ZeroIngestionTest {

  private static final long START_MS = 1_700_006_400_000L;

  @TempDir Path directory;

  private final VirtualTimers clock = new VirtualTimers(START_MS);

  /// A server with one target.
  private final class Server implements AutoCloseable {

    private final Tsdb tsdb =
        Tsdb.open(
            directory,
            TsdbOptions.defaults(),
            Disk.system(),
            clock,
            new Metrics(),
            clock,
            Runnable::run,
            new ReplayStatus());
    private final ScrapePass pass = new ScrapePass(new StartTimestamps(false, true));
    private final ScrapeStep step = step(ScrapeConfig.of("j"), tsdb);

    /// Scrapes a minute after the last time. Times are seconds since the start.
    void scrape(int value, int createdSecond) {
      String created = (START_MS / 1000 + createdSecond) + ".0";
      String body = "# TYPE a counter\na_total " + value + "\na_created " + created + "\n# EOF\n\0";
      byte[] bytes = body.getBytes(UTF_8);
      clock.advance(60_000);
      String type = "application/openmetrics-text; version=1.0.0";
      Fetcher.Body answer = new Fetcher.Body(bytes, bytes.length - 1, type);
      assertEquals("", step.apply(pass, clock.nowMs(), clock.nanoTime(), answer));
    }

    Value ask(String query) {
      EngineOptions options = new EngineOptions(1000, 5000, 1, 300_000, 60_000, Features.NONE);
      try (PromqlEngine engine = new PromqlEngine(options, Clock.system(), new Metrics())) {
        return engine.instant(tsdb, query, clock.nowMs(), QueryParams.DEFAULT).value();
      }
    }

    double increase() {
      Value.Vector answer = (Value.Vector) ask("increase(a_total[5m])");
      assertEquals(1, answer.samples().size());
      return answer.samples().getFirst().value();
    }

    /// Seconds since the start, and values.
    List<String> samples() {
      SampleBuffer points = ((Value.Matrix) ask("a_total[1h]")).series().getFirst().points();
      List<String> all = new ArrayList<>();
      for (int i = 0; i < points.size; i++) {
        all.add((points.timesMs[i] - START_MS) / 1000 + ":" + (long) points.values[i]);
      }
      return all;
    }

    @Override
    public void close() {
      tsdb.close();
    }
  }

  private ScrapeStep step(ScrapeConfig config, Tsdb tsdb) {
    Labels own = Labels.of("__address__", "h:1");
    Target target =
        new Target(
            TargetBuilder.discovered(config, own, Labels.EMPTY).build(),
            new Target.Source(config, own, Labels.EMPTY));
    return new ScrapeStep(
        target,
        ScrapeProfile.of(config, false),
        new ScrapeCache(new MetadataStore(new TextPool())),
        tsdb,
        new BodyPool(),
        new ScrapeMetrics(new Metrics()),
        clock);
  }

  @Test
  void increasesCountFromTheStart() {
    try (Server server = new Server()) {
      server.scrape(10, 30);
      assertEquals(10, server.increase());
      server.scrape(12, 30);
      assertEquals(12, server.increase());
      assertEquals(List.of("30:0", "60:10", "120:12"), server.samples());
      assertEquals(0, ((Value.Matrix) server.ask("a_created[1h]")).series().size());
      // The target begins anew.
      server.scrape(13, 150);
      assertEquals(25, server.increase());
      assertEquals(List.of("30:0", "60:10", "120:12", "150:0", "180:13"), server.samples());
    }
    // So does the server: the start is that of samples that are there.
    try (Server server = new Server()) {
      server.scrape(14, 150);
      assertEquals(
          List.of("30:0", "60:10", "120:12", "150:0", "180:13", "240:14"), server.samples());
    }
  }

  @Test
  void aStartBeforeWhatTheHeadTakesIsLeftOut() {
    try (Server server = new Server()) {
      server.scrape(10, -3_600);
      assertEquals(List.of("60:10"), server.samples());
      // Nor is one at the time of the sample, or behind it.
      server.scrape(11, 120);
      server.scrape(12, 190);
      assertEquals(List.of("60:10", "120:11", "180:12"), server.samples());
      // The clock of the target was ahead.
      server.scrape(13, 190);
      assertEquals(List.of("60:10", "120:11", "180:12", "190:0", "240:13"), server.samples());
    }
  }
}
