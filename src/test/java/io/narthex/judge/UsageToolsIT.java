package io.narthex.judge;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Help and mistakes on the command line, judged by promtool.
class UsageToolsIT {

  /// The commands whose flags and commands are just those of promtool 3.5.
  private static final List<String> COMMANDS =
      List.of(
          "check config",
          "check healthy",
          "check ready",
          "query",
          "query instant",
          "query range",
          "query series",
          "query labels",
          "query analyze",
          "tsdb bench",
          "tsdb bench write",
          "tsdb analyze",
          "tsdb list",
          "tsdb dump-openmetrics",
          "tsdb create-blocks-from openmetrics",
          "promql",
          "promql format",
          "promql label-matchers",
          "promql label-matchers set",
          "promql label-matchers delete");

  private static final List<String> MISTAKES =
      List.of(
          "tsdb",
          "tsdb foo",
          "tsdb bench",
          "tsdb --bar",
          "tsdb list --foo",
          "tsdb list -x",
          "tsdb list -rx",
          "tsdb list a b",
          "tsdb list -- -h",
          "tsdb list --human-readable=/nonexistent",
          "tsdb list --no-human-readable /nonexistent",
          "tsdb analyze --limit x",
          "tsdb dump --min-time=x",
          "tsdb dump --min-time=99999999999999999999",
          "tsdb dump --match",
          "tsdb dump --min-time=-5 --max-time -5",
          "tsdb create-blocks-from openmetrics",
          "tsdb create-blocks-from openmetrics --label foo x",
          "tsdb create-blocks-from openmetrics /nonexistent",
          "query instant",
          "query instant http://x",
          "query instant http://x a b",
          "query instant -o x http://x a",
          "query -o json -o json instant http://x a",
          "query series http://x",
          "query range --step=1x http://x a",
          "query range --step= http://x a",
          "check config",
          "check config nofile",
          "check config /",
          "check healthy --http.config.file=nofile",
          "check healthy --http.config.file",
          "promql format up",
          "--experimental promql format",
          "--experimental promql label-matchers set up a",
          "--experimental promql label-matchers set -t = up a b",
          "--experimental promql label-matchers set --type=~= up a b",
          "help foo",
          "help tsdb foo");

  @TempDir Path work;

  @Test
  void helpIsThatOfPromtool() {
    BothTools tools = new BothTools(work);
    for (String command : COMMANDS) {
      String[] args = (command + " --help").split(" ");
      tools.same(args);
      tools.same(("help " + command).split(" "));
    }
    tools.agree("help");
  }

  @Test
  void mistakesAreToldAsByPromtool() {
    BothTools tools = new BothTools(work);
    for (String line : MISTAKES) {
      tools.same(line.split(" "));
    }
    tools.agree("mistakes on the command line");
  }
}
