package io.narthex.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.testing.Peers;
import io.narthex.testing.Program;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real Prometheus as judge. Narthex scrapes the real node exporter; then both servers answer
/// the same queries over the same data directory, in both directions: Prometheus on a copy of ours,
/// Narthex on a copy of Prometheus'.
class PrometheusJudgeIT {

  private static final int SCRAPES_SECONDS = 25;

  /// Queries whose answers are short, and of every type.
  private static final List<String> BYTE_FOR_BYTE =
      List.of("time()", "1.5", "\"text\"", "up", "sum by (job) (up)", "rate(up[10s])", "nothing");

  @TempDir Path work;

  @Test
  void prometheusAnswersTheSameOnOurDirectoryAndWeOnIts() throws IOException {
    Path prometheus = Peers.program("prometheus");
    Path exporter = Peers.program("prometheus-node-exporter");
    int exporterPort = Program.freePort();
    Path config = Files.writeString(work.resolve("prometheus.yml"), config(exporterPort));
    Path idle = Files.writeString(work.resolve("idle.yml"), "global: {scrape_interval: 1h}\n");
    try (Program node =
        Program.start(
            work,
            "node",
            List.of(exporter.toString(), "--web.listen-address=127.0.0.1:" + exporterPort))) {
      node.awaitOk("http://127.0.0.1:" + exporterPort + "/metrics");
      Path ours = work.resolve("ours");
      Path theirs = work.resolve("theirs");
      double end = scrapeWithBoth(prometheus, config, ours, theirs);
      promtoolReads(ours);
      agree("Prometheus on our directory", prometheus, idle, ours, end);
      agree("Narthex on Prometheus' directory", prometheus, idle, theirs, end);
    }
  }

  private static String config(int exporterPort) {
    return """
    global: {scrape_interval: 1s, scrape_timeout: 1s}
    scrape_configs:
      - job_name: node
        static_configs: [{targets: ['127.0.0.1:%d']}]
      - job_name: gone
        static_configs: [{targets: ['127.0.0.1:1']}]
    """
        .formatted(exporterPort);
  }

  /// Both scrape for a while; our server is killed, Prometheus stopped. Returns a time that both
  /// have data for.
  private double scrapeWithBoth(Path prometheus, Path config, Path ours, Path theirs) {
    int a = Program.freePort();
    int b = Program.freePort();
    try (Program us = start(Program.narthex(), config, ours, a, "narthex-scrapes");
        Program them = start(prometheus.toString(), config, theirs, b, "prometheus-scrapes")) {
      String count = "query?query=min(count_over_time(up[5m]))";
      us.await("scrapes", 90, () -> enough(a, count));
      them.await("scrapes", 90, () -> enough(b, count));
      double end = System.currentTimeMillis() / 1000.0;
      us.kill();
      them.stop();
      return end;
    }
  }

  private static boolean enough(int port, String path) {
    String answer = Program.get("http://127.0.0.1:" + port + "/api/v1/" + path);
    int at = answer.lastIndexOf(",\"");
    return at > 0
        && answer.contains("\"value\"")
        && Double.parseDouble(answer.substring(at + 2, answer.indexOf('"', at + 2)))
            >= SCRAPES_SECONDS;
  }

  private Program start(String program, Path config, Path data, int port, String name) {
    return Program.start(
            work,
            name,
            List.of(
                program,
                "--config.file=" + config,
                "--storage.tsdb.path=" + data,
                "--scrape.discovery-reload-interval=100ms",
                "--web.listen-address=127.0.0.1:" + port))
        .awaitOk("http://127.0.0.1:" + port + "/-/ready");
  }

  private void agree(String what, Path prometheus, Path idle, Path data, double end)
      throws IOException {
    Path forUs = copy(data, work.resolve(data.getFileName() + "-us"));
    Path forThem = copy(data, work.resolve(data.getFileName() + "-them"));
    int a = Program.freePort();
    int b = Program.freePort();
    List<String> differences = new ArrayList<>();
    int asked = 0;
    try (Program us = start(Program.narthex(), idle, forUs, a, what + " narthex");
        Program them = start(prometheus.toString(), idle, forThem, b, what + " prometheus")) {
      for (String query : queries()) {
        asked += 2;
        compare(differences, query, Answers.instant(b, query, end), Answers.instant(a, query, end));
        compare(
            differences,
            query,
            Answers.range(b, query, end - 30, end, 3),
            Answers.range(a, query, end - 30, end, 3));
      }
      for (String query : BYTE_FOR_BYTE) {
        asked += 2;
        sameBytes(differences, a, b, query, String.format(Locale.ROOT, "query?time=%.3f", end));
        sameBytes(
            differences,
            a,
            b,
            query,
            String.format(Locale.ROOT, "query_range?start=%.3f&end=%.3f&step=2.77", end - 20, end));
      }
    }
    System.out.printf("%s: %d answers, %d differ%n", what, asked, differences.size());
    assertEquals(List.of(), differences, what);
  }

  private static void sameBytes(
      List<String> differences, int us, int them, String query, String path) {
    String rest = path + "&query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
    String theirs = Program.get("http://127.0.0.1:" + them + "/api/v1/" + rest);
    String ours = Program.get("http://127.0.0.1:" + us + "/api/v1/" + rest);
    if (!ours.equals(theirs)) {
      differences.add("bytes of " + path + " " + query + ": " + theirs + " but " + ours);
    }
  }

  /// promtool finds in the directory of our killed server what Prometheus will find there.
  private void promtoolReads(Path ours) throws IOException {
    Path promtool = Peers.program("promtool");
    Path copy = copy(ours, work.resolve("ours-promtool"));
    List<String> dump =
        List.of(promtool.toString(), "tsdb", "dump", "--match={__name__=\"up\"}", copy.toString());
    try (Program run = Program.start(work, "promtool", dump)) {
      assertEquals(0, run.awaitEnd(), run::log);
      long samples = run.log().lines().filter(line -> line.startsWith("{__name__=\"up\"")).count();
      assertTrue(samples >= 2 * SCRAPES_SECONDS, run::log);
    }
  }

  private static void compare(
      List<String> differences, String query, String expected, String found) {
    String difference = Answers.difference(expected, found);
    if (!difference.isEmpty()) {
      differences.add(query + "\n    " + difference);
    }
  }

  private static List<String> queries() throws IOException {
    try (InputStream in = PrometheusJudgeIT.class.getResourceAsStream("/judge/queries.promql")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList();
    }
  }

  private static Path copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes a)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes a) throws IOException {
            String name = file.getFileName().toString();
            if (!name.equals("lock") && !name.equals("queries.active")) {
              Files.copy(file, to.resolve(from.relativize(file)));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return to;
  }
}
