package io.narthex.exporter.node;

import io.narthex.exporter.KernelText;
import io.narthex.metrics.Metrics.Type;
import io.narthex.model.labels.LabelNames;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Reads a file in text format 0.0.4 into whole families; used for one file. Files are written by
/// hand and by scripts, so it is strict and tells the line of an error. Source of the format:
/// prometheus `exposition_formats`.
final class TextfileParser {

  private final Map<String, TextfileFamily> families = new LinkedHashMap<>();
  private int lineNumber;
  private boolean timestamps;

  /// The families of `text`, in the order of the file.
  ///
  /// @throws IOException with line and reason
  Collection<TextfileFamily> parse(String text) throws IOException {
    if (!text.isEmpty() && !text.endsWith("\n")) {
      lineNumber = KernelText.lines(text).size();
      throw error("unexpected end of input stream");
    }
    for (String line : KernelText.lines(text)) {
      lineNumber++;
      String stripped = line.strip();
      if (stripped.startsWith("#")) {
        comment(stripped.substring(1).stripLeading());
      } else if (!stripped.isEmpty()) {
        new SampleLine(stripped).read();
      }
    }
    families.values().removeIf(f -> !f.hasSamples());
    return families.values();
  }

  /// Whether some sample had a timestamp.
  boolean hasTimestamps() {
    return timestamps;
  }

  private void comment(String comment) throws IOException {
    boolean help = comment.startsWith("HELP ") || comment.startsWith("HELP\t");
    boolean type = comment.startsWith("TYPE ") || comment.startsWith("TYPE\t");
    if (!help && !type) {
      return;
    }
    String rest = comment.substring(5).stripLeading();
    int end = 0;
    while (end < rest.length() && rest.charAt(end) > ' ') {
      end++;
    }
    String name = rest.substring(0, end);
    if (!LabelNames.isLegacyMetric(name)) {
      throw error("invalid metric name in comment");
    }
    TextfileFamily family = families.computeIfAbsent(name, TextfileFamily::new);
    String tail = rest.substring(end).stripLeading();
    if (tail.isEmpty()) {
      // Says nothing, and that is not wrong.
      return;
    }
    if (help) {
      if (family.help != null) {
        throw error("second HELP line for metric name \"" + name + '"');
      }
      family.help = unescaped(tail);
    } else {
      if (family.type != null || family.hasSamples()) {
        throw error(
            "second TYPE line for metric name \"" + name + "\", or TYPE reported after samples");
      }
      family.type = type(tail);
    }
  }

  private Type type(String text) throws IOException {
    return switch (text.toUpperCase(Locale.ROOT)) {
      case "COUNTER" -> Type.COUNTER;
      case "GAUGE" -> Type.GAUGE;
      case "HISTOGRAM" -> Type.HISTOGRAM;
      case "SUMMARY" -> Type.SUMMARY;
      case "UNTYPED" -> Type.UNTYPED;
      default -> throw error("unknown metric type \"" + text + '"');
    };
  }

  private IOException error(String reason) {
    return new IOException("text format parsing error in line " + lineNumber + ": " + reason);
  }

  private String unescaped(String text) throws IOException {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      i++;
      switch (i < text.length() ? text.charAt(i) : ' ') {
        case 'n' -> out.append('\n');
        case '"' -> out.append('"');
        case '\\' -> out.append('\\');
        default -> throw error("invalid escape sequence '\\" + text.substring(i) + "'");
      }
    }
    return out.toString();
  }

  /// A line with a sample, and how far it is read.
  private final class SampleLine {
    private final String line;
    private int at;

    SampleLine(String line) {
      this.line = line;
    }

    void read() throws IOException {
      String name = until("{ \t");
      if (!LabelNames.isLegacyMetric(name)) {
        throw error("invalid metric name");
      }
      space();
      TreeMap<String, String> labels = new TreeMap<>();
      if (at < line.length() && line.charAt(at) == '{') {
        at++;
        labels(labels);
        space();
      }
      String number = until(" \t");
      space();
      double value;
      try {
        value = TextfileFamily.parse(number);
        if (at < line.length()) {
          Long.parseLong(line.substring(at));
          timestamps = true;
        }
      } catch (NumberFormatException e) {
        throw error("expected float as value, got \"" + line.substring(at) + number + '"');
      }
      add(name, labels, value);
    }

    private void labels(TreeMap<String, String> labels) throws IOException {
      for (space(); !next('}'); space()) {
        String name = until("= \t").strip();
        space();
        if (!LabelNames.isLegacyLabel(name) || !next('=')) {
          throw error("expected '=' after label name, found \"" + name + '"');
        }
        space();
        if (!next('"')) {
          throw error("expected '\"' at start of label value");
        }
        if (labels.put(name, quoted()) != null) {
          throw error("duplicate label names for metric");
        }
        space();
        if (!next(',') && (at >= line.length() || line.charAt(at) != '}')) {
          throw error("unexpected end of label value");
        }
      }
    }

    private String quoted() throws IOException {
      int from = at;
      while (at < line.length() && line.charAt(at) != '"') {
        at += line.charAt(at) == '\\' ? 2 : 1;
      }
      if (at >= line.length()) {
        throw error("label value without closing quote");
      }
      return unescaped(line.substring(from, at++));
    }

    private boolean next(char c) throws IOException {
      if (at >= line.length()) {
        throw error("unexpected end of line");
      }
      boolean hit = line.charAt(at) == c;
      at += hit ? 1 : 0;
      return hit;
    }

    private void space() {
      while (at < line.length() && line.charAt(at) <= ' ') {
        at++;
      }
    }

    private String until(String ends) {
      int from = at;
      while (at < line.length() && ends.indexOf(line.charAt(at)) < 0) {
        at++;
      }
      return line.substring(from, at);
    }
  }

  /// Finds the family: `_sum` and the like belong to one that was announced under the bare name.
  private void add(String name, TreeMap<String, String> labels, double value) {
    for (String suffix : List.of("_bucket", "_sum", "_count")) {
      if (name.endsWith(suffix)) {
        TextfileFamily family = families.get(name.substring(0, name.length() - suffix.length()));
        if (family != null && owns(family, suffix)) {
          family.add(suffix, labels, value);
          return;
        }
      }
    }
    families.computeIfAbsent(name, TextfileFamily::new).add("", labels, value);
  }

  private static boolean owns(TextfileFamily family, String suffix) {
    return family.type == Type.HISTOGRAM
        || (family.type == Type.SUMMARY && !suffix.equals("_bucket"));
  }
}
