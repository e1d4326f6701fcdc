package io.narthex.judge;

import io.narthex.testing.Conformance;
import io.narthex.testing.Peers;
import io.narthex.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `query` and `check healthy|ready` against one live server, judged by promtool.
class QueryToolsIT {

  /// Within the reference's blocks.
  private static final String AT = "1767226800";

  @TempDir Path work;

  @Test
  void answersArePrintedAsByPromtool() throws IOException {
    Path prometheus = Peers.program("prometheus");
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
                prometheus.toString(),
                "--config.file=" + config,
                "--storage.tsdb.path=" + data,
                "--storage.tsdb.retention.time=100y",
                "--web.listen-address=127.0.0.1:" + port))) {
      running.awaitOk(server + "/-/ready");
      BothTools tools = new BothTools(work);
      queries(tools, server);
      looks(tools, server);
      mistakes(tools, server);
      tools.agree("query");
    }
  }

  private static void queries(BothTools tools, String server) {
    for (String query :
        List.of(
            "1.5",
            "time()",
            "{__name__=~\".+\"}",
            "hist",
            "sum by (seq) (xor)",
            "histogram_quantile(0.5, hist)",
            "nope",
            "sum(",
            "xor + on () group_left () hist")) {
      for (String format : List.of("promql", "json")) {
        tools.same("query", "-o", format, "instant", server, query, "--time", AT);
        tools.same(
            "query",
            "range",
            "--format=" + format,
            "--start=2026-01-01T00:00:00Z",
            "--end=" + AT,
            "--step=1m30s",
            server,
            query);
      }
    }
    tools.same("query", "range", server, "up", "--start=0", "--end=" + AT, "--step=1s");
    tools.same("query", "range", server, "1", "--end=" + AT, "--header=X-A=b");
    for (String selector : List.of("hist", "{__name__=~\".+\"}", "nope")) {
      tools.same(
          "query",
          "analyze",
          "--server=" + server,
          "--type=histogram",
          "--match=" + selector,
          "--time=" + AT);
    }
  }

  private static void looks(BothTools tools, String server) {
    for (String format : List.of("promql", "json")) {
      String flag = "--format=" + format;
      tools.same("query", flag, "series", server, "--match={__name__=~\".+\"}");
      tools.same("query", flag, "series", server, "--match=hist", "--match=xor", "--end=" + AT);
      tools.same("query", flag, "series", server, "--match=hist", "--start=0", "--end=1");
      tools.same("query", flag, "labels", server, "__name__");
      tools.same("query", flag, "labels", server, "seq", "--match=hist");
      tools.same("query", flag, "labels", server, "nope");
      tools.same("query", flag, "labels", server, "bad name");
    }
    tools.same("check", "healthy", "--url=" + server);
    tools.same("check", "ready", "--url=" + server);
    tools.same("check", "ready", "--url=" + server + "/");
    tools.same("check", "ready", "--url=" + server + "/nope");
  }

  private static void mistakes(BothTools tools, String server) {
    String nobody = "http://127.0.0.1:" + Program.freePort();
    tools.same("query", "instant", nobody, "1", "--time=5");
    tools.same("query", "labels", nobody, "a", "--start=1", "--end=2");
    tools.same("check", "healthy", "--url=" + nobody);
    tools.same("query", "instant", server, "1", "--time=x");
    tools.same("query", "range", server, "1", "--start=5", "--end=4");
    tools.same("query", "range", server, "1", "--start=x");
    tools.same("query", "series", server, "--match={");
    tools.same("query", "series", server, "--match=up", "--end=x");
    tools.same("query", "instant", server + "/nope", "1", "--time=5");
    tools.same("query", "analyze", "--server=" + server, "--type=x", "--match=up");
    tools.same("query", "analyze", "--server=" + server, "--type=histogram", "--match={");
  }
}
