package io.narthex.cli.check;

import io.narthex.cli.terminal.Table;
import io.narthex.cli.terminal.Terminal;
import io.narthex.cli.terminal.ToolException;
import io.narthex.model.exposition.ExpositionException;
import io.narthex.model.sample.FloatText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// `check metrics`: reads an exposition from standard input, lints it, and counts its series.
record MetricsCheck(Terminal terminal) {

  private static final int LINT_EXIT_CODE = 3;

  /// Runs it; returns the exit code.
  ///
  /// @param extended whether series are counted
  /// @param lint `none` for no lint
  int run(boolean extended, String lint) {
    boolean linted = !lint.equals("none");
    if (!extended && !linted) {
      throw new ToolException(
          "error: at least one of --extended or linting must be enabled\n"
              + "Use --extended for cardinality analysis, or remove --lint=none to enable linting");
    }
    List<Family> families = families(linted);
    List<MetricLint.Problem> problems = linted ? MetricLint.of(families) : List.of();
    problems.forEach(p -> terminal.complain(p.metric() + " " + p.text()));
    if (extended) {
      count(families);
    }
    return problems.isEmpty() ? 0 : LINT_EXIT_CODE;
  }

  private List<Family> families(boolean linted) {
    try {
      return Families.read(terminal.in().readAllBytes());
    } catch (IOException e) {
      throw new ToolException("error while reading standard input: " + e.getMessage());
    } catch (ExpositionException e) {
      String place = e.line() > 0 ? " in line " + e.line() : "";
      throw new ToolException(
          (linted ? "error while linting: " : "error while parsing text to metric families: ")
              + "text format parsing error"
              + place
              + ": "
              + e.getMessage());
    }
  }

  private void count(List<Family> families) {
    List<Family> sorted = new ArrayList<>(families);
    sorted.sort(Comparator.comparingInt(Family::cardinality).reversed());
    int total = sorted.stream().mapToInt(Family::cardinality).sum();
    Table table = new Table(4, 4);
    table.row(List.of("Metric", "Cardinality", "Percentage", ""));
    for (Family family : sorted) {
      double percent = 100.0 * family.cardinality() / total;
      table.row(
          List.of(
              family.name,
              Integer.toString(family.cardinality()),
              FloatText.fixed(percent, 2) + "%",
              ""));
    }
    table.row(List.of("Total", Integer.toString(total), "100%", ""));
    terminal.out().print(table.text());
  }
}
