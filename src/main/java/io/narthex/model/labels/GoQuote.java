package io.narthex.model.labels;

/// Text in double quotes as Go's `strconv.Quote` writes it: what every message and label text of
/// the field uses.
public final class GoQuote {

  private GoQuote() {}

  /// `text` in quotes.
  public static String quote(String text) {
    return quote(text, new StringBuilder(text.length() + 2)).toString();
  }

  /// Appends `text` in quotes to `out` and returns `out`.
  public static StringBuilder quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      escaped(c, out);
    }
    return out.append('"');
  }

  private static void escaped(int c, StringBuilder out) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case 0x07 -> out.append("\\a");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case 0x0b -> out.append("\\v");
      default -> {
        if (printable(c)) {
          out.appendCodePoint(c);
        } else if (c < ' ' || c == 0x7f) {
          out.append(String.format("\\x%02x", c));
        } else if (c >= 0xdc80 && c <= 0xdcff) {
          // A byte that is no UTF-8, as the YAML reader keeps it.
          out.append(String.format("\\x%02x", c - 0xdc00));
        } else if (c < 0x10000) {
          out.append(String.format("\\u%04x", c));
        } else {
          out.append(String.format("\\U%08x", c));
        }
      }
    }
  }

  /// Go's `unicode.IsPrint`: letters, marks, numbers, punctuation, symbols and the ASCII space.
  private static boolean printable(int c) {
    if (c < 0x7f) {
      return c >= ' ';
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /// Appends a label name: bare if it is a legacy name, in quotes otherwise.
  public static void labelName(String name, StringBuilder out) {
    if (LabelNames.isLegacyLabel(name)) {
      out.append(name);
    } else {
      quote(name, out);
    }
  }
}
