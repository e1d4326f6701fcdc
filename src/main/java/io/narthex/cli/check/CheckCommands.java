package io.narthex.cli.check;

import io.narthex.cli.command.Argument;
import io.narthex.cli.command.Command;
import io.narthex.cli.command.Given;
import io.narthex.cli.command.Kind;
import io.narthex.cli.command.Option;
import io.narthex.cli.command.ToolGroup;
import io.narthex.cli.query.QueryCommands;
import io.narthex.cli.query.ServerApi;
import io.narthex.cli.terminal.Terminal;
import io.narthex.cli.terminal.ToolException;
import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.io.http.BlockingClient.Answer;
import io.narthex.io.http.HttpClientException;
import java.util.List;
import java.util.Map;

/// The commands of `check`.
public final class CheckCommands implements ToolGroup {

  private static final long STATUS_TIMEOUT_MS = 10_000;

  private final Disk disk;
  private final Clock clock;
  private final Map<String, String> environment;
  private final Terminal terminal;

  public CheckCommands(Disk disk, Clock clock, Map<String, String> environment, Terminal terminal) {
    this.disk = disk;
    this.clock = clock;
    this.environment = environment;
    this.terminal = terminal;
  }

  @Override
  public Command command() {
    return Command.group(
        "check",
        "Check the resources for validity.",
        List.of(
            Option.value(
                "query.lookback-delta",
                Kind.DURATION,
                "5m",
                "The server's maximum query lookback duration."),
            Option.toggle(
                "extended",
                "Print extended information related to the cardinality of the metrics.")),
        config(),
        status("healthy", "Check if the Prometheus server is healthy."),
        status("ready", "Check if the Prometheus server is ready."),
        Command.leaf(
            "metrics",
            """
            Pass Prometheus metrics over stdin to lint them for consistency and correctness.

            examples:

            $ cat metrics.prom | narthex check metrics

            $ curl -s http://localhost:9090/metrics | narthex check metrics\
            """,
            List.of(
                // Of Prometheus 3.14; 3.5, whose help this is, always lints.
                Option.value(
                        "lint",
                        Kind.TEXT,
                        "all",
                        "Linting checks to apply for metrics. Available options are: all, none.")
                    .unlisted())),
        Command.absent("rules"),
        Command.absent("service-discovery"),
        Command.absent("web-config"));
  }

  private Command config() {
    return Command.leaf(
        "config",
        "Check if the config files are valid or not.",
        List.of(
            Option.toggle(
                "syntax-only",
                "Only check the config file syntax, ignoring file and content validation"
                    + " referenced in the config"),
            Option.value(
                "lint",
                Kind.TEXT,
                "duplicate-rules",
                "Linting checks to apply to the rules/scrape configs specified in the config."
                    + " Available options are: all, duplicate-rules, none,"
                    + " too-long-scrape-interval. Use --lint=none to disable linting"),
            Option.toggle("lint-fatal", "Make lint errors exit with exit code 3."),
            Option.toggle(
                "ignore-unknown-fields",
                "Ignore unknown fields in the rule groups read by the config files. This is useful"
                    + " when you want to extend rule files with custom metadata. Ensure that those"
                    + " fields are removed before loading them into the Prometheus server as it"
                    + " performs strict checks by default."),
            Option.toggle("agent", "Check config file for Prometheus in Agent mode.")),
        Argument.required("config-files", new Kind.ExistingFile(disk), "The config files to check.")
            .more());
  }

  private Command status(String name, String help) {
    return Command.leaf(
        name,
        help,
        List.of(
            QueryCommands.httpConfigFile(disk),
            Option.value(
                "url", Kind.URL, "http://localhost:9090", "The URL for the Prometheus server.")));
  }

  @Override
  public int run(Given given) {
    return switch (given.path()) {
      case "check config" -> new ConfigCheck(disk, environment, terminal, given).run();
      case "check healthy" -> status(given, "/-/healthy");
      case "check ready" -> status(given, "/-/ready");
      case "check metrics" ->
          new MetricsCheck(terminal).run(given.isOn("extended"), given.text("lint"));
      default -> throw new IllegalStateException("BUG: no tool for " + given.path());
    };
  }

  private int status(Given given, String path) {
    try (ServerApi api =
        ServerApi.open(given, given.text("url"), Map.of(), disk, clock, environment)) {
      Answer answer = api.get(path, STATUS_TIMEOUT_MS);
      if (answer.status() != 200) {
        throw new ToolException(
            "check failed: URL=" + given.text("url") + ", status=" + answer.status());
      }
      terminal.complain("  SUCCESS:  " + answer.body());
      return 0;
    } catch (HttpClientException e) {
      throw new ToolException(String.valueOf(e.getMessage()));
    }
  }
}
