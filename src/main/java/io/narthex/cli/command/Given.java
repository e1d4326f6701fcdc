package io.narthex.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A command line, read.
///
/// @param path words of the command: `tsdb list`; empty for none
/// @param values by name of flag or argument, defaults filled in, all checked
/// @param names of the flags that stand on the line
/// @param asks what is asked for instead of running the command
public record Given(String path, Map<String, List<String>> values, List<String> names, Asks asks) {

  /// What a command line asks for.
  public enum Asks {
    RUN,
    HELP,
    VERSION
  }

  /// The values of a flag or argument that may be repeated.
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /// The value of a flag or argument; empty if it has none.
  public String text(String name) {
    List<String> found = all(name);
    return found.isEmpty() ? "" : found.getLast();
  }

  public boolean isOn(String name) {
    return text(name).equals("true");
  }

  public long number(String name) {
    return Long.parseLong(text(name));
  }

  /// A number whose fraction does not count.
  public int whole(String name) {
    return (int) Double.parseDouble(text(name));
  }

  /// A duration in nanoseconds; 0 if there is none.
  public long nanos(String name) {
    return text(name).isEmpty() ? 0 : GoDurations.parseNanos(text(name));
  }

  /// `KEY=VALUE` flags by key; of equal keys the last counts.
  public Map<String, String> pairs(String name) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : all(name)) {
      int at = separator(pair);
      pairs.put(pair.substring(0, at), pair.substring(at + 1));
    }
    return pairs;
  }

  private static int separator(String pair) {
    int equals = pair.indexOf('=');
    int colon = pair.indexOf(':');
    return equals < 0 ? colon : colon < 0 ? equals : Math.min(equals, colon);
  }
}
