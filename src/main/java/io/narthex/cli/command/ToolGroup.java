package io.narthex.cli.command;

/// A command and what runs it and those below it.
public interface ToolGroup {

  Command command();

  /// Runs the command that was given.
  ///
  /// @return the exit code
  int run(Given given);
}
