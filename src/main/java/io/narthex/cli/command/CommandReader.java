package io.narthex.cli.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads one command line by a tree of commands, in Kingpin's order: first its words, then their
/// values, then what is missing.
public final class CommandReader {

  private static final String HELP = "help";
  private static final String VERSION = "version";

  private final Command root;
  private final List<Command> path = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final Map<Option, List<String>> flags = new HashMap<>();
  private final List<String> arguments = new ArrayList<>();
  private Given.Asks asks = Given.Asks.RUN;

  private CommandReader(Command root) {
    this.root = root;
    path.add(root);
  }

  /// Reads `args`, which begin behind the root's name.
  ///
  /// @throws UsageException if they cannot be followed
  public static Given read(Command root, List<String> args) {
    return new CommandReader(root).read(args);
  }

  private Given read(List<String> args) {
    if (!args.isEmpty() && args.getFirst().equals(HELP)) {
      return helpOn(args.subList(1, args.size()));
    }
    scan(new ArrayList<>(args));
    if (asks != Given.Asks.RUN) {
      return new Given(text(), Map.of(), names, asks);
    }
    Command command = path.getLast();
    if (!command.isLeaf()) {
      if (path.size() == 1) {
        return new Given("", Map.of(), names, Given.Asks.HELP);
      }
      throw new UsageException("must select a subcommand of '" + text() + "'");
    }
    Map<String, List<String>> values = new HashMap<>();
    setFlags(values);
    setArguments(command, values);
    return new Given(text(), values, names, asks);
  }

  private Given helpOn(List<String> words) {
    for (String word : words) {
      Command next = find(word);
      if (next == null) {
        throw new UsageException("expected command but got \"" + word + "\"", false);
      }
      path.add(next);
    }
    return new Given(text(), Map.of(), List.of(), Given.Asks.HELP);
  }

  private String text() {
    return path.stream().skip(1).map(Command::name).collect(Collectors.joining(" "));
  }

  private @Nullable Command find(String word) {
    for (Command command : path.getLast().commands()) {
      if (command.name().equals(word)) {
        return command;
      }
    }
    return null;
  }

  private void scan(List<String> args) {
    boolean onlyArguments = false;
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      if (onlyArguments || !arg.startsWith("-") || arg.equals("-")) {
        word(arg);
      } else if (arg.equals("--")) {
        onlyArguments = true;
      } else if (arg.startsWith("--")) {
        i += longFlag(arg.substring(2), next(args, i));
      } else {
        i += shortFlags(arg.substring(1), next(args, i));
      }
    }
  }

  private static @Nullable String next(List<String> args, int i) {
    String next = i + 1 < args.size() ? args.get(i + 1) : null;
    return next == null || next.startsWith("-") && !next.equals("-") ? null : next;
  }

  private void word(String arg) {
    Command command = path.getLast();
    if (command.isLeaf()) {
      List<Argument> known = command.arguments();
      boolean room =
          arguments.size() < known.size() || !known.isEmpty() && known.getLast().repeated();
      if (!room) {
        throw new UsageException("unexpected " + arg);
      }
      arguments.add(arg);
      return;
    }
    Command next = find(arg);
    if (next == null) {
      throw new UsageException("expected command but got \"" + arg + "\"");
    }
    path.add(next);
    if (next.absent()) {
      throw new UsageException("'" + text() + "' is not implemented yet", false);
    }
  }

  private @Nullable Option option(String name) {
    for (Command command : path) {
      for (Option option : command.options()) {
        if (option.name().equals(name)) {
          return option;
        }
      }
    }
    return null;
  }

  /// Takes one flag; returns how many of the following arguments belong to it.
  private int longFlag(String text, @Nullable String next) {
    int equals = text.indexOf('=');
    String name = equals < 0 ? text : text.substring(0, equals);
    if (name.equals(HELP) || name.equals(VERSION)) {
      ask(name);
      return 0;
    }
    Option option = option(name);
    boolean negated = option == null && name.startsWith("no-");
    if (negated) {
      option = option(name.substring(3));
    }
    if (option == null || negated && !option.isSwitch()) {
      throw new UsageException("unknown long flag '--" + name + "'");
    }
    if (option.isSwitch()) {
      give(option, Boolean.toString(!negated));
      if (equals >= 0) {
        word(text.substring(equals + 1));
      }
      return 0;
    }
    if (equals >= 0) {
      give(option, text.substring(equals + 1));
      return 0;
    }
    return value(option, "--" + name, next);
  }

  private int shortFlags(String letters, @Nullable String next) {
    for (int i = 0; i < letters.length(); i++) {
      char letter = letters.charAt(i);
      if (letter == 'h') {
        ask(HELP);
        continue;
      }
      Option option = option(letter);
      if (option == null) {
        throw new UsageException("unknown short flag '-" + letter + "'");
      }
      if (!option.isSwitch()) {
        String rest = letters.substring(i + 1);
        if (rest.isEmpty()) {
          return value(option, "-" + letter, next);
        }
        give(option, rest);
        return 0;
      }
      give(option, "true");
    }
    return 0;
  }

  private @Nullable Option option(char letter) {
    for (Command command : path) {
      for (Option option : command.options()) {
        if (option.letter() == letter) {
          return option;
        }
      }
    }
    return null;
  }

  private int value(Option option, String shown, @Nullable String next) {
    if (next == null) {
      throw new UsageException("expected argument for flag '" + shown + "'");
    }
    give(option, next);
    return 1;
  }

  private void ask(String what) {
    if (asks == Given.Asks.RUN) {
      asks = what.equals(HELP) ? Given.Asks.HELP : Given.Asks.VERSION;
    }
  }

  private void give(Option option, String value) {
    names.add(option.name());
    flags.computeIfAbsent(option, o -> new ArrayList<>()).add(value);
  }

  private void setFlags(Map<String, List<String>> values) {
    List<String> missing = new ArrayList<>();
    for (Command command : path) {
      for (Option option : command.options()) {
        List<String> given = flags.get(option);
        if (given == null) {
          values.put(option.name(), initial(option.initial()));
          if (option.required()) {
            missing.add("'--" + option.name() + "'");
          }
          continue;
        }
        if (given.size() > 1 && !option.repeated()) {
          throw new UsageException("flag '" + option.name() + "' cannot be repeated");
        }
        given.forEach(value -> check(option.kind(), value));
        values.put(option.name(), given);
      }
    }
    checkArguments();
    if (!missing.isEmpty()) {
      throw new UsageException("required flag(s) " + String.join(", ", missing) + " not provided");
    }
  }

  private static List<String> initial(String value) {
    return value.isEmpty() ? List.of() : List.of(value);
  }

  private static void check(Kind kind, String value) {
    try {
      kind.check(value);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private void checkArguments() {
    List<Argument> known = path.getLast().arguments();
    for (int i = 0; i < arguments.size(); i++) {
      check(known.get(Math.min(i, known.size() - 1)).kind(), arguments.get(i));
    }
  }

  private void setArguments(Command command, Map<String, List<String>> values) {
    List<Argument> known = command.arguments();
    for (int i = 0; i < known.size(); i++) {
      Argument argument = known.get(i);
      if (i < arguments.size()) {
        int to = argument.repeated() ? arguments.size() : i + 1;
        values.put(argument.name(), List.copyOf(arguments.subList(i, to)));
      } else if (argument.required()) {
        throw new UsageException("required argument '" + argument.name() + "' not provided");
      } else {
        values.put(argument.name(), initial(argument.initial()));
      }
    }
  }
}
