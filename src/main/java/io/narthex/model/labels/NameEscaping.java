package io.narthex.model.labels;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How names that are not legacy names are written where only legacy names are understood. Source:
/// prometheus/common `model.EscapeName`.
public enum NameEscaping {

  /// Names stay as they are and are written in quotes.
  ALLOW_UTF8,
  /// Every character that a legacy name cannot have becomes `_`. Cannot be undone.
  UNDERSCORES,
  /// Dots become `_dot_`, underscores double, everything else `__`.
  DOTS,
  /// `U__`, and every foreign character as its hexadecimal code point between underscores.
  VALUES;

  private static final String VALUES_PREFIX = "U__";

  /// Hexadecimal digits of the largest code point.
  private static final int MAX_DIGITS = 6;

  private final String text =
      name().toLowerCase(Locale.ROOT).replace("utf8", "utf-8").replace('_', '-');

  /// The word in `Accept` and `Content-Type`: `allow-utf-8`, `underscores`, `dots`, `values`.
  public String text() {
    return text;
  }

  /// The scheme with this word, or null.
  public static @Nullable NameEscaping find(String text) {
    for (NameEscaping scheme : values()) {
      if (scheme.text.equals(text)) {
        return scheme;
      }
    }
    return null;
  }

  /// The name as this scheme writes it.
  public String escape(String name) {
    boolean asItIs = this != DOTS && LabelNames.isLegacyMetric(name);
    if (this == ALLOW_UTF8 || name.isEmpty() || asItIs) {
      return name;
    }
    StringBuilder out = new StringBuilder(this == VALUES ? VALUES_PREFIX : "");
    for (int i = 0; i < name.length(); ) {
      int c = name.codePointAt(i);
      if (c == '_' && this != UNDERSCORES) {
        out.append("__");
      } else if (isLegacy(c, i)) {
        out.append((char) c);
      } else {
        foreign(c, out);
      }
      i += Character.charCount(c);
    }
    return out.toString();
  }

  private static boolean isLegacy(int c, int at) {
    boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == ':';
    return letter || c >= '0' && c <= '9' && at > 0;
  }

  private void foreign(int c, StringBuilder out) {
    switch (this) {
      case ALLOW_UTF8 -> out.appendCodePoint(c);
      case UNDERSCORES -> out.append('_');
      case DOTS -> out.append(c == '.' ? "_dot_" : "__");
      case VALUES -> {
        boolean bad = Character.getType(c) == Character.SURROGATE;
        out.append('_').append(bad ? "FFFD" : Integer.toHexString(c)).append('_');
      }
    }
  }

  /// The name that `escape` made `escaped` of, as far as that can be told. What this scheme cannot
  /// have written stays as it is.
  public String unescape(String escaped) {
    return switch (this) {
      case ALLOW_UTF8, UNDERSCORES -> escaped;
      case DOTS -> escaped.replace("_dot_", ".").replace("__", "_");
      case VALUES -> {
        String name = escaped.startsWith(VALUES_PREFIX) ? fromValues(escaped) : null;
        yield name == null ? escaped : name;
      }
    };
  }

  private static @Nullable String fromValues(String escaped) {
    StringBuilder out = new StringBuilder();
    for (int i = VALUES_PREFIX.length(); i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c != '_') {
        out.append(c);
        continue;
      }
      int close = escaped.indexOf('_', i + 1);
      if (close < 0 || close - i - 1 > MAX_DIGITS) {
        return null;
      }
      int code = close == i + 1 ? '_' : codePoint(escaped.substring(i + 1, close));
      if (code < 0) {
        return null;
      }
      out.appendCodePoint(code);
      i = close;
    }
    return out.toString();
  }

  /// The code point of hexadecimal digits, or -1.
  private static int codePoint(String digits) {
    int code = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) < 0x80 ? Character.digit(digits.charAt(i), 16) : -1;
      if (digit < 0) {
        return -1;
      }
      code = code * 16 + digit;
    }
    boolean surrogate = code >= 0xd800 && code < 0xe000;
    return surrogate || code > Character.MAX_CODE_POINT ? -1 : code;
  }
}
