package io.narthex.api;

import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.Matcher;
import io.narthex.promql.parse.ParseException;
import io.narthex.promql.parse.PromqlParser;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;

/// `/api/v1/admin/tsdb/...`: delete series, clean tombstones, snapshot. Source: features 6.41,
/// 6.42.
final class AdminRoutes {

  private static final List<String> TRUE = List.of("1", "t", "T", "TRUE", "true", "True");
  private static final List<String> FALSE = List.of("0", "f", "F", "FALSE", "false", "False");

  private final StorageAdmin admin;

  AdminRoutes(StorageAdmin admin) {
    this.admin = admin;
  }

  Answer deleteSeries(ApiParams params, RoutingContext context) {
    requireEnabled();
    if (params.all("match[]").isEmpty()) {
      throw ApiException.badData("no match[] parameter provided");
    }
    long minMs = params.timeMs("start", ApiParams.MIN_TIME_MS);
    long maxMs = params.timeMs("end", ApiParams.MAX_TIME_MS);
    List<List<Matcher>> selectors = new ArrayList<>();
    for (String text : params.all("match[]")) {
      try {
        selectors.add(PromqlParser.parseSelector(text));
      } catch (ParseException e) {
        throw ApiException.badParameter("match[]", String.valueOf(e.getMessage()));
      }
    }
    selectors.forEach(matchers -> admin.deleteSeries(minMs, maxMs, matchers));
    return Answer.NOTHING;
  }

  Answer cleanTombstones(ApiParams params, RoutingContext context) {
    requireEnabled();
    admin.cleanTombstones();
    return Answer.NOTHING;
  }

  Answer snapshot(ApiParams params, RoutingContext context) {
    requireEnabled();
    String name = admin.snapshot(skipHead(params.get("skip_head")));
    return Answer.of(out -> out.beginObject().field("name", name).endObject());
  }

  private static boolean skipHead(String text) {
    if (text.isEmpty() || FALSE.contains(text)) {
      return false;
    }
    if (TRUE.contains(text)) {
      return true;
    }
    throw ApiException.badParameter(
        "skip_head",
        "unable to parse boolean: strconv.ParseBool: parsing "
            + GoQuote.quote(text)
            + ": invalid syntax");
  }

  private void requireEnabled() {
    if (!admin.isEnabled()) {
      throw new ApiException(ApiException.Type.UNAVAILABLE, "admin APIs disabled");
    }
  }
}
