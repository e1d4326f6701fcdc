package io.narthex.clock;

/// Prometheus' duration notation (`1h30m`, `500ms`): units y w d h m s ms, in that order, each at
/// most once. Source: prometheus/common `model.ParseDuration`, `Duration.String`.
public final class Durations {

  private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};
  private static final long[] UNIT_MS = {
    365L * 24 * 3600 * 1000, 7L * 24 * 3600 * 1000, 24L * 3600 * 1000, 3600_000L, 60_000L, 1000L, 1L
  };

  private Durations() {}

  /// Milliseconds of `text`, which is not negative. `0` needs no unit.
  ///
  /// @throws IllegalArgumentException with Prometheus' wording
  public static long parseMs(String text) {
    if (text.equals("0")) {
      return 0;
    }
    if (text.isEmpty()) {
      throw new IllegalArgumentException("empty duration string");
    }
    long totalMs = 0;
    int nextUnit = 0;
    int at = 0;
    while (at < text.length()) {
      int digits = at;
      at = skip(text, at, true);
      int name = at;
      at = skip(text, at, false);
      if (digits == name || name == at) {
        throw notValid(text);
      }
      int unit = unit(text, name, at);
      if (unit < nextUnit) {
        throw notValid(text);
      }
      totalMs = plus(text, totalMs, text.substring(digits, name), UNIT_MS[unit]);
      nextUnit = unit + 1;
    }
    return totalMs;
  }

  /// Milliseconds of `text`, which may have a minus before it.
  ///
  /// @throws IllegalArgumentException with Prometheus' wording
  public static long parseSignedMs(String text) {
    return text.startsWith("-") ? -parseMs(text.substring(1)) : parseMs(text);
  }

  private static int skip(String text, int from, boolean digits) {
    int at = from;
    while (at < text.length() && (text.charAt(at) >= '0' && text.charAt(at) <= '9') == digits) {
      at++;
    }
    return at;
  }

  private static int unit(String text, int from, int to) {
    String name = text.substring(from, to);
    for (int u = 0; u < UNITS.length; u++) {
      if (UNITS[u].equals(name)) {
        return u;
      }
    }
    throw new IllegalArgumentException(
        "unknown unit " + quote(name) + " in duration " + quote(text));
  }

  private static long plus(String text, long totalMs, String digits, long unitMs) {
    long count;
    try {
      count = Long.parseUnsignedLong(digits);
    } catch (NumberFormatException e) {
      throw notValid(text);
    }
    try {
      if (count < 0) {
        throw new ArithmeticException(digits);
      }
      long sum = Math.addExact(totalMs, Math.multiplyExact(count, unitMs));
      // The reference counts nanoseconds in 64 bits: what does not fit there is out of range here
      // too.
      Math.multiplyExact(sum, 1_000_000L);
      return sum;
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("duration out of range", e);
    }
  }

  private static IllegalArgumentException notValid(String text) {
    return new IllegalArgumentException("not a valid duration string: " + quote(text));
  }

  /// The canonical text of `ms`, as Prometheus prints it: years and weeks only where they divide
  /// evenly.
  public static String format(long ms) {
    if (ms == 0) {
      return "0s";
    }
    StringBuilder out = new StringBuilder();
    long rest = ms;
    if (ms < 0) {
      out.append('-');
      rest = -ms;
    }
    for (int u = 0; u < UNITS.length; u++) {
      boolean mustDivide = u < 2;
      if (rest % UNIT_MS[u] != 0 && mustDivide) {
        continue;
      }
      long count = rest / UNIT_MS[u];
      if (count > 0) {
        out.append(count).append(UNITS[u]);
        rest -= count * UNIT_MS[u];
      }
    }
    return out.toString();
  }

  private static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
