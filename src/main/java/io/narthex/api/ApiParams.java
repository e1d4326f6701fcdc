package io.narthex.api;

import io.narthex.clock.Durations;
import io.narthex.model.labels.GoQuote;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The parameters of a request, those of the URL and of an urlencoded body together, in Go's and
/// Prometheus' syntax.
final class ApiParams {

  /// The reference's sentinels for "as early as can be" and "as late as can be"; clients send them
  /// back.
  static final long MIN_TIME_MS = Long.MIN_VALUE / 1000 + 62_135_596_801_000L;

  static final long MAX_TIME_MS = Long.MAX_VALUE / 1000 - 62_135_596_801_000L;
  private static final String MIN_TIME_TEXT = "-292273086-05-16T16:47:06Z";
  private static final String MAX_TIME_TEXT = "292277025-08-18T07:12:54.999999999Z";

  /// Numbers that are no time; what Go makes of them on the usual machines ends at the epoch.
  private static final Pattern NO_TIME = Pattern.compile("(?i)[-+]?inf(inity)?|nan");

  private final Map<String, List<String>> values;

  ApiParams(Map<String, List<String>> values) {
    this.values = values;
  }

  /// The first value, or the empty string.
  String get(String name) {
    return values.containsKey(name) ? values.get(name).getFirst() : "";
  }

  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /// A time in milliseconds, or `absentMs` if the parameter is missing or empty.
  long timeMs(String name, long absentMs) {
    String text = get(name);
    if (text.isEmpty()) {
      return absentMs;
    }
    try {
      return parseTimeMs(text);
    } catch (IllegalArgumentException e) {
      throw ApiException.badParameter(
          name, "invalid time value for '" + name + "': " + String.valueOf(e.getMessage()));
    }
  }

  /// A time that must be there.
  long requiredTimeMs(String name) {
    try {
      return parseTimeMs(get(name));
    } catch (IllegalArgumentException e) {
      throw ApiException.badParameter(name, String.valueOf(e.getMessage()));
    }
  }

  /// A duration that must be there.
  long requiredDurationMs(String name) {
    try {
      return parseDurationMs(get(name));
    } catch (IllegalArgumentException e) {
      throw ApiException.badParameter(name, String.valueOf(e.getMessage()));
    }
  }

  /// A number of results, 0 for all.
  int limit() {
    String text = get("limit");
    if (text.isEmpty()) {
      return 0;
    }
    return Checked.of(new LimitParams(parseInt("limit", text))).limit();
  }

  private static int parseInt(String name, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw ApiException.badParameter(
          name, "strconv.Atoi: parsing " + GoQuote.quote(text) + ": invalid syntax");
    }
  }

  /// Unix seconds with decimals, or RFC 3339. Source: prometheus `web/api/v1.parseTime`.
  static long parseTimeMs(String text) {
    if (NO_TIME.matcher(text).matches()) {
      return 0;
    }
    double seconds = number(text);
    if (!Double.isNaN(seconds)) {
      double whole = seconds < 0 ? Math.ceil(seconds) : Math.floor(seconds);
      double fraction = Math.round((seconds - whole) * 1000) / 1000.0;
      return (long) whole * 1000 + Math.round(fraction * 1000);
    }
    if (text.equals(MIN_TIME_TEXT)) {
      return MIN_TIME_MS;
    }
    if (text.equals(MAX_TIME_TEXT)) {
      return MAX_TIME_MS;
    }
    try {
      Instant instant = OffsetDateTime.parse(text).toInstant();
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), 1000L), instant.getNano() / 1_000_000);
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "cannot parse " + GoQuote.quote(text) + " to a valid timestamp", e);
    }
  }

  /// Seconds with decimals, or Prometheus' duration notation. Source: prometheus
  /// `web/api/v1.parseDuration`.
  static long parseDurationMs(String text) {
    double seconds = number(text);
    if (!Double.isNaN(seconds)) {
      double nanos = seconds * 1e9;
      if (nanos > Long.MAX_VALUE || nanos < Long.MIN_VALUE) {
        throw new IllegalArgumentException(
            "cannot parse " + GoQuote.quote(text) + " to a valid duration. It overflows int64");
      }
      return (long) (nanos / 1e6);
    }
    try {
      return Durations.parseMs(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "cannot parse " + GoQuote.quote(text) + " to a valid duration", e);
    }
  }

  /// The number, or NaN if it is none: Java would also take `1d` and blanks.
  private static double number(String text) {
    if (text.isEmpty()
        || text.chars().anyMatch(c -> c > 'z' || c <= ' ' || "dDfF".indexOf(c) >= 0)) {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
