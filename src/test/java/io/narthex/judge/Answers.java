package io.narthex.judge;

import io.narthex.testing.Program;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// Answers of two servers to one query, compared as people would: the same series with the same
/// points.
final class Answers {

  private static final double RELATIVE = 1e-9;

  private Answers() {}

  static String instant(int port, String query, double atSeconds) {
    return Program.get(base(port) + "query?query=" + encoded(query) + "&time=" + plain(atSeconds));
  }

  static String range(int port, String query, double start, double end, int step) {
    return Program.get(
        base(port)
            + "query_range?query="
            + encoded(query)
            + "&start="
            + plain(start)
            + "&end="
            + plain(end)
            + "&step="
            + step);
  }

  private static String base(int port) {
    return "http://127.0.0.1:" + port + "/api/v1/";
  }

  private static String plain(double seconds) {
    return String.format(java.util.Locale.ROOT, "%.3f", seconds);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// The empty string if both answers say the same, else the first difference.
  static String difference(String expected, String found) {
    JsonObject a = new JsonObject(expected);
    JsonObject b = new JsonObject(found);
    if (!a.getString("status").equals("success") || !b.getString("status").equals("success")) {
      boolean same =
          a.getString("status").equals(b.getString("status"))
              && a.getString("error").equals(b.getString("error"));
      return same ? "" : "expected " + cut(expected) + " found " + cut(found);
    }
    JsonObject x = a.getJsonObject("data");
    JsonObject y = b.getJsonObject("data");
    if (!x.getString("resultType").equals(y.getString("resultType"))) {
      return "type " + x.getString("resultType") + " against " + y.getString("resultType");
    }
    if (x.getString("resultType").equals("scalar") || x.getString("resultType").equals("string")) {
      return point(x.getJsonArray("result"), y.getJsonArray("result"));
    }
    return series(byLabels(x.getJsonArray("result")), byLabels(y.getJsonArray("result")));
  }

  private static Map<String, JsonArray> byLabels(JsonArray result) {
    Map<String, JsonArray> series = new TreeMap<>();
    for (int i = 0; i < result.size(); i++) {
      JsonObject one = result.getJsonObject(i);
      JsonArray points =
          one.containsKey("values")
              ? one.getJsonArray("values")
              : new JsonArray().add(one.getJsonArray("value"));
      series.put(new TreeMap<>(one.getJsonObject("metric").getMap()).toString(), points);
    }
    return series;
  }

  private static String series(Map<String, JsonArray> expected, Map<String, JsonArray> found) {
    if (!expected.keySet().equals(found.keySet())) {
      return "series "
          + cut(expected.keySet().toString())
          + " against "
          + cut(found.keySet().toString());
    }
    for (var entry : expected.entrySet()) {
      JsonArray a = entry.getValue();
      JsonArray b = found.get(entry.getKey());
      if (a.size() != b.size()) {
        return entry.getKey() + ": " + a.size() + " points against " + b.size();
      }
      for (int i = 0; i < a.size(); i++) {
        String difference = point(a.getJsonArray(i), b.getJsonArray(i));
        if (!difference.isEmpty()) {
          return entry.getKey() + ": " + difference;
        }
      }
    }
    return "";
  }

  private static String point(JsonArray a, JsonArray b) {
    double x = number(a.getString(1));
    double y = number(b.getString(1));
    boolean close =
        x == y
            || Double.isNaN(x) && Double.isNaN(y)
            || Math.abs(x - y) <= RELATIVE * Math.max(Math.abs(x), Math.abs(y));
    boolean sameTime = a.getValue(0).toString().equals(b.getValue(0).toString());
    return close && sameTime ? "" : a + " against " + b;
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      case "NaN" -> Double.NaN;
      default -> Double.parseDouble(text);
    };
  }

  private static String cut(String text) {
    return text.length() > 400 ? text.substring(0, 400) + "..." : text;
  }
}
