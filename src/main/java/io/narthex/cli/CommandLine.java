package io.narthex.cli;

import io.narthex.role.flags.ExporterFlags;
import io.narthex.role.flags.ServerFlags;
import java.util.List;

/// `narthex [ROLE] [flags]`, read. Without a role the server is meant, so that Prometheus' own
/// command lines work as they are.
public sealed interface CommandLine {

  /// Run a server.
  record Server(ServerFlags flags) implements CommandLine {}

  /// Run an exporter of the machine.
  record Exporter(ExporterFlags flags) implements CommandLine {}

  /// Run a tool and end.
  ///
  /// @param args the whole command line: tools have flags of their own
  record Tool(List<String> args) implements CommandLine {}

  /// Print `text` and end well.
  record Print(String text) implements CommandLine {}

  /// Reads a command line.
  ///
  /// @param version what `--version` prints
  /// @param hostName of this machine
  /// @throws FlagException if it cannot be followed
  static CommandLine read(List<String> args, String version, String hostName) {
    return new CommandLineReader(version, hostName).read(args);
  }

  /// The help of the server, for {@link FlagException#withUsage}.
  static String usage() {
    return CommandLineReader.serverHelp();
  }
}
