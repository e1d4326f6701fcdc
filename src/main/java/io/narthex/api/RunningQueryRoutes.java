package io.narthex.api;

import io.narthex.api.json.JsonOut;
import io.narthex.promql.PromqlEngine;
import io.narthex.promql.QueryOrigin;
import io.narthex.promql.RunningQuery;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/// `/api/v1/status/queries`: the queries that run or wait, and an end to one of them. Source:
/// features 16.05; Prometheus has nothing like it.
final class RunningQueryRoutes {

  private final PromqlEngine engine;

  RunningQueryRoutes(PromqlEngine engine) {
    this.engine = engine;
  }

  /// `[{"id", "query", "start", "end", "step", "began", "ageSeconds", "waiting", "samples",
  /// "bytes", "origin"}]`, oldest first.
  Answer list(ApiParams params, RoutingContext context) {
    List<RunningQuery> running = engine.running();
    return Answer.of(out -> {
      out.beginArray();
      running.forEach(query -> write(query, out));
      out.endArray();
    });
  }

  private static void write(RunningQuery query, JsonOut out) {
    out.beginObject();
    out.field("id", query.id());
    out.field("query", query.query());
    out.key("start").seconds(query.startMs());
    out.key("end").seconds(query.endMs());
    out.key("step").value(query.stepMs() / 1e3);
    out.key("began").seconds(query.beganMs());
    out.key("ageSeconds").value(query.ageMs() / 1e3);
    out.field("waiting", query.waiting());
    out.field("samples", query.samples());
    out.field("bytes", query.bytes());
    out.field("origin", origin(query.origin()));
    out.endObject();
  }

  private static String origin(QueryOrigin origin) {
    return switch (origin) {
      case QueryOrigin.Http http -> http.clientIp() + " " + http.method() + " " + http.path();
      case QueryOrigin.Rules rules -> rules.file() + " " + rules.group();
      case QueryOrigin.Unknown _ -> "";
    };
  }

  /// Ends the query `id` soon.
  Answer cancel(ApiParams params, RoutingContext context) {
    String text = String.valueOf(context.pathParam("id"));
    long id;
    try {
      id = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw ApiException.badParameter("id", "not the number of a query: " + text);
    }
    if (!engine.cancel(id)) {
      throw new ApiException(ApiException.Type.NOT_FOUND, "no query " + id + " is running");
    }
    return Answer.of(out -> out.beginObject().field("id", id).endObject());
  }
}
