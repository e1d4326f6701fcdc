package io.narthex.cli;

import io.narthex.clock.Durations;
import io.narthex.config.Sizes;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Flags of a command line: given ones and the defaults of the others, all in canonical form.
///
/// @param given names in the order of the command line
record ParsedFlags(Map<String, List<String>> values, List<String> given) {

  private List<String> of(String name) {
    List<String> found = values.get(name);
    if (found == null) {
      throw new IllegalStateException("BUG: there is no flag --" + name);
    }
    return found;
  }

  List<String> strings(String name) {
    return of(name);
  }

  String string(String name) {
    return String.join(",", of(name));
  }

  boolean bool(String name) {
    return string(name).equals("true");
  }

  long number(String name) {
    return Long.parseLong(string(name));
  }

  /// A number that is used as an int; larger ones are cut.
  int count(String name) {
    return Math.clamp(number(name), Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  double decimal(String name) {
    return Double.parseDouble(string(name));
  }

  long durationMs(String name) {
    return Durations.parseMs(string(name));
  }

  long sizeBytes(String name) {
    return Sizes.parseBytes(string(name));
  }

  boolean isGiven(String name) {
    return given.contains(name);
  }

  /// All flags as they are shown, those that can be repeated with commas.
  SortedMap<String, String> shown() {
    SortedMap<String, String> shown = new TreeMap<>();
    values.keySet().forEach(name -> shown.put(name, string(name)));
    return shown;
  }
}
