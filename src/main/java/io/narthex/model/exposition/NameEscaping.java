package io.narthex.model.exposition;

import io.narthex.model.labels.LabelNames;
import org.jspecify.annotations.Nullable;

/// How an exposition writes names that are not legacy names. Source: prometheus/common
/// `model.EscapeName`.
public enum NameEscaping {

  /// Names stay as they are and are written in quotes.
  ALLOW_UTF8("allow-utf-8"),
  /// Every character that a legacy name cannot have becomes `_`.
  UNDERSCORES("underscores"),
  /// Dots become `_dot_`, underscores double, everything else `__`.
  DOTS("dots"),
  /// `U__` and every foreign character as `_hex_`: can be turned back.
  VALUES("values");

  private final String text;

  NameEscaping(String text) {
    this.text = text;
  }

  /// The word in `Accept` and `Content-Type`.
  public String text() {
    return text;
  }

  /// The scheme with this word, or null.
  public static @Nullable NameEscaping of(String text) {
    for (NameEscaping scheme : values()) {
      if (scheme.text.equals(text)) {
        return scheme;
      }
    }
    return null;
  }

  /// The name as this scheme writes it.
  public String escape(String name) {
    if (this == ALLOW_UTF8 || name.isEmpty()) {
      return name;
    }
    if (this != DOTS && LabelNames.isLegacyMetric(name)) {
      return name;
    }
    StringBuilder out = new StringBuilder(name.length() + 16);
    if (this == VALUES) {
      out.append("U__");
    }
    for (int i = 0; i < name.length(); ) {
      int c = name.codePointAt(i);
      append(c, i, out);
      i += Character.charCount(c);
    }
    return out.toString();
  }

  private void append(int c, int at, StringBuilder out) {
    if (c == '_' && this != UNDERSCORES) {
      out.append("__");
    } else if (legacy(c, at)) {
      out.append((char) c);
    } else {
      switch (this) {
        case DOTS -> out.append(c == '.' ? "_dot_" : "__");
        case VALUES ->
            out.append('_')
                .append(Character.getType(c) == Character.SURROGATE ? "FFFD" : hex(c))
                .append('_');
        case UNDERSCORES -> out.append('_');
        case ALLOW_UTF8 -> out.appendCodePoint(c);
      }
    }
  }

  private static String hex(int c) {
    return Integer.toHexString(c);
  }

  private static boolean legacy(int c, int at) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c == '_'
        || c == ':'
        || c >= '0' && c <= '9' && at > 0;
  }

  /// Reads back what {@link #VALUES} has written; a name that does not follow its rules stays as it
  /// is.
  public static String unescapeValues(String name) {
    if (!name.startsWith("U__")) {
      return name;
    }
    StringBuilder out = new StringBuilder();
    int at = 3;
    while (at < name.length()) {
      char c = name.charAt(at);
      if (c != '_') {
        out.append(c);
        at++;
        continue;
      }
      int end = name.indexOf('_', at + 1);
      if (end < 0 || end - at > 7) {
        return name;
      }
      if (end == at + 1) {
        out.append('_');
      } else if (!appendHex(name.substring(at + 1, end), out)) {
        return name;
      }
      at = end + 1;
    }
    return out.toString();
  }

  private static boolean appendHex(String digits, StringBuilder out) {
    if (!digits.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
      return false;
    }
    int code = Integer.parseInt(digits, 16);
    if (!Character.isValidCodePoint(code) || code >= 0xd800 && code <= 0xdfff) {
      return false;
    }
    out.appendCodePoint(code);
    return true;
  }
}
