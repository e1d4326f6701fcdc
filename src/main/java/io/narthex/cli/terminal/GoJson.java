package io.narthex.cli.terminal;

/// JSON texts as Go's `encoding/json` writes them: what HTML cares for is escaped too.
public final class GoJson {

  private static final String HEX = "0123456789abcdef";

  private GoJson() {}

  /// Appends `text` in quotes.
  public static StringBuilder quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < 0x20 || c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029') {
            hex(c, out);
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"');
  }

  private static void hex(char c, StringBuilder out) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(HEX.charAt(c >> shift & 15));
    }
  }
}
