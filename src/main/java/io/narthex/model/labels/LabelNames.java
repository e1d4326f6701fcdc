package io.narthex.model.labels;

/// Validity of metric and label names under the two validation schemes. Source: prometheus/common
/// `model`.
public final class LabelNames {

  private LabelNames() {}

  /// `[a-zA-Z_][a-zA-Z0-9_]*`.
  public static boolean isLegacyLabel(String name) {
    return legacy(name, false);
  }

  /// `[a-zA-Z_:][a-zA-Z0-9_:]*`.
  public static boolean isLegacyMetric(String name) {
    return legacy(name, true);
  }

  /// Not empty and well-formed Unicode: every name that UTF-8 can carry.
  public static boolean isUtf8(String name) {
    if (name.isEmpty()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < name.length()
          && Character.isLowSurrogate(name.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }

  private static boolean legacy(String name, boolean colon) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter =
          c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || colon && c == ':';
      if (!letter && (i == 0 || c < '0' || c > '9')) {
        return false;
      }
    }
    return !name.isEmpty();
  }
}
