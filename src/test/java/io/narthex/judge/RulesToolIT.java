package io.narthex.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.judge.BothTools.Result;
import io.narthex.testing.Conformance;
import io.narthex.testing.Peers;
import io.narthex.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `tsdb create-blocks-from rules`, judged by promtool: the same rules and server, the same dumps.
class RulesToolIT {

  private static final String RULES =
      """
      groups:
      - name: short
        interval: 7s
        labels: {team: a, seq: "group's"}
        rules:
        - record: xor:sum
          expr: sum by (seq) (xor)
          labels: {x: y}
        - record: seconds
          expr: timestamp(xor) / 3
        - record: one
          expr: 1
        - record: odd
          expr: 0 / (xor - xor) or -1 / (xor * 0)
      - name: long
        interval: 1m30s
        query_offset: 10s
        rules:
        - record: "a name"
          expr: |
            count(
              {__name__=~".+"})
        - record: histograms
          expr: hist
        - record: nothing
          expr: nosuch{a="b"}
      - name: default
        rules:
        - record: rate
          expr: rate(xor[10m])
      """;

  private static final String ALERTS =
      """
      groups:
      - name: mixed
        rules:
        - alert: Foo
          expr: xor > 0
        - record: kept
          expr: count(xor)
      """;

  @TempDir Path work;

  @Test
  void writesTheBlocksThatPromtoolWrites() throws IOException {
    Path data = Files.createDirectories(work.resolve("data"));
    Trees.copy(Conformance.path("tsdb/promtool_blocks"), data);
    Trees.copy(Conformance.path("tsdb/head_snapshot_block"), data);
    Path config = Files.writeString(work.resolve("idle.yml"), "global: {scrape_interval: 1h}\n");
    int port = Program.freePort();
    String server = "http://127.0.0.1:" + port;
    try (Program running =
        Program.start(
            work,
            "prometheus",
            List.of(
                Peers.program("prometheus").toString(),
                "--config.file=" + config,
                "--storage.tsdb.path=" + data,
                "--storage.tsdb.retention.time=100y",
                "--web.listen-address=127.0.0.1:" + port))) {
      running.awaitOk(server + "/-/ready");
      Path rules = Files.writeString(work.resolve("rules.yml"), RULES);
      for (String flag : List.of("--eval-interval=1m", "--max-block-duration=24h")) {
        assertEquals(
            dump(true, "theirs" + flag, server, rules, flag),
            dump(false, "ours" + flag, server, rules, flag));
      }
      Path alerts = Files.writeString(work.resolve("alerts.yml"), ALERTS);
      String theirs = dump(true, "their-alerts", server, alerts, "-q");
      assertEquals(
          theirs.lines().filter(l -> !l.contains("\"Foo\"")).collect(Collectors.joining("\n")),
          dump(false, "our-alerts", server, alerts, "-q").strip());
      mistakes(server, rules);
    }
  }

  private String dump(boolean theirs, String out, String server, Path rules, String flag) {
    Path folder = work.resolve(out.replaceAll("[^a-z]", ""));
    BothTools tools = new BothTools(work);
    List<String> args =
        List.of(
            "tsdb",
            "create-blocks-from",
            "rules",
            "--url=" + server,
            "--start=2025-12-31T23:50:00Z",
            "--end=2026-01-01T07:00:11Z",
            "--output-dir=" + folder,
            flag,
            rules.toString());
    Result result = theirs ? tools.promtool("", args) : BothTools.narthex("", args);
    assertEquals(0, result.exitCode(), result.err());
    assertEquals("", result.out());
    Result verified = BothTools.narthex("", List.of("tsdb", "verify", folder.toString()));
    assertEquals(0, verified.exitCode(), verified.out());
    Result dump = BothTools.narthex("", List.of("tsdb", "dump", folder.toString()));
    assertTrue(dump.out().lines().count() > 5, dump.out());
    return dump.out();
  }

  private void mistakes(String server, Path rules) throws IOException {
    BothTools tools = new BothTools(work);
    String nobody = "http://127.0.0.1:" + Program.freePort();
    Path bad = Files.writeString(work.resolve("bad.yml"), "groups:\n- name: a\n- name: a\n");
    Path empty = Files.writeString(work.resolve("empty.yml"), "");
    String file = rules.toString();
    for (List<String> flags :
        List.of(
            List.of("--start=x", file),
            List.of("--start=10", "--end=5", file),
            List.of("--start=1", "--end=q", file),
            List.of("--start=10", "--end=20", "nofile.yml"),
            List.of("--start=10", "--end=20"),
            List.of(file),
            List.of("--start=1e9", "--end=1000000010", "--url=" + server, empty.toString()),
            List.of("--start=1e9", "--end=1000000010", "--url=" + server, bad.toString()),
            List.of("--start=10", "--end=100", "--url=" + nobody, bad.toString()),
            List.of("--start=10", "--end=100", "--url=" + nobody, one().toString()))) {
      List<String> args = new java.util.ArrayList<>(List.of("tsdb", "create-blocks-from", "rules"));
      args.addAll(flags);
      args.add("--output-dir=" + work.resolve("none"));
      tools.compare(
          String.join(" ", args),
          plain(tools.promtool("", args)),
          plain(BothTools.narthex("", args)));
    }
    tools.agree("mistakes of create-blocks-from rules");
  }

  private Path one() throws IOException {
    return Files.writeString(
        work.resolve("one.yml"),
        "groups: [{name: a, rules: [{record: 'a b', expr: 1}, {record: b, expr: 2}]}]");
  }

  /// Without the time and the place in the reference's source.
  private static Result plain(Result result) {
    String err = result.err().replaceAll("(?m)^time=\\S+ ", "").replaceAll(" source=\\S+", "");
    return new Result(result.exitCode(), result.out(), err);
  }
}
