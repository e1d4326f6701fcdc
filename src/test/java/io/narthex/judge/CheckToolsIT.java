package io.narthex.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.narthex.io.disk.Disk;
import io.narthex.io.json.Json;
import io.narthex.judge.BothTools.Result;
import io.narthex.testing.Conformance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `check config` and `check metrics`, judged by promtool.
class CheckToolsIT {

  @TempDir Path work;

  /// What the reference's newer parser says differs from this promtool's in some files: there the
  /// recorded text of the newer one counts.
  @Test
  void allConfigurationFilesAreJudgedAsByPromtool() {
    BothTools tools = new BothTools(work);
    List<String> failures = new ArrayList<>();
    int same = 0;
    int newer = 0;
    for (String folder : List.of("good", "bad")) {
      for (Json.Obj c : cases("config/" + folder + "/manifest.json")) {
        Path file = Conformance.path("config/" + folder + "/" + c.get("file").asString());
        List<String> args = new ArrayList<>(List.of("check", "config", "--syntax-only"));
        if (c.find("agent_mode") != null) {
          args.add("--agent");
        }
        args.add(file.toString());
        Result theirs = tools.promtool("", args);
        Result ours = BothTools.narthex("", args);
        if (agree(theirs, ours)) {
          same++;
        } else if (theirs.exitCode() == ours.exitCode() || !judge(folder, c, theirs)) {
          newer++;
          expect(folder, c, theirs, ours, failures);
        } else {
          failures.add(c.get("file").asString() + "\n  " + theirs + "\n  " + ours);
        }
      }
    }
    System.out.printf(
        "check config: %d as promtool 3.5, %d as the newer reference, %d wrong%n",
        same, newer, failures.size());
    assertEquals("", String.join("\n", failures));
  }

  /// Output and exit code are the same, and so is the mistake, behind which we tell its place.
  private static boolean agree(Result theirs, Result ours) {
    return theirs.exitCode() == ours.exitCode()
        && theirs.out().equals(ours.out())
        && ours.err().startsWith(theirs.err().stripTrailing());
  }

  /// Whether promtool 3.5 knows what the file is about.
  private static boolean judge(String folder, Json.Obj c, Result theirs) {
    return folder.equals("good")
        ? theirs.exitCode() == 0
        : theirs.err().contains(c.get("error_contains").asString());
  }

  private static void expect(
      String folder, Json.Obj c, Result theirs, Result ours, List<String> failures) {
    String name = c.get("file").asString();
    boolean good = folder.equals("good");
    boolean files = name.contains("scrape_config_files");
    String wanted = good ? "" : c.get("error_contains").asString();
    boolean right =
        // What is wrong with files that a file names is nothing to the syntax of the latter.
        files
            ? ours.exitCode() == theirs.exitCode()
            : ours.exitCode() == (good ? 0 : 1) && ours.err().contains(wanted);
    if (!right) {
      failures.add(name + ": wanted " + (good ? "ok" : wanted) + ", got " + ours);
    }
  }

  private static List<Json.Obj> cases(String manifest) {
    byte[] text = Disk.system().read(Conformance.path(manifest));
    return Json.parse(new String(text, StandardCharsets.UTF_8))
        .asObject()
        .get("cases")
        .asArray()
        .stream()
        .map(Json::asObject)
        .toList();
  }

  /// Files behind the configuration: targets, certificates, rules that are not there.
  @Test
  void filesThatConfigurationsNameAreLookedAt() throws IOException {
    BothTools tools = new BothTools(work);
    Path folder = copy(Conformance.path("rules/promtool"));
    int compared = 0;
    for (Json.Obj c : cases("rules/promtool/manifest.json")) {
      String name = c.get("file").asString();
      boolean asksTheCloud = name.contains("aws");
      boolean hasRules = name.contains(".lint.");
      if (c.get("kind").asString().equals("config") && !asksTheCloud && !hasRules) {
        List<String> args = List.of("check", "config", folder.resolve(name).toString());
        Result theirs = tools.promtool("", args);
        Result ours = BothTools.narthex("", args);
        compared++;
        if (!agree(theirs, ours)) {
          tools.compare(name, theirs, ours);
        }
      }
    }
    System.out.printf("check config with files: %d compared%n", compared);
    tools.agree("check config with files");
  }

  private Path copy(Path from) throws IOException {
    Path to = Files.createDirectories(work.resolve("configs"));
    for (Path file : Disk.system().list(from)) {
      if (Files.isRegularFile(file)) {
        Files.copy(file, to.resolve(Objects.requireNonNull(file.getFileName())));
      }
    }
    return to;
  }

  @Test
  void longScrapeIntervalsAreFound() throws IOException {
    BothTools tools = new BothTools(work);
    Path file =
        Files.writeString(
            work.resolve("slow.yml"), "scrape_configs: [{job_name: slow, scrape_interval: 10m}]\n");
    for (String lint : List.of("too-long-scrape-interval", "all", "none", "duplicate-rules", "x")) {
      tools.same("check", "config", "--lint=" + lint, file.toString());
      tools.same("check", "config", "--lint-fatal", "--lint=" + lint, file.toString());
    }
    tools.same(
        "check", "config", "--query.lookback-delta=11m", "--lint=all", "--lint-fatal", file + "");
    tools.agree("check config --lint");
  }

  @Test
  void metricsAreLinted() throws IOException {
    BothTools tools = new BothTools(work);
    for (String sample :
        List.of(
            "alltypes.237mfs.prom.txt",
            "alltypes.237mfs.nometa.prom.txt",
            "node_exporter_e2e.prom.txt")) {
      Path file = Conformance.path("textparse/samples/" + sample);
      tools.same(Files.readString(file), new String[] {"check", "metrics"});
    }
    String bad =
        """
        # HELP fooBar_total x
        # TYPE fooBar_total counter
        fooBar_total{aB="1"} 1
        fooBar_total{aB="2"} 1
        fooBar_total{aB="2"} 1
        # TYPE x_milliseconds gauge
        x_milliseconds 4
        # HELP y_count t
        # TYPE y_count counter
        y_count 4
        # HELP s_sec help
        # TYPE s_sec summary
        s_sec{quantile="0.5"} 1
        s_sec_sum 3
        s_sec_count 2
        col:on_gauge 3
        # HELP g_gauge_bytes t
        # TYPE g_gauge_bytes gauge
        g_gauge_bytes{le="3",quantile="1"} 3
        """;
    tools.same(bad, new String[] {"check", "metrics"});
    String good =
        """
        # HELP h_seconds help
        # TYPE h_seconds histogram
        h_seconds_bucket{le="1"} 1
        h_seconds_bucket{le="+Inf"} 2
        h_seconds_sum 3
        h_seconds_count 2
        h_seconds_bucket{le="1",a="b"} 1
        h_seconds_bucket{le="+Inf",a="b"} 2
        h_seconds_sum{a="b"} 3
        h_seconds_count{a="b"} 2
        # HELP up help
        # TYPE up gauge
        up 1
        """;
    tools.same(good, new String[] {"check", "metrics"});
    tools.same(good, new String[] {"check", "metrics", "--extended"});
    tools.same("a 1", new String[] {"check", "metrics"});
    tools.agree("check metrics");
  }
}
