package io.narthex.cli.tsdb;

import io.narthex.cli.command.Argument;
import io.narthex.cli.command.Command;
import io.narthex.cli.command.Given;
import io.narthex.cli.command.Kind;
import io.narthex.cli.command.Option;
import io.narthex.cli.command.ToolGroup;
import io.narthex.cli.query.QueryCommands;
import io.narthex.cli.terminal.Progress;
import io.narthex.cli.terminal.Terminal;
import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import java.util.List;
import java.util.Map;

/// The commands of `tsdb`.
public final class TsdbCommands implements ToolGroup {

  private static final String IMPORT_HELP =
      "Import samples from OpenMetrics input and produce TSDB blocks. Please refer to the storage"
          + " docs for more details.";

  private static final List<Option> DUMP_OPTIONS =
      List.of(
          Option.value(
              "sandbox-dir-root",
              Kind.TEXT,
              "",
              "Root directory where a sandbox directory will be created, this sandbox is used in"
                  + " case WAL replay generates chunks (default is the database path). The sandbox"
                  + " is cleaned up at the end."),
          Option.value(
              "min-time",
              Kind.LONG,
              Long.toString(Long.MIN_VALUE),
              "Minimum timestamp to dump, in milliseconds since the Unix epoch."),
          Option.value(
              "max-time",
              Kind.LONG,
              Long.toString(Long.MAX_VALUE),
              "Maximum timestamp to dump, in milliseconds since the Unix epoch."),
          Option.values(
              "match",
              Kind.TEXT,
              "{__name__=~'(?s:.*)'}",
              "Series selector. Can be specified multiple times."));

  private static final Argument DB_PATH =
      Argument.optional("db path", Kind.TEXT, "data/", "Database path (default is data/).");

  private final Disk disk;
  private final Clock clock;
  private final Map<String, String> environment;
  private final Terminal terminal;
  private final Command command;

  /// @param environment variables, for proxies
  public TsdbCommands(Disk disk, Clock clock, Map<String, String> environment, Terminal terminal) {
    this.disk = disk;
    this.clock = clock;
    this.environment = environment;
    this.terminal = terminal;
    command = tree(disk);
  }

  private static Command tree(Disk disk) {
    return Command.group(
        "tsdb",
        "Run tsdb commands.",
        List.of(),
        Command.group("bench", "Run benchmarks.", List.of(), benchWrite()),
        analyze(),
        Command.leaf(
            "list",
            "List tsdb blocks.",
            List.of(Option.toggle("human-readable", "Print human readable values.").shortly('r')),
            DB_PATH),
        Command.leaf("dump", "Dump samples from a TSDB.", dumpOptions(), DB_PATH),
        Command.leaf(
            "dump-openmetrics",
            "[Experimental] Dump samples from a TSDB into OpenMetrics text format, excluding"
                + " native histograms and staleness markers, which are not representable in"
                + " OpenMetrics.",
            DUMP_OPTIONS,
            DB_PATH),
        createBlocks(disk),
        Command.leaf(
            "verify",
            "Check every block: all checksums, the order of series, chunks and samples, postings"
                + " and meta.json.",
            List.of(),
            DB_PATH));
  }

  private static Command benchWrite() {
    return Command.leaf(
        "write",
        "Run a write performance benchmark.",
        List.of(
            Option.value("out", Kind.TEXT, "benchout", "Set the output path."),
            Option.value("metrics", Kind.WHOLE, "10000", "Number of metrics to read."),
            Option.value("scrapes", Kind.WHOLE, "3000", "Number of scrapes to simulate.")),
        Argument.optional(
            "file",
            Kind.TEXT,
            "../../tsdb/testdata/20kseries.json",
            "Input file with samples data, default is (../../tsdb/testdata/20kseries.json)."));
  }

  private static Command analyze() {
    return Command.leaf(
        "analyze",
        "Analyze churn, label pair cardinality and compaction efficiency.",
        List.of(
            Option.value("limit", Kind.WHOLE, "20", "How many items to show in each list."),
            Option.toggle("extended", "Run extended analysis."),
            Option.value(
                "match",
                Kind.TEXT,
                "",
                "Series selector to analyze. Only 1 set of matchers is supported now.")),
        DB_PATH,
        Argument.optional(
            "block id", Kind.TEXT, "", "Block to analyze (default is the last block)."));
  }

  /// Prometheus 3.14 can dump series alone; 3.5, whose help this is, cannot.
  private static List<Option> dumpOptions() {
    List<Option> options = new java.util.ArrayList<>(DUMP_OPTIONS);
    options.add(
        Option.value(
            "format",
            new Kind.OneOf(List.of("prom", "seriesjson")),
            "prom",
            "Output format of the dump (prom (default) or seriesjson)."));
    return List.copyOf(options);
  }

  private static Command createBlocks(Disk disk) {
    return Command.group(
        "create-blocks-from",
        "[Experimental] " + IMPORT_HELP.replace("OpenMetrics input", "input"),
        List.of(
            Option.toggle("human-readable", "Print human readable values.").shortly('r'),
            Option.toggle("quiet", "Do not print created blocks.").shortly('q'),
            Option.value(
                    "max-block-duration",
                    Kind.DURATION,
                    "",
                    "Maximum duration created blocks may span. Anything less than 2h is ignored.")
                .unlisted()),
        Command.leaf(
            "openmetrics",
            IMPORT_HELP,
            List.of(
                Option.values(
                    "label",
                    Kind.PAIR,
                    "",
                    "Label to attach to metrics. Can be specified multiple times. Example"
                        + " --label=label_name=label_value")),
            Argument.required("input file", Kind.TEXT, "OpenMetrics file to read samples from."),
            Argument.optional(
                "output directory", Kind.TEXT, "data/", "Output directory for generated blocks.")),
        rules(disk));
  }

  private static Command rules(Disk disk) {
    return Command.leaf(
        "rules",
        "Create blocks of data for new recording rules.",
        List.of(
            QueryCommands.httpConfigFile(disk),
            Option.value(
                "url",
                Kind.URL,
                "http://localhost:9090",
                "The URL for the Prometheus API with the data where the rule will be backfilled"
                    + " from."),
            Option.value(
                    "start",
                    Kind.TEXT,
                    "",
                    "The time to start backfilling the new rule from. Must be a RFC3339 formatted"
                        + " date or Unix timestamp. Required.")
                .needed(),
            Option.value(
                "end",
                Kind.TEXT,
                "",
                "If an end time is provided, all recording rules in the rule files provided will be"
                    + " backfilled to the end time. Default will backfill up to 3 hours ago. Must"
                    + " be a RFC3339 formatted date or Unix timestamp."),
            Option.value(
                "output-dir", Kind.TEXT, "data/", "Output directory for generated blocks."),
            Option.value(
                "eval-interval",
                Kind.DURATION,
                "60s",
                "How frequently to evaluate rules when backfilling if a value is not set in the"
                    + " recording rule files.")),
        Argument.required(
                "rule-files",
                new Kind.ExistingFile(disk),
                "A list of one or more files containing recording rules to be backfilled. All"
                    + " recording rules listed in the files will be backfilled. Alerting rules are"
                    + " not evaluated.")
            .more());
  }

  @Override
  public Command command() {
    return command;
  }

  @Override
  public int run(Given given) {
    Progress progress = new Progress(terminal, clock);
    return switch (given.path()) {
      case "tsdb list" -> ListTool.run(given, disk, terminal);
      case "tsdb analyze" -> AnalyzeTool.run(given, disk, terminal);
      case "tsdb verify" -> VerifyTool.run(given, disk, terminal, progress);
      case "tsdb dump" -> DumpTool.run(given, disk, clock, terminal, format(given));
      case "tsdb dump-openmetrics" ->
          DumpTool.run(given, disk, clock, terminal, new OpenMetricsDump(terminal));
      case "tsdb create-blocks-from openmetrics" -> ImportTool.run(given, disk, clock, terminal);
      case "tsdb create-blocks-from rules" ->
          RulesTool.run(given, disk, clock, environment, terminal);
      case "tsdb bench write" -> BenchTool.run(given, disk, clock, terminal);
      default -> throw new IllegalStateException("BUG: no tool for " + given.path());
    };
  }

  private DumpFormat format(Given given) {
    return given.text("format").equals("seriesjson")
        ? new SeriesJsonDump(terminal)
        : new PlainDump(terminal);
  }
}
