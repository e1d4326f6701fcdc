package io.narthex.judge;

import static io.narthex.testing.RawTarget.TEXT;
import static io.narthex.testing.RawTarget.gzip;
import static io.narthex.testing.RawTarget.head;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.testing.Program;
import io.narthex.testing.RawTarget;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Expositions of 100 MB against a server with a small heap: plain and as a gzip bomb, with a limit
/// on the body and without: an eighth of the heap is a limit too. The server lives on in bounded
/// memory.
class HugeBodiesIT {

  private static final int HUGE_BYTES = 100 << 20;
  private static final int HEAP_MIB = 256;

  /// Heap, code, classes and buffers together.
  private static final int MOST_MIB = 2 * HEAP_MIB;

  @TempDir Path work;

  @Test
  void hugeBodiesAreRefusedInBoundedMemory() throws IOException {
    try (RawTarget target = new RawTarget()) {
      target.on("/plain", HugeBodiesIT::plain);
      byte[] bomb = gzip("# comment\n".repeat(HUGE_BYTES / 10).getBytes(StandardCharsets.UTF_8));
      target.on(
          "/bomb",
          (connection, out) -> {
            String head = head(TEXT + "Content-Encoding: gzip\r\n", bomb.length) + "\r\n";
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(bomb);
          });
      target.on("/fine", head(TEXT, 7), "fine 1\n");
      Path config = Files.writeString(work.resolve("prometheus.yml"), config(target.port()));
      int port = Program.freePort();
      try (Program us = start(config, port)) {
        us.await("all scrapes", 120, () -> errors(port).size() == 5);
        String limited = "body size limit exceeded";
        assertEquals(
            new TreeMap<>(
                Map.of(
                    "plain", limited,
                    "bomb", limited,
                    "plain_limited", limited,
                    "bomb_limited", limited,
                    "fine", "")),
            errors(port));
        long mib = us.mostMemoryMib();
        System.out.printf("five bodies, three of them of 100 MB and more: %d MiB at most%n", mib);
        assertTrue(mib < MOST_MIB, () -> mib + " MiB");
      }
    }
  }

  private Program start(Path config, int port) {
    return Program.start(
            work,
            "narthex",
            Map.of("NARTHEX_JAVA_OPTS", "-Xmx" + HEAP_MIB + "m"),
            List.of(
                Program.narthex(),
                "--config.file=" + config,
                "--storage.tsdb.path=" + work.resolve("data"),
                "--scrape.discovery-reload-interval=100ms",
                "--web.listen-address=127.0.0.1:" + port))
        .awaitOk("http://127.0.0.1:" + port + "/-/ready");
  }

  private static String config(int port) {
    StringBuilder jobs = new StringBuilder("global: {scrape_interval: 3s, scrape_timeout: 3s}\n");
    jobs.append("scrape_configs:\n");
    for (String path : List.of("plain", "bomb", "fine")) {
      jobs.append(job(path, path, "", port));
    }
    for (String path : List.of("plain", "bomb")) {
      jobs.append(job(path + "_limited", path, "body_size_limit: 10MB, ", port));
    }
    return jobs.toString();
  }

  private static String job(String name, String path, String limit, int port) {
    return ("- {job_name: %s, metrics_path: /%s, %sscrape_interval: 3s, scrape_timeout: 3s,"
            + " static_configs: [{targets: ['127.0.0.1:%d']}]}\n")
        .formatted(name, path, limit, port);
  }

  private static void plain(java.net.Socket connection, OutputStream out) throws IOException {
    out.write((head(TEXT, HUGE_BYTES) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    byte[] block = "# comment\n".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
    for (int left = HUGE_BYTES; left > 0; left -= block.length) {
      out.write(block, 0, Math.min(left, block.length));
    }
  }

  /// Errors of the targets that were scraped, by job.
  private static Map<String, String> errors(int port) {
    JsonArray targets =
        new JsonObject(Program.get("http://127.0.0.1:" + port + "/api/v1/targets?state=active"))
            .getJsonObject("data")
            .getJsonArray("activeTargets");
    Map<String, String> errors = new TreeMap<>();
    for (Object element : targets) {
      JsonObject target = (JsonObject) element;
      if (!target.getString("health").equals("unknown")) {
        errors.put(target.getString("scrapePool"), target.getString("lastError"));
      }
    }
    return errors;
  }
}
