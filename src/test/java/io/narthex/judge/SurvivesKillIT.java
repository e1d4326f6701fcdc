package io.narthex.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import io.narthex.testing.Program;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// SIGKILL under load, ten times on one directory: every scrape that was answered more than a
/// moment before a kill is there after the restart, whole.
class SurvivesKillIT {

  private static final int KILLS = 10;
  private static final int SERIES = 2000;
  private static final int TARGETS = 5;

  /// Scrapes of each target between a start and the kill.
  private static final int SCRAPES = 8;

  @TempDir Path work;

  private final AtomicInteger number = new AtomicInteger();

  @Test
  void committedScrapesOutliveTenKills() throws IOException {
    HttpServer target =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    target.createContext("/", exchange -> answer(exchange));
    target.start();
    try {
      Path config =
          Files.writeString(work.resolve("prometheus.yml"), config(target.getAddress().getPort()));
      Set<Integer> committed = Set.of();
      for (int kill = 0; kill <= KILLS; kill++) {
        try (Program us = start(config)) {
          assertAllThere(kill, committed);
          int wanted = number.get() + SCRAPES * TARGETS;
          us.await("scrapes", 60, () -> number.get() >= wanted);
          committed = numbers("scrape_number[1h]");
          us.kill();
        }
      }
    } finally {
      target.stop(0);
    }
  }

  private int port;

  private Program start(Path config) {
    port = Program.freePort();
    return Program.start(
            work,
            "narthex",
            List.of(
                Program.narthex(),
                "--config.file=" + config,
                "--storage.tsdb.path=" + work.resolve("data"),
                "--scrape.discovery-reload-interval=100ms",
                "--web.listen-address=127.0.0.1:" + port))
        .awaitOk("http://127.0.0.1:" + port + "/-/ready");
  }

  private static String config(int targetPort) {
    List<String> jobs = new ArrayList<>();
    for (int i = 0; i < TARGETS; i++) {
      jobs.add(
          "  - {job_name: load%d, static_configs: [{targets: ['127.0.0.1:%d']}]}"
              .formatted(i, targetPort));
    }
    return "global: {scrape_interval: 200ms, scrape_timeout: 200ms}\nscrape_configs:\n"
        + String.join("\n", jobs);
  }

  private void answer(com.sun.net.httpserver.HttpExchange exchange) throws IOException {
    int n = number.incrementAndGet();
    StringBuilder body = new StringBuilder(SERIES * 24);
    body.append("scrape_number ").append(n).append('\n');
    for (int i = 0; i < SERIES; i++) {
      body.append("load{i=\"").append(i).append("\"} ").append(n).append('\n');
    }
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /// What a query saw before the kill, a query sees after it: of the first series and of the last.
  private void assertAllThere(int kill, Set<Integer> committed) {
    if (committed.isEmpty()) {
      return;
    }
    Set<Integer> lost = new TreeSet<>(committed);
    Set<Integer> found = numbers("scrape_number[1h]");
    found.retainAll(numbers("load{i=\"" + (SERIES - 1) + "\"}[1h]"));
    lost.removeAll(found);
    System.out.printf(
        "after kill %d: %d scrapes committed before, %d there%n",
        kill, committed.size(), found.size());
    assertEquals(Set.of(), lost, "scrapes lost after kill " + kill);
  }

  private Set<Integer> numbers(String query) {
    JsonObject answer =
        new JsonObject(Answers.instant(port, query, System.currentTimeMillis() / 1000.0));
    Set<Integer> numbers = new HashSet<>();
    JsonArray series = answer.getJsonObject("data").getJsonArray("result");
    for (int s = 0; s < series.size(); s++) {
      JsonArray values = series.getJsonObject(s).getJsonArray("values");
      for (int i = 0; i < values.size(); i++) {
        numbers.add((int) Double.parseDouble(values.getJsonArray(i).getString(1)));
      }
    }
    return numbers;
  }
}
