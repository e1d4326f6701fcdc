package io.narthex.api;

import io.narthex.api.json.AstJson;
import io.narthex.api.json.JsonOut;
import io.narthex.api.json.ValueJson;
import io.narthex.clock.Clock;
import io.narthex.promql.PromqlEngine;
import io.narthex.promql.QueryException;
import io.narthex.promql.QueryParams;
import io.narthex.promql.ast.Expr;
import io.narthex.promql.ast.Features;
import io.narthex.promql.parse.ParseException;
import io.narthex.promql.parse.PrettyPrinter;
import io.narthex.promql.parse.PromqlParser;
import io.narthex.promql.value.QueryResult;
import io.narthex.promql.value.QueryStats;
import io.narthex.promql.value.Value;
import io.narthex.storage.Queryable;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;

/// `/api/v1/query`, `query_range`, `format_query`, `parse_query`. Source: features 6.12-6.16.
final class QueryRoutes {

  private final PromqlEngine engine;
  private final Queryable storage;
  private final Features features;
  private final Clock clock;

  QueryRoutes(PromqlEngine engine, Queryable storage, Features features, Clock clock) {
    this.engine = engine;
    this.storage = storage;
    this.features = features;
    this.clock = clock;
  }

  Answer query(ApiParams params, RoutingContext context) {
    int limit = params.limit();
    long tMs = params.timeMs("time", clock.nowMs());
    QueryParams how = how(params);
    QueryResult result = wrapped(() -> engine.instant(storage, params.get("query"), tMs, how));
    return answer(result, limit, params);
  }

  Answer queryRange(ApiParams params, RoutingContext context) {
    int limit = params.limit();
    RangeParams range = RangeParams.of(params);
    QueryParams how = how(params);
    QueryResult result =
        wrapped(() ->
            engine.range(
                storage, params.get("query"), range.start(), range.end(), range.step(), how));
    return answer(result, limit, params);
  }

  /// A wrong query is a wrong parameter.
  private static QueryResult wrapped(java.util.function.Supplier<QueryResult> query) {
    try {
      return query.get();
    } catch (QueryException e) {
      if (e.kind() == QueryException.Kind.BAD_DATA) {
        throw ApiException.badParameter("query", String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  private static QueryParams how(ApiParams params) {
    long timeoutMs =
        params.has("timeout") && !params.get("timeout").isEmpty()
            ? params.requiredDurationMs("timeout")
            : 0;
    long lookbackMs = 0;
    String lookback = params.get("lookback_delta");
    if (!lookback.isEmpty()) {
      try {
        lookbackMs = ApiParams.parseDurationMs(lookback);
      } catch (IllegalArgumentException e) {
        throw ApiException.badData("error parsing lookback delta duration: " + e.getMessage());
      }
    }
    return new QueryParams(timeoutMs, lookbackMs);
  }

  private static Answer answer(QueryResult result, int limit, ApiParams params) {
    List<String> warnings = new ArrayList<>(result.warnings());
    Value value = limited(result.value(), limit, warnings);
    String stats = params.get("stats");
    return new Answer(
        out -> {
          ValueJson.write(value, out);
          if (!stats.isEmpty()) {
            stats(result.stats(), out);
          }
          out.endObject();
        },
        warnings,
        result.infos());
  }

  private static Value limited(Value value, int limit, List<String> warnings) {
    if (limit == 0) {
      return value;
    }
    return switch (value) {
      case Value.Vector v when v.samples().size() > limit -> {
        warnings.add(Answer.TRUNCATED);
        yield new Value.Vector(v.samples().subList(0, limit));
      }
      case Value.Matrix m when m.series().size() > limit -> {
        warnings.add(Answer.TRUNCATED);
        yield new Value.Matrix(m.series().subList(0, limit));
      }
      case Value.Vector v -> v;
      case Value.Matrix m -> m;
      case Value.Scalar s -> s;
      case Value.Text t -> t;
    };
  }

  private static void stats(QueryStats stats, JsonOut out) {
    out.key("stats").beginObject().key("timings").beginObject();
    seconds(out, "evalTotalTime", stats.evalTotalNanos());
    seconds(out, "resultSortTime", stats.resultSortNanos());
    seconds(out, "queryPreparationTime", stats.queryPreparationNanos());
    seconds(out, "innerEvalTime", stats.innerEvalNanos());
    seconds(out, "execQueueTime", stats.execQueueNanos());
    seconds(out, "execTotalTime", stats.execTotalNanos());
    out.endObject().key("samples").beginObject();
    out.field("totalQueryableSamples", stats.totalQueryableSamples());
    out.field("peakSamples", stats.peakSamples());
    out.endObject().endObject();
  }

  private static void seconds(JsonOut out, String name, long nanos) {
    out.key(name).value(nanos / 1e9);
  }

  Answer formatQuery(ApiParams params, RoutingContext context) {
    String text = PrettyPrinter.print(parse(params), PrettyPrinter.API_LINE_BYTES);
    return Answer.of(out -> out.value(text));
  }

  /// The tree as the reference shows it; `positions=true` adds each node's place in the query.
  Answer parseQuery(ApiParams params, RoutingContext context) {
    Expr expr = parse(params);
    if (params.get("positions").equals("true")) {
      return Answer.of(out -> AstJson.writeWithPositions(expr, out));
    }
    return Answer.of(out -> AstJson.write(expr, out));
  }

  private Expr parse(ApiParams params) {
    try {
      return PromqlParser.parse(params.get("query"), features);
    } catch (ParseException e) {
      throw ApiException.badParameter("query", String.valueOf(e.getMessage()));
    }
  }

  /// Exemplar storage is off, so no selector has any; a wrong query is refused all the same.
  Answer queryExemplars(ApiParams params, RoutingContext context) {
    params.timeMs("start", 0);
    params.timeMs("end", 0);
    try {
      PromqlParser.parse(params.get("query"), features);
    } catch (ParseException e) {
      throw ApiException.badData(String.valueOf(e.getMessage()));
    }
    return Answer.of(out -> out.beginArray().endArray());
  }
}
