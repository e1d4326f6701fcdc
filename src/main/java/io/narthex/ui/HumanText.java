package io.narthex.ui;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// Times and sizes as people read them; the pages' scripts use the same forms.
final class HumanText {

  private HumanText() {}

  /// `2026-01-31T08:15:00Z`; `never` for 0 and for times that no clock shows.
  static String instant(long epochMs) {
    if (epochMs == 0 || epochMs == Long.MAX_VALUE || epochMs == Long.MIN_VALUE) {
      return "never";
    }
    return Instant.ofEpochMilli(epochMs).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /// `3.2s ago`; `never` for 0.
  static String ago(long epochMs, long nowMs) {
    return epochMs == 0 ? "never" : span(Math.max(0, nowMs - epochMs)) + " ago";
  }

  /// The two largest units of a span of time: `4ms`, `3.2s`, `5m 12s`, `2d 3h`.
  static String span(double ms) {
    if (ms < 1000) {
      return oneDecimal(ms, ms < 10) + "ms";
    }
    if (ms < 60_000) {
      return oneDecimal(ms / 1000, true) + "s";
    }
    long seconds = (long) (ms / 1000);
    if (seconds < 3600) {
      return seconds / 60 + "m " + seconds % 60 + "s";
    }
    if (seconds < 86_400) {
      return seconds / 3600 + "h " + seconds % 3600 / 60 + "m";
    }
    return seconds / 86_400 + "d " + seconds % 86_400 / 3600 + "h";
  }

  private static String oneDecimal(double value, boolean decimal) {
    String text = String.format(Locale.ROOT, decimal ? "%.1f" : "%.0f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /// `585,000`.
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /// `512B`, `64MiB`, `1.5GiB`.
  static String bytes(long bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return oneDecimal(value, true) + units[unit];
  }
}
