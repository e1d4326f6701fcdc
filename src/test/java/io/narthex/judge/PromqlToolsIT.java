package io.narthex.judge;

import io.narthex.judge.BothTools.Result;
import io.narthex.testing.Cases;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `promql format` and `promql label-matchers`, judged by promtool.
class PromqlToolsIT {

  @TempDir Path work;

  /// All queries of the reference's parser tests; where the language has grown since promtool's,
  /// the newer reference's text counts.
  @Test
  void queriesAreFormattedAsByPromtool() {
    BothTools tools = new BothTools(work);
    for (String file : List.of("promql_expr.json", "promql_pretty.json", "promql_string.json")) {
      Cases.of("parse/" + file)
          .run(c -> {
            boolean same = c.getBoolean("same_in_3_5_3", true);
            if (same) {
              format(tools, Cases.text(c, "query"), c.getString("string", ""));
            }
          });
    }
    tools.agree("promql format");
  }

  /// @param string how the newer reference writes it, if that is known
  private static void format(BothTools tools, String query, String string) {
    // A program cannot be given such an argument, or it is a flag.
    if (query.indexOf('\0') >= 0 || query.chars().anyMatch(c -> c >= 0xd800 && c < 0xe000)) {
      return;
    }
    List<String> args = List.of("--experimental", "promql", "format", "--", query);
    Result theirs = tools.promtool("", args);
    Result ours = BothTools.narthex("", args);
    boolean grown =
        theirs.err().contains("not enabled")
            || ours.err().contains("not enabled")
            || ours.out().equals(string + "\n");
    if (!grown || theirs.equals(ours)) {
      tools.compare(query, theirs, ours);
    }
  }

  @Test
  void matchersAreSetAndDeletedAsByPromtool() {
    BothTools tools = new BothTools(work);
    for (String query :
        List.of(
            "up",
            "sum by (job) (rate(http_requests_total{job=\"a\"}[5m])) / on (job) up{job!=\"a\"}",
            "histogram_quantile(0.9, {__name__=~\"x.*\", le=\"1\"} offset 5m)",
            "max_over_time(sum(a{b=\"c\"})[1h:5m] @ end()) + -b",
            "sum(")) {
      for (String type : List.of("=", "!=", "=~", "!~")) {
        tools.same(
            "--experimental", "promql", "label-matchers", "set", "-t", type, query, "job", "x.y");
      }
      tools.same("--experimental", "promql", "label-matchers", "set", query, "new", "a\"b");
      tools.same("--experimental", "promql", "label-matchers", "delete", query, "job");
      tools.same("--experimental", "promql", "label-matchers", "delete", query, "b");
    }
    tools.agree("promql label-matchers");
  }
}
