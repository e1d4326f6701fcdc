package io.narthex.api;

import io.narthex.api.json.JsonOut;
import io.narthex.api.json.ValueJson;
import io.narthex.model.labels.Matcher;
import io.narthex.model.sample.Exemplar;
import io.narthex.promql.ast.Expr;
import io.narthex.promql.ast.Features;
import io.narthex.promql.parse.ParseException;
import io.narthex.promql.parse.PromqlParser;
import io.narthex.storage.ExemplarQueryable;
import io.narthex.storage.ExemplarQueryable.SeriesExemplars;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;

/// `/api/v1/query_exemplars`: exemplars of all series that a query selects. Source: features 6.17.
final class ExemplarRoutes {

  private final ExemplarQueryable storage;
  private final Features features;

  ExemplarRoutes(ExemplarQueryable storage, Features features) {
    this.storage = storage;
    this.features = features;
  }

  Answer query(ApiParams params, RoutingContext context) {
    long startMs = params.timeMs("start", ApiParams.MIN_TIME_MS);
    long endMs = params.timeMs("end", ApiParams.MAX_TIME_MS);
    if (endMs < startMs) {
      throw ApiException.badData("end timestamp must not be before start timestamp");
    }
    List<List<Matcher>> selectors = new ArrayList<>();
    collect(parse(params), selectors);
    if (selectors.isEmpty()) {
      return Answer.NOTHING;
    }
    List<SeriesExemplars> found = storage.exemplars(startMs, endMs, selectors);
    return Answer.of(out -> {
      out.beginArray();
      found.forEach(series -> write(series, out));
      out.endArray();
    });
  }

  private Expr parse(ApiParams params) {
    try {
      return PromqlParser.parse(params.get("query"), features);
    } catch (ParseException e) {
      throw ApiException.badData(String.valueOf(e.getMessage()));
    }
  }

  /// Adds the matchers of every selector in `expr`.
  private static void collect(Expr expr, List<List<Matcher>> selectors) {
    switch (expr) {
      case Expr.VectorSelector s -> selectors.add(s.matchers());
      case Expr.MatrixSelector m -> selectors.add(m.selector().matchers());
      case Expr.Subquery s -> collect(s.inner(), selectors);
      case Expr.Paren p -> collect(p.inner(), selectors);
      case Expr.Unary u -> collect(u.operand(), selectors);
      case Expr.Call c -> c.args().forEach(a -> collect(a, selectors));
      case Expr.Aggregate a -> {
        collect(a.inner(), selectors);
        Expr parameter = a.param();
        if (parameter != null) {
          collect(parameter, selectors);
        }
      }
      case Expr.Binary b -> {
        collect(b.left(), selectors);
        collect(b.right(), selectors);
      }
      case Expr.NumberLiteral _ -> {}
      case Expr.StringLiteral _ -> {}
    }
  }

  private static void write(SeriesExemplars series, JsonOut out) {
    out.beginObject().key("seriesLabels");
    ValueJson.labels(series.series(), out);
    out.key("exemplars").beginArray();
    for (Exemplar exemplar : series.exemplars()) {
      out.beginObject().key("labels");
      ValueJson.labels(exemplar.labels(), out);
      out.key("value").quotedNumber(exemplar.value());
      out.key("timestamp").timestamp(exemplar.tMs());
      out.endObject();
    }
    out.endArray().endObject();
  }
}
