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
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        at++;
      }
      int letters = unitEnd(text, at);
      if (digits == at || letters == at) {
        throw new IllegalArgumentException("not a valid duration string: " + quote(text));
      }
      int unit = unit(text.substring(at, letters), text);
      if (unit < nextUnit) {
        throw new IllegalArgumentException("not a valid duration string: " + quote(text));
      }
      totalMs = plus(totalMs, text.substring(digits, at), UNIT_MS[unit]);
      at += UNITS[unit].length();
      nextUnit = unit + 1;
    }
    return totalMs;
  }

  private static long plus(long totalMs, String digits, long unitMs) {
    try {
      long sum = Math.addExact(totalMs, Math.multiplyExact(Long.parseLong(digits), unitMs));
      // The reference counts nanoseconds in 64 bits: what does not fit there is out of range here
      // too.
      Math.multiplyExact(sum, 1_000_000L);
      return sum;
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException("duration out of range", e);
    }
  }

  private static int unitEnd(String text, int from) {
    int at = from;
    while (at < text.length() && (text.charAt(at) < '0' || text.charAt(at) > '9')) {
      at++;
    }
    return at;
  }

  private static int unit(String name, String text) {
    for (int u = 0; u < UNITS.length; u++) {
      if (UNITS[u].equals(name)) {
        return u;
      }
    }
    throw new IllegalArgumentException(
        "unknown unit " + quote(name) + " in duration " + quote(text));
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
