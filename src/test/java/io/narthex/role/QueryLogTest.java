package io.narthex.role;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.metrics.Metrics;
import io.narthex.promql.QueryObserver.Ended;
import io.narthex.promql.QueryOrigin;
import io.narthex.promql.value.QueryStats;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The lines of the query log.
class QueryLogTest {

  @TempDir Path folder;

  private static final QueryStats STATS =
      new QueryStats(
          12, new long[0], 0, 1, 5, 3_000_000, 0, 1_000_000, 2_000_000, 500_000, 3_500_000);

  @Test
  void aLineForEachQuery() throws IOException {
    QueryLog log = new QueryLog(Disk.system(), Clock.system(), Runnable::run, new Metrics());
    log.ended(new Ended("before", 0, 0, 0, null, STATS, QueryOrigin.UNKNOWN));
    Path file = folder.resolve("query.log");
    log.turnTo(file.toString());
    log.ended(
        new Ended(
            "up",
            1_700_000_000_250L,
            1_700_000_060_250L,
            15_000,
            null,
            STATS,
            new QueryOrigin.Http("127.0.0.1", "GET", "/api/v1/query_range")));
    log.ended(new Ended("x", 0, 0, 0, "it failed", STATS, new QueryOrigin.Rules("r.yml", "g")));
    log.turnTo("");
    log.ended(new Ended("after", 0, 0, 0, null, STATS, QueryOrigin.UNKNOWN));
    List<String> lines = Files.readAllLines(file);
    assertEquals(2, lines.size());
    JsonObject first = new JsonObject(lines.getFirst());
    assertEquals("promql query logged", first.getString("msg"));
    assertEquals(
        new JsonObject()
            .put("end", "2023-11-14T22:14:20.250Z")
            .put("query", "up")
            .put("start", "2023-11-14T22:13:20.250Z")
            .put("step", 15),
        first.getJsonObject("params"));
    assertEquals(
        new JsonObject()
            .put("clientIP", "127.0.0.1")
            .put("method", "GET")
            .put("path", "/api/v1/query_range"),
        first.getJsonObject("httpRequest"));
    JsonObject samples = first.getJsonObject("stats").getJsonObject("samples");
    assertEquals(12, samples.getInteger("totalQueryableSamples"));
    assertEquals(5, samples.getInteger("peakSamples"));
    JsonObject second = new JsonObject(lines.get(1));
    assertEquals("it failed", second.getString("error"));
    assertEquals(
        new JsonObject().put("file", "r.yml").put("name", "g"), second.getJsonObject("ruleGroup"));
  }

  @Test
  void aFileThatCannotBeOpenedIsTheUsersMistake() {
    QueryLog log = new QueryLog(Disk.system(), Clock.system(), Runnable::run, new Metrics());
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> log.turnTo(folder.resolve("missing/query.log").toString()));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith("can't create json log file: "), message);
  }
}
