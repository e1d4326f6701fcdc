package io.narthex.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.narthex.testing.Await;
import io.narthex.testing.LocalTarget;
import io.narthex.testing.Peers;
import io.narthex.testing.Program;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole server on a real file system that fills up: it says so, answers queries meanwhile, goes
/// on by itself when there is room, and loses nothing that could be queried, also when it is
/// killed. The reference goes the same way; what it does is told, not judged.
class FullDiskIT {

  private static final int SERIES = 20_000;
  private static final int FILLER_BYTES = 12 << 20;
  private static final String SEEN = "count_over_time(m{i=\"7\"}[1h])";

  @TempDir Path work;

  private final AtomicLong scrapes = new AtomicLong();
  private int port;

  @Test
  void oursPausesAndGoesOn() throws Exception {
    onSmallDisk(
        "narthex",
        Program.narthex(),
        (disk, server) -> {
          server.await("a full disk", 240, () -> metric("prometheus_tsdb_ingestion_paused") == 1);
          assertTrue(server.log().contains("ingestion is paused: only "), server.log());
          assertTrue(Files.getFileStore(disk).getUsableSpace() > 0, "room for compaction is left");
          double seen = number(SEEN);
          Program.get(url("/-/healthy"));
          long before = scrapes.get();
          server.await("more scrapes", 60, () -> scrapes.get() > before + 3);
          assertEquals(seen, number(SEEN), "nothing is taken, reads go on");
          Files.delete(disk.resolve("filler"));
          server.await("room", 60, () -> metric("prometheus_tsdb_ingestion_paused") == 0);
          server.await("samples again", 60, () -> number(SEEN) > seen + 2);
          assertTrue(server.log().contains("ingestion goes on: "), server.log());
          assertTrue(
              server.log().lines().filter(l -> l.contains("paused")).count() < 10,
              "it is said once, not for each scrape");
        });
  }

  @Test
  void theReferenceIsWatched() throws Exception {
    onSmallDisk(
        "prometheus",
        Peers.program("prometheus").toString(),
        (disk, server) -> {
          Await.within(240, () -> disk.toFile().getUsableSpace() == 0);
          long before = scrapes.get();
          Await.within(30, () -> scrapes.get() > before + 5);
          System.out.printf(
              "prometheus on a full disk: %d lines of errors, %s samples can be seen, free %d%n",
              server.log().lines().filter(l -> l.contains("no space left")).count(),
              Program.get(query(SEEN)),
              Files.getFileStore(disk).getUsableSpace());
          Files.delete(disk.resolve("filler"));
          double seen = number(SEEN);
          boolean again = Await.within(30, () -> number(SEEN) > seen + 2);
          System.out.println("prometheus takes samples again by itself: " + again);
        });
  }

  private interface Scene {
    void play(Path disk, Program server) throws Exception;
  }

  private void onSmallDisk(String name, String program, Scene scene) throws Exception {
    Path disk = Files.createDirectory(work.resolve(name));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", disk.toString()),
        "a file system of 40 MiB cannot be mounted here (needs root and mount)");
    try (LocalTarget target = target()) {
      Files.write(disk.resolve("filler"), new byte[FILLER_BYTES]);
      Path config =
          Files.writeString(
              work.resolve(name + ".yml"),
              "global: {scrape_interval: 1s}\nscrape_configs:\n"
                  + "  - {job_name: j, static_configs: [{targets: ['"
                  + target.address()
                  + "']}]}\n");
      double seen;
      try (Program server = start(name, program, config, disk)) {
        scene.play(disk, server);
        seen = number(SEEN);
        server.kill();
      }
      if (program.equals(Program.narthex())) {
        assertAllThere(seen, start(name, program, config, disk));
      }
    } finally {
      assertTrue(run("umount", "--lazy", disk.toString()), "unmount " + disk);
    }
  }

  private void assertAllThere(double seen, Program again) {
    try (again) {
      double found = number(SEEN);
      System.out.printf("samples of a series before the kill: %.0f, after: %.0f%n", seen, found);
      assertTrue(found >= seen, "lost: " + found + " of " + seen);
    }
  }

  private Program start(String name, String program, Path config, Path disk) {
    port = Program.freePort();
    return Program.start(
            work,
            name,
            List.of(
                program,
                "--config.file=" + config,
                "--storage.tsdb.path=" + disk.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port))
        .awaitOk(url("/-/ready"));
  }

  /// Values that do not compress.
  private LocalTarget target() {
    Random random = new Random(1);
    return new LocalTarget()
        .page(
            "/",
            exchange -> {
              scrapes.incrementAndGet();
              StringBuilder body = new StringBuilder(SERIES * 32);
              for (int i = 0; i < SERIES; i++) {
                body.append("m{i=\"").append(i).append("\"} ").append(random.nextDouble());
                body.append('\n');
              }
              byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
              exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
              exchange.sendResponseHeaders(200, bytes.length);
              exchange.getResponseBody().write(bytes);
            });
  }

  private String url(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  private String query(String query) {
    return url("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
  }

  /// The value of the only series of an answer, 0 if there is none.
  private double number(String query) {
    JsonObject answer = new JsonObject(Program.get(query(query)));
    JsonArray result = answer.getJsonObject("data").getJsonArray("result");
    return result.isEmpty()
        ? 0
        : Double.parseDouble(result.getJsonObject(0).getJsonArray("value").getString(1));
  }

  private double metric(String name) {
    return Program.get(url("/metrics"))
        .lines()
        .filter(l -> l.startsWith(name + " "))
        .mapToDouble(l -> Double.parseDouble(l.substring(name.length() + 1)))
        .findFirst()
        .orElse(-1);
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
