package io.narthex.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.narthex.testing.Peers;
import io.narthex.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Dashboards and alerts about Prometheus work for Narthex: its own metrics have Prometheus' names,
/// types and help texts.
class MetricNamesIT {

  /// Families of parts that are not served yet, and of Go's runtime.
  private static final Predicate<String> NOT_HERE =
      Pattern.compile(
              "(go|net_conntrack_dialer|prometheus_(api_notification|notifications|remote|rule"
                  + "|template|web_federation|treecache"
                  + "|sd_(dns|http|kubernetes|linode)"
                  + "|target_scrape_pool_symboltable))_.*")
          .asMatchPredicate();

  @TempDir Path work;

  @Test
  void familiesHaveThePeersNamesTypesAndHelp() throws IOException {
    Path prometheus = Peers.program("prometheus");
    Path config = Files.writeString(work.resolve("prometheus.yml"), "global: {}\n");
    int a = Program.freePort();
    int b = Program.freePort();
    try (Program us = start(Program.narthex(), config, a, "narthex");
        Program them = start(prometheus.toString(), config, b, "prometheus")) {
      us.awaitOk("http://127.0.0.1:" + a + "/api/v1/query?query=1");
      them.awaitOk("http://127.0.0.1:" + b + "/api/v1/query?query=1");
      Set<String> missing = families(b);
      missing.removeAll(families(a));
      assertEquals(Set.of(), missing);
    }
  }

  private Program start(String program, Path config, int port, String name) {
    return Program.start(
            work,
            name,
            List.of(
                program,
                "--config.file=" + config,
                "--storage.tsdb.path=" + work.resolve(name),
                "--web.listen-address=127.0.0.1:" + port))
        .awaitOk("http://127.0.0.1:" + port + "/-/ready");
  }

  /// Every `# TYPE` and `# HELP` line of the server's own exposition.
  private static Set<String> families(int port) {
    return Program.get("http://127.0.0.1:" + port + "/metrics")
        .lines()
        .filter(line -> line.startsWith("# "))
        .filter(line -> !NOT_HERE.test(line.split(" ", 4)[2]))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
