package io.narthex.model.exposition;

/// Backslashes in label values and help texts. What stands behind a backslash without a meaning is
/// kept with it.
final class LabelEscape {

  private LabelEscape() {}

  /// Replaces `\n`, `\\` and `\"`.
  static String undo(String text) {
    return undo(text, true);
  }

  /// Replaces `\n` and `\\`.
  static String undoHelp(String text) {
    return undo(text, false);
  }

  private static String undo(String text, boolean quotes) {
    int slash = text.indexOf('\\');
    if (slash < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int at = 0;
    while (slash >= 0) {
      out.append(text, at, slash);
      char c = slash + 1 < text.length() ? text.charAt(slash + 1) : 0;
      at = slash + 2;
      if (c == 'n') {
        out.append('\n');
      } else if (c == '\\' || c == '"' && quotes) {
        out.append(c);
      } else {
        out.append('\\');
        at = slash + 1;
      }
      slash = text.indexOf('\\', at);
    }
    return out.append(text, at, text.length()).toString();
  }
}
