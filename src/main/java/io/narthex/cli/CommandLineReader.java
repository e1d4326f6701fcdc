package io.narthex.cli;

import java.util.List;

/// Finds out which role is meant.
final class CommandLineReader {

  /// Roles that will come.
  private static final List<String> COMING =
      List.of("agent", "alertmanager", "pushgateway", "operator");

  private final String version;
  private final String hostName;

  CommandLineReader(String version, String hostName) {
    this.version = version;
    this.hostName = hostName;
  }

  static String serverHelp() {
    return HelpText.of(
            "narthex [server|exporter]",
            "A monitoring system: scrapes, stores and queries metrics like Prometheus.",
            ServerFlagTable.FLAGS)
        + Tools.list();
  }

  CommandLine read(List<String> args) {
    if (Tools.isMeant(args)) {
      return new CommandLine.Tool(List.copyOf(args));
    }
    String first = args.isEmpty() ? "" : args.getFirst();
    if (COMING.contains(first)) {
      throw FlagException.rule(
          "narthex: error: " + first + " is not implemented yet; there are: server, exporter", 1);
    }
    return switch (first) {
      case "exporter" -> exporter(args.subList(1, args.size()));
      case "server" -> server(args.subList(1, args.size()));
      default -> server(args);
    };
  }

  private CommandLine exporter(List<String> args) {
    ParsedFlags flags = new FlagParser(ExporterFlagTable.FLAGS).parse(args);
    if (flags.isGiven(FlagParser.HELP)) {
      return new CommandLine.Print(
          HelpText.of(
              "narthex exporter",
              "The metrics of this machine, as node_exporter shows them.",
              ExporterFlagTable.FLAGS));
    }
    if (flags.isGiven(FlagParser.VERSION)) {
      return new CommandLine.Print(version + "\n");
    }
    return new CommandLine.Exporter(new ExporterFlagsReader(flags).read());
  }

  private CommandLine server(List<String> args) {
    ParsedFlags flags = new FlagParser(ServerFlagTable.FLAGS).parse(args);
    if (flags.isGiven(FlagParser.HELP)) {
      return new CommandLine.Print(serverHelp());
    }
    if (flags.isGiven(FlagParser.VERSION)) {
      return new CommandLine.Print(version + "\n");
    }
    return new CommandLine.Server(new ServerFlagsReader(flags, hostName).read());
  }
}
