package io.narthex.role;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.storage.Appender;
import io.narthex.testing.Await;
import io.narthex.testing.LocalServer;
import io.narthex.testing.LocalTarget;
import io.narthex.testing.Program;
import io.narthex.tsdb.ReplayStatus;
import io.narthex.tsdb.Tsdb;
import io.narthex.tsdb.TsdbOptions;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server whose log is still being read: ready, scraping, answering from blocks; whoever asks for
/// more waits, and gets the whole.
class ReplayServingTest {

  private static final long HOUR_MS = 3_600_000;
  private static final long STEP_MS = 60_000;

  @TempDir Path work;

  private final CountDownLatch replay = new CountDownLatch(1);
  private final AtomicInteger scrapes = new AtomicInteger();
  private final long endMs = Clock.system().nowMs() - STEP_MS;
  private final int port = Program.freePort();
  private final LocalTarget target = new LocalTarget();

  @BeforeEach
  void target() {
    target.page(
        "/metrics",
        exchange -> {
          byte[] body = ("scraped_total " + scrapes.incrementAndGet() + "\n").getBytes();
          exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
        });
  }

  @AfterEach
  void closeTarget() {
    target.close();
  }

  /// Eight hours of `old_total`, which counts minutes: the first of them in blocks, the last in the
  /// log.
  private void history() {
    Disk disk = Disk.system();
    try (Tsdb tsdb =
        Tsdb.open(
            work.resolve("data"),
            TsdbOptions.defaults(),
            disk,
            Clock.system(),
            new Metrics(),
            (delayMs, task) -> () -> {},
            Runnable::run,
            new ReplayStatus())) {
      Appender appender = tsdb.appender();
      for (int i = 0; i <= 480; i++) {
        appender.append(0, Labels.of("__name__", "old_total"), endMs - (480 - i) * STEP_MS, i);
        appender.commit();
      }
      tsdb.maintain();
      assertFalse(tsdb.blocks().isEmpty());
    }
  }

  private CompletableFuture<LocalServer> start(Disk disk) {
    String config =
        "scrape_configs:\n  - job_name: t\n    scrape_interval: 250ms\n    scrape_timeout: 250ms\n"
            + "    static_configs: [{targets: [\""
            + target.address()
            + "\"]}]\n";
    return CompletableFuture.supplyAsync(() ->
        LocalServer.start(
            work, Clock.system(), disk, config, "--web.listen-address=127.0.0.1:" + port));
  }

  /// The machine's disk, on which the segments of the log cannot be found before `replay`.
  private Disk held() {
    return (Disk)
        Proxy.newProxyInstance(
            Disk.class.getClassLoader(),
            new Class<?>[] {Disk.class},
            (proxy, method, args) -> {
              if (method.getName().equals("list") && ((Path) args[0]).endsWith("wal")) {
                replay.await();
              }
              try {
                return method.invoke(Disk.system(), args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private boolean isReady() {
    try {
      return get("/-/ready").statusCode() == 200;
    } catch (Exception e) {
      return false;
    }
  }

  private Response get(String path) {
    return LocalServer.request(port).get(path);
  }

  private List<String> values(String selector) {
    return get("/api/v1/query?query=" + selector).path("data.result[0].values.collect{it[1]}");
  }

  private CompletableFuture<Response> ask(String path) {
    return CompletableFuture.supplyAsync(() -> get(path));
  }

  private static Response answer(CompletableFuture<Response> asked) throws Exception {
    return asked.get(30, TimeUnit.SECONDS);
  }

  @Test
  void worksWhileTheLogIsRead() throws Exception {
    history();
    CompletableFuture<LocalServer> starting = start(held());
    try {
      Await.until("the server to be ready", 30, this::isReady);
      assertFalse(starting.isDone());
      get("/api/v1/status/walreplay").then().statusCode(200);

      String old = "query=old_total&time=" + (endMs - 7 * HOUR_MS) / 1000.0;
      get("/api/v1/query?" + old).then().body("data.result[0].value[1]", equalTo("60"));
      Response late = get("/api/v1/query?query=old_total&timeout=100ms");
      late.then().statusCode(503).body("errorType", equalTo("timeout"));

      CompletableFuture<Response> newest =
          ask("/api/v1/query?query=old_total&time=" + endMs / 1000.0);
      CompletableFuture<Response> names = ask("/api/v1/label/__name__/values");
      CompletableFuture<Response> stats = ask("/api/v1/status/tsdb");
      CompletableFuture<Response> exemplars =
          ask("/api/v1/query_exemplars?query=old_total&start=0&end=" + endMs / 1000);
      Await.until("some scrapes", 30, () -> scrapes.get() > 5);
      int early = scrapes.get() - 1;
      for (var asked : List.of(newest, names, stats, exemplars)) {
        assertFalse(asked.isDone(), "half an answer");
      }
      replay.countDown();

      answer(newest).then().body("data.result[0].value[1]", equalTo("480"));
      answer(names).then().body("data", hasItems("old_total", "up", "scraped_total"));
      answer(stats).then().body("data.headStats.numSeries", greaterThan(5));
      answer(exemplars).then().statusCode(200);
      try (LocalServer server = starting.get(30, TimeUnit.SECONDS)) {
        Await.until("more scrapes", 30, () -> scrapes.get() > early + 5);
        List<Integer> counts = values("scraped_total[10m]").stream().map(Integer::valueOf).toList();
        assertEquals(counts.stream().sorted().distinct().toList(), counts, "another order");
        assertTrue(counts.getFirst() < early, "scrapes from before are lost: " + counts);
        assertTrue(values("up[10m]").size() > early, "scrapes are lost");
        assertEquals(port, server.port());
      }
    } finally {
      replay.countDown();
    }
  }

  @Test
  void endsSeriesOfTargetsThatWentAwayMeanwhile() throws Exception {
    history();
    CompletableFuture<LocalServer> starting = start(held());
    try {
      Await.until(
          "a scrape to succeed",
          30,
          () -> isReady() && get("/api/v1/targets").asString().contains("\"health\":\"up\""));
      target.close();
      replay.countDown();
      try (LocalServer server = starting.get(30, TimeUnit.SECONDS)) {
        Await.until(
            "the series to end",
            30,
            () -> {
              List<Object> found = get("/api/v1/query?query=scraped_total").path("data.result");
              return found.isEmpty();
            });
        List<Object> past =
            get("/api/v1/query?query=count_over_time(scraped_total[10m])").path("data.result");
        assertEquals(1, past.size());
        assertEquals(port, server.port());
      }
    } finally {
      replay.countDown();
    }
  }

  @Test
  void isNotReadyWhereTheLogCannotBeRead() throws Exception {
    history();
    try (Stream<Path> files = Files.list(work.resolve("data/wal"))) {
      Path segment = files.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
      Files.delete(segment);
      Files.createDirectories(segment.resolve("not-a-file"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    replay.countDown();
    CompletableFuture<LocalServer> starting = start(Disk.system());
    Await.until("the start to fail", 30, starting::isDone);
    assertTrue(starting.isCompletedExceptionally());
    assertFalse(isReady());
  }
}
