package io.narthex.cli;

import io.narthex.cli.check.CheckCommands;
import io.narthex.cli.command.Command;
import io.narthex.cli.command.CommandHelp;
import io.narthex.cli.command.CommandReader;
import io.narthex.cli.command.Given;
import io.narthex.cli.command.Kind;
import io.narthex.cli.command.Option;
import io.narthex.cli.command.ToolGroup;
import io.narthex.cli.command.UsageException;
import io.narthex.cli.promql.PromqlCommands;
import io.narthex.cli.query.QueryCommands;
import io.narthex.cli.terminal.Terminal;
import io.narthex.cli.terminal.ToolException;
import io.narthex.cli.tsdb.TsdbCommands;
import io.narthex.clock.Clock;
import io.narthex.io.bytes.CorruptFileException;
import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import io.narthex.promql.parse.ParseException;
import io.narthex.storage.StorageException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The tools: what promtool does, with its commands, flags, output and exit codes.
public final class Tools {

  private static final List<String> WORDS =
      List.of("check", "debug", "help", "promql", "push", "query", "test", "tsdb");

  private static final List<Option> OPTIONS =
      List.of(
          Option.toggle("experimental", "Enable experimental commands."),
          Option.values(
                  "enable-feature",
                  Kind.TEXT,
                  "",
                  "Comma separated feature names to enable. Valid options:"
                      + " promql-experimental-functions, promql-delayed-name-removal. See"
                      + " https://prometheus.io/docs/prometheus/latest/feature_flags/ for more"
                      + " details")
              .showing(" "));

  private static final Set<String> FEATURES =
      Set.of(
          "promql-experimental-functions",
          "promql-delayed-name-removal",
          "promql-duration-expr",
          "promql-extended-range-selectors",
          "promql-binop-fill-modifiers");

  private final Terminal terminal;
  private final String version;
  private final List<ToolGroup> groups;

  /// @param version what `--version` prints
  /// @param environment variables, for proxies and external labels
  public Tools(
      Disk disk, Clock clock, Map<String, String> environment, String version, Terminal terminal) {
    this.terminal = terminal;
    this.version = version;
    groups =
        List.of(
            new CheckCommands(disk, clock, environment, terminal),
            new QueryCommands(disk, clock, environment, terminal),
            new TsdbCommands(disk, clock, environment, terminal),
            new PromqlCommands(terminal));
  }

  /// What there is, for help: name, arguments and purpose of each tool.
  static String list() {
    Terminal nobody =
        new Terminal(
            InputStream.nullInputStream(),
            new PrintStream(OutputStream.nullOutputStream()),
            new PrintStream(OutputStream.nullOutputStream()));
    Tools tools = new Tools(Disk.system(), Clock.system(), Map.of(), "", nobody);
    return "Tools:\n" + CommandHelp.list(tools.root());
  }

  /// Whether a command line names a tool: its first word does, flags of all tools before it.
  public static boolean isMeant(List<String> args) {
    int at = 0;
    while (at < args.size() && args.get(at).startsWith("--")) {
      String flag = args.get(at);
      boolean known =
          flag.equals("--experimental")
              || flag.equals("--no-experimental")
              || flag.startsWith("--enable-feature");
      if (!known) {
        return false;
      }
      at += flag.equals("--enable-feature") ? 2 : 1;
    }
    return at < args.size() && WORDS.contains(args.get(at));
  }

  /// Runs the tool that `args` name.
  ///
  /// @return the exit code
  public int run(List<String> args) {
    try {
      Given given = CommandReader.read(root(), args);
      return switch (given.asks()) {
        case HELP -> print(CommandHelp.of(root(), given.path()));
        case VERSION -> print(version + "\n");
        case RUN -> run(given);
      };
    } catch (UsageException e) {
      terminal.complain("narthex: error: " + e.getMessage() + (e.withHint() ? ", try --help" : ""));
    } catch (ToolException
        | StorageException
        | CorruptFileException
        | DiskException
        | ParseException e) {
      terminal.complain(String.valueOf(e.getMessage()));
    } finally {
      terminal.out().flush();
    }
    return 1;
  }

  /// The tree of all tools.
  private Command root() {
    Stream<Command> commands =
        Stream.concat(
            groups.stream().map(ToolGroup::command),
            Stream.of(Command.absent("debug"), Command.absent("push"), Command.absent("test")));
    return Command.group(
        "narthex",
        "Tooling for the Prometheus monitoring system.",
        OPTIONS,
        commands.toArray(Command[]::new));
  }

  private int print(String text) {
    terminal.out().print(text);
    return 0;
  }

  private int run(Given given) {
    for (String list : given.all("enable-feature")) {
      for (String feature : list.split(",")) {
        if (!feature.isEmpty() && !FEATURES.contains(feature)) {
          terminal.out().print("  WARNING: Unknown feature passed to --enable-feature: " + feature);
        }
      }
    }
    String first = given.path().split(" ")[0];
    for (ToolGroup group : groups) {
      if (group.command().name().equals(first)) {
        return group.run(given);
      }
    }
    throw new IllegalStateException("BUG: no tool for " + given.path());
  }
}
