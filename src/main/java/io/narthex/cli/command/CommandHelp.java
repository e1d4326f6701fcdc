package io.narthex.cli.command;

import java.util.ArrayList;
import java.util.List;

/// The help of a command, laid out as Kingpin does it.
public final class CommandHelp {

  private static final int WIDTH = 80;
  private static final int WIDEST_LEFT = 30;

  private static final Option HELP =
      Option.toggle("help", "Show context-sensitive help (also try --help-long and --help-man).")
          .shortly('h');
  private static final Option VERSION = Option.toggle("version", "Show application version.");

  private final StringBuilder out = new StringBuilder();

  private CommandHelp() {}

  /// The help of the command that `path` names below `root`; empty for the root itself.
  public static String of(Command root, String path) {
    List<Command> way = new ArrayList<>(List.of(root));
    for (String word : path.isEmpty() ? new String[0] : path.split(" ")) {
      way.getLast().commands().stream()
          .filter(c -> c.name().equals(word))
          .findFirst()
          .ifPresent(way::add);
    }
    return new CommandHelp().text(way);
  }

  private String text(List<Command> way) {
    Command command = way.getLast();
    String names = String.join(" ", way.stream().map(Command::name).toList());
    String usage = way.size() == 1 ? "[<flags>] " + "<command> [<args> ...]" : command.usage();
    out.append("usage: ").append(names).append(usage.isEmpty() ? "" : " ").append(usage);
    out.append("\n\n").append(TextWrap.wrap(command.help(), "", WIDTH)).append("\n\n");
    flags(way);
    arguments(command);
    if (!command.isLeaf()) {
      out.append(way.size() == 1 ? "Commands:\n" : "Subcommands:\n");
      if (way.size() == 1) {
        out.append("help [<command>...]\n    Show help.\n\n");
      }
      String above = String.join(" ", way.stream().skip(1).map(Command::name).toList());
      command.listed().forEach(c -> leaves(above, c));
      out.append('\n');
    }
    return out.toString();
  }

  /// The commands below `command` that can be run, one after another.
  public static String list(Command command) {
    CommandHelp help = new CommandHelp();
    command.listed().forEach(c -> help.leaves("", c));
    return help.out.toString();
  }

  private void leaves(String above, Command command) {
    String name = above.isEmpty() ? command.name() : above + " " + command.name();
    if (!command.isLeaf()) {
      command.listed().forEach(c -> leaves(name, c));
      return;
    }
    String usage = command.usage();
    out.append(name).append(usage.isEmpty() ? "" : " ").append(usage).append('\n');
    out.append(TextWrap.wrap(command.help(), "    ", WIDTH)).append("\n\n");
  }

  private void flags(List<Command> way) {
    List<String[]> rows = new ArrayList<>();
    rows.add(row(HELP));
    rows.add(row(VERSION));
    for (Command command : way) {
      command.options().stream().filter(o -> !o.hidden()).forEach(o -> rows.add(row(o)));
    }
    out.append("\nFlags:\n");
    columns(rows);
    out.append('\n');
  }

  private static String[] row(Option option) {
    return new String[] {option.shown(), option.help()};
  }

  private void arguments(Command command) {
    if (!command.arguments().isEmpty()) {
      List<String[]> rows = new ArrayList<>();
      command.arguments().forEach(a -> rows.add(new String[] {a.shown(), a.help()}));
      out.append("Args:\n");
      columns(rows);
      out.append('\n');
    }
  }

  private void columns(List<String[]> rows) {
    int left = 0;
    for (String[] row : rows) {
      left = row[0].length() < WIDEST_LEFT ? Math.max(left, row[0].length()) : left;
    }
    for (String[] row : rows) {
      String indent = " ".repeat(left + 4);
      String text = TextWrap.wrap(row[1], indent, WIDTH);
      out.append("  ").append(row[0]);
      if (row[0].length() >= WIDEST_LEFT) {
        out.append("  \n").append(text);
      } else {
        out.append(text.substring(Math.min(text.length(), 2 + row[0].length())));
      }
      out.append('\n');
    }
  }
}
