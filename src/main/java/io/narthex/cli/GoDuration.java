package io.narthex.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as Go's standard library writes them (`1.5s`, `1m30s`), to the millisecond.
final class GoDuration {

  private static final Pattern PART =
      Pattern.compile("([0-9]+\\.?[0-9]*|\\.[0-9]+)(ns|us|µs|ms|s|m|h)");

  private GoDuration() {}

  static long parseMs(String text) {
    if (text.equals("0")) {
      return 0;
    }
    Matcher part = PART.matcher(text);
    double ms = 0;
    int at = 0;
    while (part.lookingAt()) {
      ms += Double.parseDouble(part.group(1)) * unitMs(part.group(2));
      at = part.end();
      part.region(at, text.length());
    }
    if (at == 0 || at < text.length()) {
      throw new IllegalArgumentException("time: invalid duration \"" + text + "\"");
    }
    return (long) ms;
  }

  private static double unitMs(String unit) {
    return switch (unit) {
      case "ns" -> 1e-6;
      case "us", "µs" -> 1e-3;
      case "ms" -> 1;
      case "s" -> 1000;
      case "m" -> 60_000;
      default -> 3_600_000;
    };
  }

  static String format(long ms) {
    if (ms == 0) {
      return "0s";
    }
    if (ms < 1000) {
      return ms + "ms";
    }
    long minutes = ms / 60_000;
    String seconds =
        (ms % 1000 == 0 ? Long.toString(ms % 60_000 / 1000) : Double.toString(ms % 60_000 / 1000.0))
            + "s";
    if (minutes == 0) {
      return seconds;
    }
    String hours = minutes < 60 ? "" : minutes / 60 + "h";
    return hours + minutes % 60 + "m" + seconds;
  }
}
