package io.narthex.judge;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// Parts of answers compared as people would: numbers are the same if they are as good as equal.
final class Numbers {

  private static final double RELATIVE = 1e-9;

  /// Sums of numbers that cancel each other out leave nothing but rounding.
  private static final double ABSOLUTE = 1e-12;

  private Numbers() {}

  static boolean same(@Nullable Object a, @Nullable Object b) {
    return switch (a) {
      case null -> b == null;
      case JsonArray x -> b instanceof JsonArray y && same(x, y);
      case JsonObject x -> b instanceof JsonObject y && same(x, y);
      case String x -> b instanceof String y && (x.equals(y) || close(x, y));
      default -> b != null && a.toString().equals(b.toString());
    };
  }

  private static boolean same(JsonArray a, JsonArray b) {
    boolean same = a.size() == b.size();
    for (int i = 0; same && i < a.size(); i++) {
      same = same(a.getValue(i), b.getValue(i));
    }
    return same;
  }

  private static boolean same(JsonObject a, JsonObject b) {
    return a.fieldNames().equals(b.fieldNames())
        && a.fieldNames().stream().allMatch(name -> same(a.getValue(name), b.getValue(name)));
  }

  private static boolean close(String a, String b) {
    double x = number(a);
    double y = number(b);
    return Math.abs(x - y) <= Math.max(ABSOLUTE, RELATIVE * Math.max(Math.abs(x), Math.abs(y)));
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
