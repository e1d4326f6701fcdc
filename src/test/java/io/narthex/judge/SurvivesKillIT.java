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
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// SIGKILL under load, ten times on one directory: every scrape that was answered more than a
/// moment before a kill is there after the restart, whole.
class SurvivesKillIT {

  private static final int KILLS = 10;
  private static final int SERIES = 2000;
  private static final int TARGETS = 5;

  /// A scrape that was answered so long before the kill has been committed.
  private static final long MOMENT_MS = 1000;

  @TempDir Path work;

  private final AtomicInteger number = new AtomicInteger();

  /// Number of each scrape to the time at which its answer was sent.
  private final ConcurrentSkipListMap<Integer, Long> served = new ConcurrentSkipListMap<>();

  @Test
  void committedScrapesOutliveTenKills() throws IOException {
    HttpServer target =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    target.createContext("/", exchange -> answer(exchange));
    target.start();
    try {
      Path config =
          Files.writeString(work.resolve("prometheus.yml"), config(target.getAddress().getPort()));
      for (int kill = 1; kill <= KILLS; kill++) {
        int wanted = number.get() + 12 * TARGETS;
        try (Program us = start(config)) {
          us.await("scrapes", 60, () -> number.get() >= wanted);
          us.kill();
        }
        long killedMs = System.currentTimeMillis();
        try (Program us = start(config)) {
          assertAllThere(kill, killedMs - MOMENT_MS);
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
    served.put(n, System.currentTimeMillis());
  }

  private void assertAllThere(int kill, long beforeMs) {
    Set<Integer> first = numbers("scrape_number[1h]");
    Set<Integer> last = numbers("load{i=\"" + (SERIES - 1) + "\"}[1h]");
    List<Integer> lost = new ArrayList<>();
    served.forEach((n, sentMs) -> {
      if (sentMs < beforeMs && !(first.contains(n) && last.contains(n))) {
        lost.add(n);
      }
    });
    System.out.printf("kill %d: %d scrapes served, %d there%n", kill, served.size(), first.size());
    assertEquals(List.of(), lost, "scrapes lost after kill " + kill);
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
