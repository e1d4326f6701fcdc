package io.narthex.io.json;

import java.util.Map;

/// Writes documents.
final class JsonWriter {

  private static final int NO_INDENT = -1;

  private JsonWriter() {}

  static String indented(Json value) {
    StringBuilder out = new StringBuilder();
    write(value, out, 0);
    return out.toString();
  }

  static String compact(Json value) {
    StringBuilder out = new StringBuilder();
    write(value, out, NO_INDENT);
    return out.toString();
  }

  private static void write(Json value, StringBuilder out, int level) {
    switch (value) {
      case Json.Obj object -> object(object, out, level);
      case Json.Arr array -> array(array, out, level);
      case Json.Str string -> quote(string.value(), out);
      case Json.Num number -> out.append(number.text());
      case Json.Bool bool -> out.append(bool.value());
      case Json.Null _ -> out.append("null");
    }
  }

  private static void object(Json.Obj object, StringBuilder out, int level) {
    out.append('{');
    boolean first = true;
    for (Map.Entry<String, Json> member : object.members().entrySet()) {
      separate(out, first, level);
      first = false;
      quote(member.getKey(), out);
      out.append(level == NO_INDENT ? ":" : ": ");
      write(member.getValue(), out, inner(level));
    }
    close(out, first, level);
    out.append('}');
  }

  private static void array(Json.Arr array, StringBuilder out, int level) {
    out.append('[');
    boolean first = true;
    for (Json item : array.items()) {
      separate(out, first, level);
      first = false;
      write(item, out, inner(level));
    }
    close(out, first, level);
    out.append(']');
  }

  private static int inner(int level) {
    return level == NO_INDENT ? NO_INDENT : level + 1;
  }

  private static void separate(StringBuilder out, boolean first, int level) {
    if (!first) {
      out.append(',');
    }
    if (level != NO_INDENT) {
      out.append('\n').append("\t".repeat(level + 1));
    }
  }

  private static void close(StringBuilder out, boolean empty, int level) {
    if (!empty && level != NO_INDENT) {
      out.append('\n').append("\t".repeat(level));
    }
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ') {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
