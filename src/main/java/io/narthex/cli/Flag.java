package io.narthex.cli;

import java.util.List;

/// A flag.
///
/// @param initial values when it is not given; empty for the kind's zero value
/// @param mode who may give it
/// @param placeholder what help shows for the value; empty for the default
record Flag(
    String name,
    FlagKind kind,
    List<String> initial,
    Mode mode,
    boolean hidden,
    String placeholder,
    String help) {

  enum Mode {
    ANY,
    SERVER,
    AGENT
  }

  static Flag of(String name, FlagKind kind, String initial, String help) {
    return new Flag(
        name, kind, initial.isEmpty() ? List.of() : List.of(initial), Mode.ANY, false, "", help);
  }

  Flag serverOnly() {
    return new Flag(
        name,
        kind,
        initial,
        Mode.SERVER,
        hidden,
        placeholder,
        help + " Use with server mode only.");
  }

  Flag agentOnly() {
    return new Flag(
        name, kind, initial, Mode.AGENT, hidden, placeholder, help + " Use with agent mode only.");
  }

  Flag unlisted() {
    return new Flag(name, kind, initial, mode, true, placeholder, help);
  }

  Flag showing(String shown) {
    return new Flag(name, kind, initial, mode, hidden, shown, help);
  }

  Flag initially(String... values) {
    return new Flag(name, kind, List.of(values), mode, hidden, placeholder, help);
  }
}
