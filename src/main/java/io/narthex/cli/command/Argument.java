package io.narthex.cli.command;

/// What stands behind a command.
///
/// @param initial its value if it is not given, or empty
public record Argument(
    String name, Kind kind, boolean required, boolean repeated, String initial, String help) {

  /// One that must be given.
  public static Argument required(String name, Kind kind, String help) {
    return new Argument(name, kind, true, false, "", help);
  }

  /// One that may be left out.
  public static Argument optional(String name, Kind kind, String initial, String help) {
    return new Argument(name, kind, false, false, initial, help);
  }

  /// The same, given any number of times.
  public Argument more() {
    return new Argument(name, kind, required, true, initial, help);
  }

  String shown() {
    return required ? "<" + name + ">" : "[<" + name + ">]";
  }
}
