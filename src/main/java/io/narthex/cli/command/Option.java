package io.narthex.cli.command;

import java.util.Locale;

/// A flag of a command.
///
/// @param letter for its short form, or a space
/// @param initial its value if it is not given; empty for none
/// @param placeholder what help shows for the value; empty for the default
/// @param hidden whether help leaves it out
public record Option(
    String name,
    char letter,
    Kind kind,
    boolean repeated,
    boolean required,
    String initial,
    String placeholder,
    boolean hidden,
    String help) {

  /// A switch: `--name` or `--no-name`.
  public static Option toggle(String name, String help) {
    return new Option(name, ' ', new Kind.Switch(), false, false, "", "", false, help);
  }

  /// A flag with a value.
  public static Option value(String name, Kind kind, String initial, String help) {
    return new Option(name, ' ', kind, false, false, initial, "", false, help);
  }

  /// A flag that may be given more than once.
  public static Option values(String name, Kind kind, String initial, String help) {
    return new Option(name, ' ', kind, true, false, initial, "", false, help);
  }

  /// The same with a short form.
  public Option shortly(char shortName) {
    return new Option(
        name, shortName, kind, repeated, required, initial, placeholder, hidden, help);
  }

  /// The same, not to be left out.
  public Option needed() {
    return new Option(name, letter, kind, repeated, true, initial, placeholder, hidden, help);
  }

  /// The same, another word for its value; a space for none.
  public Option showing(String shown) {
    return new Option(name, letter, kind, repeated, required, initial, shown, hidden, help);
  }

  /// The same, not in help.
  public Option unlisted() {
    return new Option(name, letter, kind, repeated, required, initial, placeholder, true, help);
  }

  boolean isSwitch() {
    return kind instanceof Kind.Switch;
  }

  /// `--name=VALUE`.
  String usage() {
    return isSwitch() ? "--[no-]" + name : "--" + name + "=" + shownValue();
  }

  private String shownValue() {
    if (!placeholder.isEmpty()) {
      return placeholder.strip();
    }
    if (initial.isEmpty()) {
      return name.toUpperCase(Locale.ROOT);
    }
    return kind instanceof Kind.Text && !repeated ? '"' + initial + '"' : initial;
  }

  /// As usage, with its letter, for the list of flags.
  String shown() {
    String start = letter == ' ' ? "    " : "-" + letter + ", ";
    return start + usage() + (repeated ? " ..." : "");
  }
}
