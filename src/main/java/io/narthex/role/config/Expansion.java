package io.narthex.role.config;

import java.util.Map;

/// Environment variables in texts, as Go's `os.Expand` finds them: `$NAME`, `${NAME}`; `$$` is a
/// dollar; an unset variable is nothing.
final class Expansion {

  private Expansion() {}

  static String expand(String text, Map<String, String> environment) {
    int dollar = text.indexOf('$');
    if (dollar < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (; dollar >= 0; dollar = text.indexOf('$', at)) {
      out.append(text, at, dollar);
      if (dollar + 1 == text.length()) {
        return out.append('$').toString();
      }
      at = nameEnd(text, dollar + 1);
      out.append(value(text.substring(dollar + 1, at), environment));
      if (at == dollar + 1) {
        // No name: Go keeps the dollar and goes on behind it.
        out.append('$');
      }
    }
    return out.append(text, at, text.length()).toString();
  }

  private static String value(String name, Map<String, String> environment) {
    // A brace that nobody closes is swallowed, as in Go.
    String bare = name.startsWith("{") ? name.substring(1, Math.max(1, name.length() - 1)) : name;
    return bare.equals("$") ? "$" : environment.getOrDefault(bare, "");
  }

  /// Behind the name that begins at `from`, braces included.
  private static int nameEnd(String text, int from) {
    char first = text.charAt(from);
    if (first == '{') {
      int close = text.indexOf('}', from);
      return close < 0 ? from + 1 : close + 1;
    }
    if ("*#$@!?-0123456789".indexOf(first) >= 0) {
      return from + 1;
    }
    int at = from;
    while (at < text.length() && isNameLetter(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isNameLetter(char c) {
    return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }
}
