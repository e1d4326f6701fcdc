package io.narthex.ui;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/// Canned series of the stub API: histograms, buckets and exemplars.
final class StubSeries {

  private static final List<String> BOUNDS = List.of("0.1", "0.5", "1", "+Inf");

  private StubSeries() {}

  /// Label sets of `http_requests_total`.
  static JsonArray ofRequests() {
    JsonArray found = new JsonArray();
    for (String code : List.of("200", "404", "500")) {
      for (String handler : List.of("/a.b", StubModel.HOSTILE)) {
        found.add(
            new JsonObject()
                .put("__name__", "http_requests_total")
                .put("code", code)
                .put("handler", handler));
      }
    }
    return found;
  }

  /// A native histogram whose mass wanders, with a gap at the end.
  static JsonObject histograms(double start, double end, double step) {
    JsonArray samples = new JsonArray();
    for (double time = start; time <= end - (end - start) / 10; time += step) {
      double share = 0.5 + 0.5 * Math.sin(time / 600);
      JsonArray buckets =
          JsonArray.of(
              JsonArray.of(3, "-0.001", "0.001", "1"),
              JsonArray.of(0, "0.25", "0.5", Double.toString(20 * share)),
              JsonArray.of(0, "0.5", "1", "12"),
              JsonArray.of(0, "1", "2", Double.toString(20 * (1 - share))));
      samples.add(
          JsonArray.of(
              time,
              new JsonObject().put("count", "33").put("sum", "26.4").put("buckets", buckets)));
    }
    return StubApi.series("node-0", "latency_seconds").put("histograms", samples);
  }

  /// Classic buckets of one histogram.
  static JsonArray buckets(double start, double end, double step) {
    JsonArray found = new JsonArray();
    for (int i = 0; i < BOUNDS.size(); i++) {
      JsonArray values = new JsonArray();
      for (double time = start; time <= end; time += step) {
        values.add(JsonArray.of(time, Integer.toString(10 * (i + 1))));
      }
      JsonObject series = StubApi.series("node-0", "latency_seconds_bucket");
      series.getJsonObject("metric").put("le", BOUNDS.get(i));
      found.add(series.put("values", values));
    }
    return found;
  }

  /// Two exemplars, ten and five minutes before `end`.
  static JsonArray exemplars(double end) {
    JsonArray list =
        JsonArray.of(exemplar("4bf92f35", "2.2e8", end - 600), exemplar("<b>", "6e8", end - 300));
    JsonObject metric = StubApi.series("node-0:9100", "up").getJsonObject("metric");
    return JsonArray.of(new JsonObject().put("seriesLabels", metric).put("exemplars", list));
  }

  private static JsonObject exemplar(String trace, String value, double time) {
    return new JsonObject()
        .put("labels", new JsonObject().put("trace_id", trace))
        .put("value", value)
        .put("timestamp", time);
  }

  /// A plan of two nodes for `expression`, the inner one its first two characters.
  static JsonObject analysis(String expression) {
    JsonObject inner = node("select", expression.substring(0, 2), 2, 3, 360, 0.002, 0.002);
    return node("whole", expression, expression.length(), 1, 3, 0.005, 0.003)
        .put("arguments", JsonArray.of(inner.put("arguments", new JsonArray())));
  }

  private static JsonObject node(
      String name, String text, int end, int series, int samples, double seconds, double own) {
    return new JsonObject()
        .put("node", name)
        .put("detail", "")
        .put("text", text)
        .put("start", 0)
        .put("end", end)
        .put("series", series)
        .put("samples", samples)
        .put("seconds", seconds)
        .put("ownSeconds", own);
  }

  /// A query that the server works on.
  static JsonObject running(int id, String query, boolean waiting) {
    return new JsonObject()
        .put("id", id)
        .put("query", query)
        .put("start", 1.77e9)
        .put("end", 1.77e9 + 3600)
        .put("step", 15)
        .put("began", 1.77e9)
        .put("ageSeconds", 12.5)
        .put("waiting", waiting)
        .put("samples", 1_250_000)
        .put("origin", "127.0.0.1 POST /api/v1/query_range");
  }
}
