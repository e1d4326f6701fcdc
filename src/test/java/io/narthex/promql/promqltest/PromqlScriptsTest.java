package io.narthex.promql.promqltest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.testing.Conformance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The reference's own scripts, unchanged, on the real storage: every eval must give what the
/// script says, alone, pinned with `@`, and as a range around its time. How many pass is printed;
/// those that fail are listed, by what they lack, in `target/promqltest-report.txt`.
class PromqlScriptsTest {

  @TempDir Path work;

  private static ScriptRunner run(Path file, Path folder) throws IOException {
    try (ScriptRunner runner = new ScriptRunner(folder)) {
      runner.run(Files.readAllLines(file));
      return runner;
    }
  }

  @Test
  void theReferencesScripts() throws IOException {
    Path folder = Conformance.path("promqltest");
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(f -> f.toString().endsWith(".test")).sorted().toList();
    }
    int evals = 0;
    int failed = 0;
    List<String> report = new ArrayList<>();
    Map<String, Integer> lacking = new TreeMap<>();
    for (Path file : files) {
      String name = String.valueOf(file.getFileName());
      ScriptRunner runner = run(file, work.resolve(name));
      evals += runner.evals;
      failed += runner.failures.size();
      System.out.printf(
          "promqltest %-28s %4d of %4d%n",
          file.getFileName(), runner.evals - runner.failures.size(), runner.evals);
      for (ScriptRunner.Failure f : runner.failures) {
        report.add(file.getFileName() + ":" + f.line() + ": " + f.query() + "\n    " + f.reason());
        lacking.merge(
            f.reason().contains("not implemented")
                ? f.reason().replaceFirst(".*not implemented", "not implemented")
                : "other",
            1,
            Integer::sum);
      }
    }
    System.out.printf("promqltest total: %d of %d evals pass%n", evals - failed, evals);
    lacking.forEach((what, n) -> System.out.printf("promqltest lacks: %4d x %s%n", n, what));
    Files.createDirectories(Path.of("target"));
    Files.write(Path.of("target/promqltest-report.txt"), report);
    assertTrue(evals > 0, "no scripts in " + folder);
    assertEquals(List.of(), report);
  }
}
