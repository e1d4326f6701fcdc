package io.narthex.tsdb.index;

import java.util.ArrayList;
import java.util.List;

/// What can be looked up of a regular expression: `a|b|c` is a list of values, `foo.*` begins with
/// `foo`.
///
/// @param alternatives the only values that match, distinct, if there are such; else empty
/// @param prefix what every match begins with, possibly nothing
record RegexShape(List<String> alternatives, String prefix) {

  private static final String META = "\\.+*?()[]{}^$|";

  static RegexShape of(String expression) {
    List<String> values = new ArrayList<>();
    int start = 0;
    for (int at = 0; at <= expression.length(); at++) {
      char c = at == expression.length() ? '|' : expression.charAt(at);
      if (c == '|') {
        String value = expression.substring(start, at);
        if (!values.contains(value)) {
          values.add(value);
        }
        start = at + 1;
      } else if (META.indexOf(c) >= 0) {
        return new RegexShape(
            List.of(), expression.indexOf('|') < 0 ? literalStart(expression) : "");
      }
    }
    return new RegexShape(List.copyOf(values), "");
  }

  /// The characters before the first one that means something; the last of them does not count if a
  /// repetition follows it.
  private static String literalStart(String expression) {
    int end = 0;
    while (end < expression.length() && META.indexOf(expression.charAt(end)) < 0) {
      end++;
    }
    boolean repeated = end < expression.length() && "*?{+".indexOf(expression.charAt(end)) >= 0;
    if (repeated && end > 0) {
      end = expression.offsetByCodePoints(end, -1);
    }
    return expression.substring(0, end);
  }
}
