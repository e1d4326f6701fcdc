package io.narthex.api;

import io.narthex.api.json.ValueJson;
import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.LabelNames;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.model.labels.NameEscaping;
import io.narthex.promql.ast.Features;
import io.narthex.promql.parse.ParseException;
import io.narthex.promql.parse.PromqlParser;
import io.narthex.storage.Querier;
import io.narthex.storage.Queryable;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// `/api/v1/series`, `labels`, `label/<name>/values`. Source: features 6.19-6.21.
final class SeriesRoutes {

  private final Queryable storage;
  private final Features features;

  SeriesRoutes(Queryable storage, Features features) {
    this.storage = storage;
    this.features = features;
  }

  Answer series(ApiParams params, RoutingContext context) {
    if (params.all("match[]").isEmpty()) {
      throw ApiException.badData("no match[] parameter provided");
    }
    int limit = params.limit();
    Span span = span(params);
    List<List<Matcher>> selectors = selectors(params);
    List<Labels> found;
    try (Querier querier = storage.querier(span.minMs, span.maxMs)) {
      SelectHints hints =
          SelectHints.seriesOnly(span.minMs, span.maxMs, limit == 0 ? 0 : limit + 1);
      found = collect(querier, hints, selectors, limit);
    }
    boolean cut = limit > 0 && found.size() > limit;
    List<Labels> answer = cut ? found.subList(0, limit) : found;
    return Answer.of(
        out -> {
          out.beginArray();
          answer.forEach(labels -> ValueJson.labels(labels, out));
          out.endArray();
        },
        warnings(cut));
  }

  private static List<Labels> collect(
      Querier querier, SelectHints hints, List<List<Matcher>> selectors, int limit) {
    boolean several = selectors.size() > 1;
    TreeSet<Labels> distinct = new TreeSet<>();
    List<Labels> list = new ArrayList<>();
    for (List<Matcher> matchers : selectors) {
      SeriesSet set = querier.select(true, hints, matchers);
      int taken = 0;
      while ((limit == 0 || taken <= limit) && set.next()) {
        taken++;
        if (several) {
          distinct.add(set.at().labels());
        } else {
          list.add(set.at().labels());
        }
      }
    }
    return several ? new ArrayList<>(distinct) : list;
  }

  Answer labels(ApiParams params, RoutingContext context) {
    int limit = params.limit();
    Span span = span(params);
    return names(limit, span, selectors(params), (q, most, m) -> q.labelNames(most, m));
  }

  Answer labelValues(ApiParams params, RoutingContext context) {
    String name = NameEscaping.VALUES.unescape(context.pathParam("name"));
    if (!LabelNames.isUtf8(name)) {
      throw ApiException.badData("invalid label name: " + GoQuote.quote(name));
    }
    int limit = params.limit();
    Span span = span(params);
    return names(limit, span, selectors(params), (q, most, m) -> q.labelValues(name, most, m));
  }

  private interface Lookup {
    List<String> find(Querier querier, int most, List<Matcher> matchers);
  }

  private Answer names(int limit, Span span, List<List<Matcher>> selectors, Lookup lookup) {
    int most = limit == 0 ? 0 : limit + 1;
    List<String> names;
    try (Querier querier = storage.querier(span.minMs, span.maxMs)) {
      if (selectors.size() < 2) {
        names = lookup.find(querier, most, selectors.isEmpty() ? List.of() : selectors.getFirst());
      } else {
        TreeSet<String> union = new TreeSet<>(io.narthex.model.labels.Utf8Order::compare);
        selectors.forEach(m -> union.addAll(lookup.find(querier, most, m)));
        names = List.copyOf(union);
      }
    }
    boolean cut = limit > 0 && names.size() > limit;
    List<String> answer = cut ? names.subList(0, limit) : names;
    return Answer.of(out -> out.strings(answer), warnings(cut));
  }

  private static List<String> warnings(boolean cut) {
    return cut ? List.of(Answer.TRUNCATED) : List.of();
  }

  private List<List<Matcher>> selectors(ApiParams params) {
    List<List<Matcher>> selectors = new ArrayList<>();
    for (String text : params.all("match[]")) {
      selectors.add(selector(text));
    }
    return selectors;
  }

  private List<Matcher> selector(String text) {
    List<Matcher> matchers;
    try {
      matchers = PromqlParser.parseSelector(text);
    } catch (ParseException e) {
      throw ApiException.badData(String.valueOf(e.getMessage()));
    }
    if (matchers.stream().allMatch(m -> m.matches(""))) {
      throw ApiException.badData("match[] must contain at least one non-empty matcher");
    }
    return matchers;
  }

  /// Both ends inclusive.
  private record Span(long minMs, long maxMs) {}

  private static Span span(ApiParams params) {
    long minMs = params.timeMs("start", ApiParams.MIN_TIME_MS);
    long maxMs = params.timeMs("end", ApiParams.MAX_TIME_MS);
    return new Span(minMs, maxMs);
  }
}
