package io.narthex.cli.check;

import io.narthex.cli.command.Given;
import io.narthex.cli.command.GoDurations;
import io.narthex.cli.terminal.Terminal;
import io.narthex.clock.Durations;
import io.narthex.config.ConfigException;
import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import io.narthex.model.labels.GoQuote;
import io.narthex.role.config.ConfigDefaults;
import io.narthex.role.config.ConfigReferences;
import io.narthex.role.config.JobConfig;
import io.narthex.role.config.ServerConfig;
import io.narthex.role.config.ServerConfigReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// `check config`: whether a server would take configuration files.
final class ConfigCheck {

  private static final int LINT_EXIT_CODE = 3;
  private static final List<String> LINTS =
      List.of("all", "duplicate-rules", "none", "too-long-scrape-interval");

  private final Disk disk;
  private final Terminal terminal;
  private final Given given;
  private final ServerConfigReader reader;
  private final boolean syntaxOnly;

  /// Longest scrape interval that lint takes; 0 for any.
  private final long lookbackMs;

  private boolean hasErrors;
  private boolean hasFindings;

  ConfigCheck(Disk disk, Map<String, String> environment, Terminal terminal, Given given) {
    this.disk = disk;
    this.terminal = terminal;
    this.given = given;
    reader = new ServerConfigReader(disk, environment, ConfigDefaults.NONE);
    syntaxOnly = given.isOn("syntax-only");
    List<String> lints = List.of(given.text("lint").split(","));
    lints.stream()
        .filter(lint -> !lint.isEmpty() && !LINTS.contains(lint))
        .forEach(lint -> terminal.line("WARNING: unknown lint option: " + GoQuote.quote(lint)));
    boolean intervals = lints.contains("all") || lints.contains("too-long-scrape-interval");
    lookbackMs =
        intervals && !lints.contains("none")
            ? GoDurations.parseNanos(given.text("query.lookback-delta")) / 1_000_000
            : 0;
  }

  /// Runs it; returns the exit code.
  int run() {
    given.all("config-files").forEach(this::file);
    if (hasErrors) {
      return 1;
    }
    return hasFindings && given.isOn("lint-fatal") ? LINT_EXIT_CODE : 0;
  }

  private void file(String file) {
    terminal.line("Checking " + file);
    List<JobConfig> jobs = List.of();
    List<Path> rules = List.of();
    try {
      boolean agent = given.isOn("agent");
      ServerConfig config = syntaxOnly ? reader.readAlone(file, agent) : reader.read(file, agent);
      rules =
          new ConfigReferences(disk, !syntaxOnly, w -> terminal.line("  WARNING: " + w))
              .check(config);
      if (!rules.isEmpty()) {
        terminal.line("  SUCCESS: " + rules.size() + " rule files found");
      }
      terminal.line(" SUCCESS: " + file + " is valid prometheus config file syntax");
      jobs = config.jobs();
    } catch (ConfigException | DiskException | IllegalArgumentException e) {
      terminal.complain("  FAILED: " + e.getMessage());
      hasErrors = true;
    }
    terminal.line("");
    if (!syntaxOnly) {
      lint(jobs);
      rules.forEach(this::rules);
    }
  }

  private void lint(List<JobConfig> jobs) {
    for (JobConfig job : jobs) {
      if (lookbackMs > 0 && job.intervalMs() >= lookbackMs) {
        terminal.complain(
            "  FAILED: too long scrape interval found, data point will be marked as stale - job: "
                + job.name()
                + ", interval: "
                + Durations.format(job.intervalMs()));
        hasFindings = true;
        return;
      }
    }
  }

  /// Says that rules are not read yet: silence would be taken for consent.
  private void rules(Path file) {
    terminal.line("Checking " + file);
    terminal.complain(
        "  FAILED:\n"
            + file
            + ": checking rule files is not implemented yet; --syntax-only leaves them out");
    terminal.line("");
    hasErrors = true;
  }
}
