package io.narthex.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads command lines by Kingpin's rules: `--name value` or `--name=value`; switches are `--name`
/// and `--no-name`; a single value may stand once.
final class FlagParser {

  /// Names that every command has.
  static final String HELP = "help";

  static final String VERSION = "version";

  private final Map<String, Flag> flags = new LinkedHashMap<>();

  FlagParser(List<Flag> table) {
    table.forEach(flag -> flags.put(flag.name(), flag));
  }

  /// Reads `args`.
  ///
  /// @return with the name `help` or `version` among the given ones if that is asked for
  /// @throws FlagException if `args` are wrong
  ParsedFlags parse(List<String> args) {
    List<Given> given = scan(args);
    Map<String, List<String>> values = new HashMap<>();
    List<String> names = new ArrayList<>();
    for (Given one : given) {
      names.add(one.name);
      Flag flag = flags.get(one.name);
      if (flag != null) {
        add(values, flag, one.value);
      }
    }
    for (Flag flag : flags.values()) {
      values.computeIfAbsent(flag.name(), name -> initial(flag));
    }
    return new ParsedFlags(values, names);
  }

  private static List<String> initial(Flag flag) {
    if (flag.initial().isEmpty()) {
      return flag.kind().zero().isEmpty() ? List.of() : List.of(flag.kind().zero());
    }
    return flag.initial().stream().map(flag.kind()::canonical).toList();
  }

  private static void add(Map<String, List<String>> values, Flag flag, String value) {
    List<String> all = values.computeIfAbsent(flag.name(), name -> new ArrayList<>());
    if (!all.isEmpty() && !flag.kind().isRepeatable()) {
      throw FlagException.value("flag '" + flag.name() + "' cannot be repeated");
    }
    try {
      all.add(flag.kind().canonical(value));
    } catch (IllegalArgumentException e) {
      throw FlagException.value(String.valueOf(e.getMessage()));
    }
  }

  private record Given(String name, String value) {}

  private List<Given> scan(List<String> args) {
    List<Given> given = new ArrayList<>();
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      if (arg.equals("-h")) {
        given.add(new Given(HELP, "true"));
      } else if (arg.startsWith("--") && arg.length() > 2) {
        i += longFlag(arg.substring(2), i + 1 < args.size() ? args.get(i + 1) : "-", given);
      } else if (arg.startsWith("-") && arg.length() > 1 && !arg.equals("--")) {
        // Letters may stand together; only h is known.
        int unknown = arg.charAt(1) == 'h' ? 2 : 1;
        throw FlagException.syntax("unknown short flag '-" + arg.charAt(unknown) + "'");
      } else if (!arg.equals("--")) {
        throw FlagException.syntax("unexpected " + arg);
      }
    }
    return given;
  }

  /// Takes one flag; returns how many of the following arguments belong to it.
  private int longFlag(String text, String next, List<Given> given) {
    int equals = text.indexOf('=');
    String name = equals < 0 ? text : text.substring(0, equals);
    boolean negated = name.startsWith("no-") && !flags.containsKey(name);
    String bare = negated ? name.substring(3) : name;
    Flag flag = flags.get(bare);
    boolean standard = bare.equals(HELP) || bare.equals(VERSION);
    boolean isSwitch = standard || flag != null && flag.kind() == FlagKind.BOOL;
    if (flag == null && !standard || negated && !isSwitch) {
      throw FlagException.syntax("unknown long flag '--" + name + "'");
    }
    if (isSwitch) {
      if (equals >= 0) {
        throw FlagException.syntax("unexpected " + text.substring(equals + 1));
      }
      if (!standard || !negated) {
        given.add(new Given(bare, Boolean.toString(!negated)));
      }
      return 0;
    }
    if (equals >= 0) {
      given.add(new Given(name, text.substring(equals + 1)));
      return 0;
    }
    if (next.startsWith("-")) {
      throw FlagException.syntax("expected argument for flag '--" + name + "'");
    }
    given.add(new Given(name, next));
    return 1;
  }
}
