package io.narthex.role;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.storage.Appender;
import io.narthex.testing.LocalServer;
import io.narthex.tsdb.ReplayStatus;
import io.narthex.tsdb.Tsdb;
import io.narthex.tsdb.TsdbOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server with `st-storage`: what it starts with, and what queries make of stored starts.
class StartTimestampsServerTest {

  private static final String GLOBAL = "global: {scrape_interval: 1h}\n";
  private static final String XOR = GLOBAL + "storage: {tsdb: {chunk_encoding: {floats: xor}}}\n";
  private static final String XOR2 = GLOBAL + "storage: {tsdb: {chunk_encoding: {floats: xor2}}}\n";
  private static final String REFUSAL =
      "float chunk encoding \"xor\" is incompatible with start-timestamp storage; XOR chunks do not"
          + " store start timestamps, use \"xor2\"";

  @TempDir Path work;

  private LocalServer start(String config, String features) {
    return LocalServer.start(
        work, Clock.system(), config, "--web.enable-lifecycle", "--enable-feature=" + features);
  }

  @Test
  void chunksWithoutRoomAreRefused() {
    for (String config : new String[] {GLOBAL, XOR}) {
      RoleException refused = assertThrows(RoleException.class, () -> start(config, "st-storage"));
      assertEquals("opening storage failed: " + REFUSAL, refused.getMessage());
    }
    assertThrows(RoleException.class, () -> start(XOR, "st-storage,xor2-encoding"));
    start(GLOBAL, "st-storage,xor2-encoding").close();
    start(XOR, "histograms-st-encoding").close();
  }

  @Test
  void aReloadCannotTakeTheRoomAway() {
    try (LocalServer server = start(XOR2, "st-storage")) {
      server.rewrite(XOR);
      String answer =
          server.request().post("/-/reload").then().statusCode(500).extract().asString();
      assertEquals("failed to reload config: " + REFUSAL, answer.strip());
      // What it started with stays where the file says nothing.
      server.rewrite(GLOBAL);
      server.request().post("/-/reload").then().statusCode(200);
    }
  }

  @Test
  void queriesUseWhatIsStored() {
    long nowMs = Clock.system().nowMs() / 1000 * 1000;
    store(nowMs);
    String features = "st-storage,histograms-st-encoding,use-start-timestamps";
    try (LocalServer server = start(XOR2, features + ",promql-experimental-functions")) {
      server
          .request()
          .get("/api/v1/query?query=start_timestamp(x)&time=" + nowMs / 1000)
          .then()
          .statusCode(200)
          .body("data.result[0].value[1]", equalTo(String.valueOf(nowMs / 1000 - 90)));
      // Two samples with one start between them: the counter began anew, at 0.
      server
          .request()
          .get("/api/v1/query?query=resets(x[5m])&time=" + nowMs / 1000)
          .then()
          .body("data.result[0].value[1]", equalTo("1"));
    }
    try (LocalServer server = start(XOR2, "st-storage")) {
      server
          .request()
          .get("/api/v1/query?query=resets(x[5m])&time=" + nowMs / 1000)
          .then()
          .body("data.result[0].value[1]", equalTo("0"));
    }
  }

  /// Two samples as a server with the feature has stored them.
  private void store(long nowMs) {
    TsdbOptions plain = TsdbOptions.defaults();
    TsdbOptions.HeadPart head =
        new TsdbOptions.HeadPart(
            120, 0, 0, false, true, false, false, plain.head().wal().withStarts());
    try (Tsdb tsdb =
        Tsdb.open(
            work.resolve("data"),
            plain.withHead(head),
            Disk.system(),
            Clock.system(),
            new Metrics(),
            (delayMs, task) -> () -> {},
            Runnable::run,
            new ReplayStatus())) {
      Appender appender = tsdb.appender();
      Labels labels = Labels.of("__name__", "x");
      appender.start(appender.append(0, labels, nowMs - 120_000, 5), nowMs - 600_000);
      appender.start(appender.append(0, labels, nowMs - 60_000, 7), nowMs - 90_000);
      assertEquals(2, appender.commit().accepted());
    }
  }
}
