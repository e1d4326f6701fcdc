package io.narthex.cli.command;

import java.util.ArrayList;
import java.util.List;

/// A command: either it has commands below it, or it can be run and may take arguments.
///
/// @param name its word
/// @param help paragraphs; lines that begin with two spaces stay as they are
/// @param options flags of this command and of all below it
/// @param arguments what stands behind it, in order; only the last may be repeated
/// @param absent whether it is known, but not there yet: not listed, refused by name
public record Command(
    String name,
    String help,
    List<Option> options,
    List<Argument> arguments,
    List<Command> commands,
    boolean absent) {

  /// A command with others below it.
  public static Command group(String name, String help, List<Option> options, Command... commands) {
    return new Command(name, help, options, List.of(), List.of(commands), false);
  }

  /// A command that can be run.
  public static Command leaf(
      String name, String help, List<Option> options, Argument... arguments) {
    return new Command(name, help, options, List.of(arguments), List.of(), false);
  }

  /// A command that is not there yet.
  public static Command absent(String name) {
    return new Command(name, "", List.of(), List.of(), List.of(), true);
  }

  boolean isLeaf() {
    return commands.isEmpty();
  }

  /// The commands below that help lists.
  List<Command> listed() {
    return commands.stream().filter(c -> !c.absent).toList();
  }

  /// `[<flags>] <file> [<folder>]`, with the flags of this command that must be given before.
  String usage() {
    List<String> parts = new ArrayList<>();
    options.stream().filter(Option::required).forEach(o -> parts.add(o.usage()));
    if (options.stream().anyMatch(o -> !o.required() && !o.hidden())) {
      parts.add("[<flags>]");
    }
    if (!isLeaf()) {
      parts.add("<command> [<args> ...]");
    }
    for (Argument argument : arguments) {
      String text = "<" + argument.name() + ">" + (argument.repeated() ? "..." : "");
      parts.add(argument.required() ? text : "[" + text + "]");
    }
    return String.join(" ", parts);
  }
}
