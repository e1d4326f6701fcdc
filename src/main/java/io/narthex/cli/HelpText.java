package io.narthex.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Help in two columns, as Kingpin prints it.
final class HelpText {

  private static final int INDENT = 33;
  private static final int WIDTH = 80;

  private HelpText() {}

  /// The help of a command.
  ///
  /// @param about one line
  static String of(String command, String about, List<Flag> flags) {
    StringBuilder out = new StringBuilder();
    out.append("usage: ").append(command).append(" [<flags>]\n\n").append(about).append("\n\n");
    out.append("\nFlags:\n");
    line("-h, --[no-]help", "Show this help.", out);
    line("    --[no-]version", "Show the version.", out);
    for (Flag flag : flags) {
      if (!flag.hidden()) {
        line("    " + usage(flag), flag.help(), out);
      }
    }
    return out.append('\n').toString();
  }

  private static String usage(Flag flag) {
    if (flag.kind() == FlagKind.BOOL) {
      return "--[no-]" + flag.name();
    }
    return "--" + flag.name() + "=" + value(flag) + (flag.kind().isRepeatable() ? " ..." : "");
  }

  private static String value(Flag flag) {
    if (!flag.placeholder().isEmpty()) {
      return flag.placeholder();
    }
    if (flag.initial().isEmpty()) {
      return flag.kind() == FlagKind.STRING
          ? "\"\""
          : flag.kind().isRepeatable() ? "" : flag.name().toUpperCase(Locale.ROOT);
    }
    String first = flag.initial().getFirst();
    return flag.kind() == FlagKind.STRING
        ? "\"" + first + "\""
        : first + (flag.initial().size() > 1 ? "..." : "");
  }

  private static void line(String left, String help, StringBuilder out) {
    String start = "  " + left;
    List<String> lines = wrapped(help);
    out.append(start);
    if (start.length() > INDENT - 2) {
      out.append("  \n").append(" ".repeat(INDENT));
    } else {
      out.append(" ".repeat(INDENT - start.length()));
    }
    out.append(String.join("\n" + " ".repeat(INDENT), lines)).append('\n');
  }

  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (!line.isEmpty() && INDENT + line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
