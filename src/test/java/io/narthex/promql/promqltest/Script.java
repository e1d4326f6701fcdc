package io.narthex.promql.promqltest;

import io.narthex.clock.Durations;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A script in the language of promqltest, as commands.
final class Script {

  private static final Pattern INSTANT =
      Pattern.compile(
          "^eval(_ordered|_fail|_warn|_info)? instant at (\\S+)\\s+(.+)$", Pattern.DOTALL);
  private static final Pattern RANGE =
      Pattern.compile(
          "^eval(_ordered|_fail|_warn|_info)? range from (\\S+) to (\\S+) step (\\S+)\\s+(.+)$",
          Pattern.DOTALL);

  sealed interface Command {}

  record Clear() implements Command {}

  record Load(long stepMs, boolean withNhcb, List<String> lines) implements Command {}

  /// @param stepMs 0 for an instant query
  record Eval(
      int line,
      String kind,
      long startMs,
      long endMs,
      long stepMs,
      String query,
      List<String> expectations,
      List<String> results)
      implements Command {
    boolean instant() {
      return stepMs == 0;
    }
  }

  private Script() {}

  static List<Command> parse(List<String> source) {
    List<Command> commands = new ArrayList<>();
    int i = 0;
    while (i < source.size()) {
      String line = stripped(source.get(i));
      int at = i + 1;
      i++;
      if (line.isEmpty()) {
        continue;
      }
      List<String> block = new ArrayList<>();
      if (!line.equals("clear")) {
        // A comment ends a block as a blank line does.
        while (i < source.size() && !stripped(source.get(i)).isEmpty()) {
          block.add(stripped(source.get(i)));
          i++;
        }
      }
      commands.add(command(at, line, block));
    }
    return commands;
  }

  private static String stripped(String line) {
    String text = line.strip();
    return text.startsWith("#") ? "" : text;
  }

  private static Command command(int line, String text, List<String> block) {
    if (text.equals("clear")) {
      return new Clear();
    }
    if (text.startsWith("load")) {
      String[] words = text.split("\\s+");
      return new Load(Durations.parseMs(words[1]), words[0].equals("load_with_nhcb"), block);
    }
    List<String> expectations = block.stream().filter(l -> l.startsWith("expect ")).toList();
    List<String> results = block.stream().filter(l -> !l.startsWith("expect ")).toList();
    Matcher instant = INSTANT.matcher(text);
    if (instant.matches()) {
      long tMs = time(instant.group(2));
      return new Eval(
          line, kind(instant.group(1)), tMs, tMs, 0, instant.group(3), expectations, results);
    }
    Matcher range = RANGE.matcher(text);
    if (range.matches()) {
      return new Eval(
          line,
          kind(range.group(1)),
          time(range.group(2)),
          time(range.group(3)),
          time(range.group(4)),
          range.group(5),
          expectations,
          results);
    }
    throw new IllegalArgumentException("line " + line + ": not a command: " + text);
  }

  private static String kind(String suffix) {
    return suffix == null ? "" : suffix;
  }

  static long time(String text) {
    if (text.startsWith("-")) {
      return -time(text.substring(1));
    }
    try {
      return Durations.parseMs(text);
    } catch (IllegalArgumentException e) {
      return Math.round(Double.parseDouble(text) * 1000);
    }
  }
}
