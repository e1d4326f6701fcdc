package io.narthex.ui;

import io.narthex.api.json.AstJson;
import io.narthex.api.json.JsonOut;
import io.narthex.promql.ast.Expr;
import io.narthex.promql.ast.Features;
import io.narthex.promql.parse.PromqlParser;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The HTTP API with canned answers: what comes back depends on words in the expression.
final class StubApi {

  /// Expressions of the queries that came in, the oldest first.
  final List<String> queries = new CopyOnWriteArrayList<>();

  /// Whether the server has started.
  volatile boolean ready = true;

  /// What the server works on.
  volatile JsonArray running = new JsonArray();

  void register(Router router, String prefix) {
    String api = prefix + "/api/v1/";
    router
        .route(prefix + "/-/ready")
        .handler(context -> context.response().setStatusCode(ready ? 200 : 503).end());
    router
        .route(api + "status/walreplay")
        .handler(
            context -> ok(context, new JsonObject().put("min", 0).put("max", 8).put("current", 2)));
    router.route(api + "*").handler(BodyHandler.create(false));
    router.route(api + "query").handler(this::query);
    router.route(api + "query_range").handler(this::queryRange);
    router.route(api + "format_query").handler(context -> ok(context, "sum by (job) (\n  up\n)"));
    router.route(api + "label/__name__/values").handler(context -> ok(context, metricNames()));
    router.route(api + "labels").handler(context -> ok(context, JsonArray.of("instance", "job")));
    router.route(api + "series").handler(context -> ok(context, StubSeries.ofRequests()));
    router.get(api + "status/queries").handler(context -> ok(context, running));
    router.delete(api + "status/queries/:id").handler(this::cancel);
    router.route(api + "parse_query").handler(StubApi::parseQuery);
    router.route(api + "query_exemplars").handler(this::queryExemplars);
    router.route(api + "metadata").handler(context -> ok(context, metadata()));
    router.route(api + "status/flags").handler(context -> ok(context, new JsonObject()));
  }

  private static JsonArray metricNames() {
    return JsonArray.of(
        "go_goroutines",
        "http_requests_total",
        "http_request_duration_seconds_bucket",
        "node_cpu_seconds_total",
        "node_memory_MemAvailable_bytes",
        "process_resident_memory_bytes",
        "up");
  }

  private static JsonObject metadata() {
    return new JsonObject()
        .put("http_requests_total", described("counter", "Requests answered so far."))
        .put("up", described("gauge", "1 if the last scrape succeeded, 0 if not."))
        .put(
            "node_memory_MemAvailable_bytes",
            described("gauge", "Memory information field MemAvailable_bytes."));
  }

  private static JsonArray described(String type, String help) {
    return JsonArray.of(new JsonObject().put("type", type).put("help", help).put("unit", ""));
  }

  /// The server's own parser and writer: what the explain tab builds on.
  private static void parseQuery(RoutingContext context) {
    Expr tree = PromqlParser.parse(parameter(context, "query"), Features.ALL);
    byte[] json = JsonOut.bytes(out -> AstJson.writeWithPositions(tree, out));
    ok(context, new JsonObject(new String(json, StandardCharsets.UTF_8)));
  }

  private void cancel(RoutingContext context) {
    int id = Integer.parseInt(context.pathParam("id"));
    running = new JsonArray(running.stream().filter(q -> id != id((JsonObject) q)).toList());
    ok(context, new JsonObject().put("id", id));
  }

  private static int id(JsonObject query) {
    return query.getInteger("id");
  }

  private void queryExemplars(RoutingContext context) {
    queries.add("exemplars of " + parameter(context, "query"));
    double end = Double.parseDouble(parameter(context, "end"));
    ok(context, StubSeries.exemplars(end));
  }

  private void query(RoutingContext context) {
    String expression = parameter(context, "query");
    queries.add(expression);
    double time = Double.parseDouble(parameter(context, "time"));
    if (expression.equals("endless")) {
      return;
    }
    if (expression.contains("scalar")) {
      ok(context, result("scalar", JsonArray.of(time, "42")));
    } else if (expression.contains("native")) {
      ok(context, result("vector", JsonArray.of(nativeHistogram(time))));
    } else if (expression.contains("[") && !expression.contains("warn")) {
      JsonArray values = JsonArray.of(JsonArray.of(time - 15, "1"), JsonArray.of(time, "0"));
      ok(context, result("matrix", JsonArray.of(series("node-0", "up").put("values", values))));
    } else if (!failed(context, expression)) {
      vector(context, expression, time);
    }
  }

  private void vector(RoutingContext context, String expression, double time) {
    JsonArray found = new JsonArray();
    for (String instance : List.of("node-0:9100", "node-1:9100", StubModel.HOSTILE)) {
      found.add(series(instance, "up").put("value", JsonArray.of(time, "1")));
    }
    JsonObject data = result("vector", found);
    if ("true".equals(parameter(context, "analyze"))) {
      data.put("analysis", StubSeries.analysis(expression));
    }
    JsonObject answer = success(data);
    if (expression.contains("warn")) {
      answer.put("warnings", JsonArray.of("PromQL warning: a bucket has no le label (2:8)"));
      answer.put("infos", JsonArray.of("PromQL info: metric might not be a counter (1:6)"));
    }
    context.json(answer);
  }

  private void queryRange(RoutingContext context) {
    String expression = parameter(context, "query");
    queries.add(expression);
    if (failed(context, expression)) {
      return;
    }
    double start = Double.parseDouble(parameter(context, "start"));
    double end = Double.parseDouble(parameter(context, "end"));
    double step = Double.parseDouble(parameter(context, "step"));
    JsonArray found = new JsonArray();
    if (expression.contains("native")) {
      ok(context, result("matrix", JsonArray.of(StubSeries.histograms(start, end, step))));
      return;
    }
    if (expression.contains("_bucket")) {
      ok(context, result("matrix", StubSeries.buckets(start, end, step)));
      return;
    }
    int many = expression.contains("crowd") ? 600 : expression.contains("many") ? 24 : 5;
    for (int i = 0; i < many; i++) {
      found.add(
          series("node-" + i + ":9100", name(expression)).put("values", wave(i, start, end, step)));
    }
    ok(context, result("matrix", found));
  }

  private static String name(String expression) {
    return expression.startsWith("process") ? "process_resident_memory_bytes" : "up";
  }

  private static JsonArray wave(int series, double start, double end, double step) {
    JsonArray values = new JsonArray();
    for (double time = start; time <= end; time += step) {
      boolean gap =
          series == 1
              && (time - start) / (end - start) > 0.4
              && (time - start) / (end - start) < 0.55;
      if (!gap) {
        double value = 2.0e8 * (series + 1) + 6.0e7 * Math.sin(time / 700 + series);
        values.add(JsonArray.of(time, Double.toString(value)));
      }
    }
    return values;
  }

  private static boolean failed(RoutingContext context, String expression) {
    if (!expression.contains("boom")) {
      return false;
    }
    JsonObject error =
        new JsonObject()
            .put("status", "error")
            .put("errorType", "bad_data")
            .put("error", "invalid parameter \"query\": 1:5: parse error: <b>unexpected</b> end");
    context.response().setStatusCode(400);
    context.json(error);
    return true;
  }

  static JsonObject series(String instance, String name) {
    JsonObject metric =
        new JsonObject().put("__name__", name).put("instance", instance).put("job", "node");
    return new JsonObject().put("metric", metric);
  }

  private static JsonObject nativeHistogram(double time) {
    JsonArray buckets =
        JsonArray.of(JsonArray.of(0, "0.5", "1", "8"), JsonArray.of(0, "1", "2", "4"));
    JsonObject histogram =
        new JsonObject().put("count", "12").put("sum", "13.7").put("buckets", buckets);
    return series("node-0", "latency").put("histogram", JsonArray.of(time, histogram));
  }

  private static JsonObject result(String type, JsonArray result) {
    return new JsonObject().put("resultType", type).put("result", result);
  }

  private static JsonObject success(Object data) {
    return new JsonObject().put("status", "success").put("data", data);
  }

  private static void ok(RoutingContext context, Object data) {
    context.json(success(data));
  }

  private static String parameter(RoutingContext context, String name) {
    String inBody = context.request().getFormAttribute(name);
    return inBody != null ? inBody : context.request().getParam(name);
  }
}
