package io.narthex.config;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes YAML in the manner of Prometheus' writer (yaml.v2): two spaces a level, lists flush with
/// their key, texts quoted only where they would be read as something else.
public final class YamlWriter {

  private final StringBuilder out = new StringBuilder();

  private YamlWriter() {}

  /// A list that is written in one line: `[a, b]`.
  record Flow(List<String> items) {}

  /// `tree` as text: maps with text keys, lists, texts, booleans, numbers and null.
  public static String write(Map<String, ? extends @Nullable Object> tree) {
    if (tree.isEmpty()) {
      return "{}\n";
    }
    YamlWriter writer = new YamlWriter();
    writer.map(tree, 0, false);
    return writer.out.toString();
  }

  private void map(Map<?, ? extends @Nullable Object> map, int depth, boolean firstInLine) {
    boolean inLine = firstInLine;
    for (Map.Entry<?, ? extends @Nullable Object> entry : map.entrySet()) {
      if (!inLine) {
        indent(depth);
      }
      inLine = false;
      out.append(scalar(String.valueOf(entry.getKey()), depth)).append(':');
      value(entry.getValue(), depth, depth + 1);
    }
  }

  private void value(@Nullable Object value, int listDepth, int mapDepth) {
    switch (value) {
      case Map<?, ?> map when !map.isEmpty() -> {
        out.append('\n');
        map(map, mapDepth, false);
      }
      case List<?> list when !list.isEmpty() -> {
        out.append('\n');
        list(list, listDepth);
      }
      case null, default -> out.append(' ').append(leaf(value, mapDepth)).append('\n');
    }
  }

  private void list(List<?> list, int depth) {
    for (Object item : list) {
      indent(depth);
      out.append('-');
      if (item instanceof Map<?, ?> map && !map.isEmpty()) {
        out.append(' ');
        map(map, depth + 1, true);
      } else if (item instanceof List<?> inner && !inner.isEmpty()) {
        out.append('\n');
        list(inner, depth + 1);
      } else {
        out.append(' ').append(leaf(item, depth + 1)).append('\n');
      }
    }
  }

  private static String leaf(@Nullable Object value, int depth) {
    return switch (value) {
      case null -> "null";
      case Map<?, ?> empty -> "{}";
      case List<?> empty -> "[]";
      case Flow flow ->
          flow.items().stream()
              .map(item -> scalar(item, depth))
              .collect(Collectors.joining(", ", "[", "]"));
      case Double number -> number(number);
      case Boolean truth -> truth.toString();
      case Number number -> number.toString();
      default -> scalar(value.toString(), depth);
    };
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String scalar(String text, int depth) {
    if (ScalarType.ofPlain(text) != ScalarType.STRING) {
      return doubleQuoted(text);
    }
    if (text.indexOf('\n') >= 0 && isPrintable(text)) {
      return literal(text, depth);
    }
    if (!isPrintable(text)) {
      return doubleQuoted(text);
    }
    return isPlain(text) ? text : '\'' + text.replace("'", "''") + '\'';
  }

  /// A text of several lines, as a literal block.
  private static String literal(String text, int depth) {
    String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    String spaces = "  ".repeat(Math.max(depth, 1));
    StringBuilder block = new StringBuilder(text.startsWith(" ") ? "|2" : "|");
    block.append(text.endsWith("\n\n") ? "+" : text.endsWith("\n") ? "" : "-");
    for (String line : body.split("\n", -1)) {
      block.append('\n').append(line.isEmpty() ? "" : spaces).append(line);
    }
    return block.toString();
  }

  private static boolean isPlain(String text) {
    char first = text.charAt(0);
    if ("-?:".indexOf(first) >= 0 && (text.length() == 1 || text.charAt(1) == ' ')) {
      return false;
    }
    if (",[]{}#&*!|>'\"%@`=".indexOf(first) >= 0 || first == ' ' || text.endsWith(" ")) {
      return false;
    }
    return !text.contains(": ")
        && !text.contains(" #")
        && !text.endsWith(":")
        && !text.startsWith("---")
        && !text.startsWith("...");
  }

  private static boolean isPrintable(String text) {
    return text.codePoints()
        .allMatch(c ->
            c == '\n'
                || c >= ' ' && c < 0x7f
                || c >= 0xa0 && c < 0xd800
                || c > 0xdfff && c != 0xfeff);
  }

  private static String doubleQuoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\t' -> quoted.append("\\t");
        case '\r' -> quoted.append("\\r");
        default -> quoted.append(c < ' ' ? String.format("\\x%02X", (int) c) : String.valueOf(c));
      }
    }
    return quoted.append('"').toString();
  }

  private void indent(int depth) {
    out.append("  ".repeat(depth));
  }
}
