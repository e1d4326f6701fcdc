package io.narthex.cli;

import io.narthex.clock.Durations;
import io.narthex.config.Sizes;
import io.narthex.metrics.MetricText;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/// Kinds of values: what may be written, and how it is shown.
enum FlagKind {
  STRING("", text -> text),
  /// May be given more than once.
  STRINGS("", text -> text),
  BOOL("false", text -> text),
  /// Whole; written in any way that a number can be.
  INT("0", FlagKind::integer),
  INT64("0", FlagKind::integer64),
  FLOAT("0", FlagKind::decimal),
  /// `1h30m`.
  DURATION("0s", text -> Durations.format(Durations.parseMs(text))),
  /// `1.5s`, as Go writes durations.
  GO_DURATION("0s", text -> GoDuration.format(GoDuration.parseMs(text))),
  /// `512MB`.
  SIZE("0B", text -> Sizes.format(Sizes.parseBytes(text))),
  COMPRESSION("", text -> oneOf(text, List.of("snappy", "zstd"))),
  /// May be given more than once.
  PROTOBUF_MESSAGES("", FlagKind::message),
  LOG_LEVEL("", text -> logWord("level", text, List.of("debug", "info", "warn", "error"))),
  LOG_FORMAT("", text -> logWord("format", text, List.of("logfmt", "json")));

  private static final List<String> MESSAGES =
      List.of("prometheus.WriteRequest", "io.prometheus.write.v2.Request");

  private final String zero;
  private final UnaryOperator<String> canonical;

  FlagKind(String zero, UnaryOperator<String> canonical) {
    this.zero = zero;
    this.canonical = canonical;
  }

  /// How a value that nobody gave is shown.
  String zero() {
    return zero;
  }

  /// `text` as it is shown.
  ///
  /// @throws IllegalArgumentException with the reference's wording
  String canonical(String text) {
    return canonical.apply(text);
  }

  boolean isRepeatable() {
    return this == STRINGS || this == PROTOBUF_MESSAGES;
  }

  private static String integer(String text) {
    double value = parsedDecimal(text);
    if (Double.isNaN(value) || Math.abs(value) > Long.MAX_VALUE) {
      throw notNumber("ParseFloat", text, "value out of range");
    }
    return Long.toString((long) value);
  }

  private static String integer64(String text) {
    try {
      return Long.toString(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw notNumber("ParseInt", text, "invalid syntax");
    }
  }

  private static String decimal(String text) {
    return MetricText.number(parsedDecimal(text));
  }

  private static double parsedDecimal(String text) {
    if (!text.matches("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?")) {
      throw notNumber("ParseFloat", text, "invalid syntax");
    }
    return Double.parseDouble(text);
  }

  private static IllegalArgumentException notNumber(String function, String text, String why) {
    return new IllegalArgumentException(
        "strconv." + function + ": parsing \"" + text + "\": " + why);
  }

  private static String oneOf(String text, List<String> words) {
    if (!words.contains(text)) {
      throw new IllegalArgumentException(
          "enum value must be one of " + String.join(",", words) + ", got '" + text + "'");
    }
    return text;
  }

  private static String message(String text) {
    if (!MESSAGES.contains(text)) {
      throw new IllegalArgumentException(
          "unknown remote write protobuf message "
              + text
              + ", supported: "
              + String.join(", ", MESSAGES));
    }
    return text;
  }

  private static String logWord(String what, String text, List<String> words) {
    if (!words.contains(text.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("unrecognized log " + what + " " + text);
    }
    return text.toLowerCase(Locale.ROOT);
  }
}
