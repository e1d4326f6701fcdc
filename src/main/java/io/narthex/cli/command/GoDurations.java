package io.narthex.cli.command;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as Go's standard library reads and writes them (`1.5s`, `1h30m0s`), in nanoseconds.
public final class GoDurations {

  private static final long SECOND = 1_000_000_000;
  private static final Pattern PART = Pattern.compile("([0-9]*\\.?[0-9]*)([^0-9.]*)");

  private GoDurations() {}

  /// @throws IllegalArgumentException with Go's wording if `text` is no duration
  public static long parseNanos(String text) {
    boolean negative = text.startsWith("-");
    String rest = negative || text.startsWith("+") ? text.substring(1) : text;
    if (rest.equals("0")) {
      return 0;
    }
    BigDecimal nanos = BigDecimal.ZERO;
    Matcher part = PART.matcher(rest);
    int at = 0;
    do {
      if (!part.find(at) || part.start() != at || !part.group(1).matches(".*[0-9].*")) {
        throw wrong("invalid duration", text);
      }
      if (part.group(2).isEmpty()) {
        throw wrong("missing unit in duration", text);
      }
      nanos = nanos.add(new BigDecimal(part.group(1)).multiply(unit(part.group(2), text)));
      at = part.end();
    } while (at < rest.length());
    if (nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw wrong("invalid duration", text);
    }
    return negative ? -nanos.longValue() : nanos.longValue();
  }

  private static BigDecimal unit(String unit, String text) {
    return switch (unit) {
      case "ns" -> BigDecimal.ONE;
      case "us", "µs", "μs" -> BigDecimal.valueOf(1000);
      case "ms" -> BigDecimal.valueOf(1_000_000);
      case "s" -> BigDecimal.valueOf(SECOND);
      case "m" -> BigDecimal.valueOf(60 * SECOND);
      case "h" -> BigDecimal.valueOf(3600 * SECOND);
      default ->
          throw new IllegalArgumentException(
              "time: unknown unit \"" + unit + "\" in duration \"" + text + "\"");
    };
  }

  private static IllegalArgumentException wrong(String what, String text) {
    return new IllegalArgumentException("time: " + what + " \"" + text + "\"");
  }

  /// The text of a duration: `2h0m0s`, `1.001s`, `5.34µs`.
  public static String format(long nanos) {
    if (nanos == 0) {
      return "0s";
    }
    if (nanos < 0) {
      return "-" + format(-nanos);
    }
    if (nanos < SECOND) {
      return nanos < 1000
          ? nanos + "ns"
          : nanos < 1_000_000 ? decimal(nanos, 3) + "µs" : decimal(nanos, 6) + "ms";
    }
    long minutes = nanos / (60 * SECOND);
    String seconds = decimal(nanos % (60 * SECOND), 9) + "s";
    if (minutes == 0) {
      return seconds;
    }
    return (minutes < 60 ? "" : minutes / 60 + "h") + minutes % 60 + "m" + seconds;
  }

  private static String decimal(long value, int digits) {
    BigDecimal exact = BigDecimal.valueOf(value, digits).stripTrailingZeros();
    return exact.toPlainString();
  }
}
