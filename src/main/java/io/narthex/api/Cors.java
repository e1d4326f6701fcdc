package io.narthex.api;

import io.narthex.model.labels.LabelRegex;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/// Headers that let pages of other origins read answers. Source: prometheus
/// `util/httputil/cors.go`.
final class Cors {

  private final LabelRegex origins;

  /// @param origin `--web.cors.origin`, a regular expression over the whole origin
  Cors(String origin) {
    origins = LabelRegex.compile(origin);
  }

  void apply(RoutingContext context) {
    HttpServerResponse response = context.response();
    response.putHeader("Vary", "Origin");
    String origin = context.request().getHeader("Origin");
    if (origin == null || origin.isEmpty()) {
      return;
    }
    response.putHeader(
        "Access-Control-Allow-Headers", "Accept, Authorization, Content-Type, Origin");
    response.putHeader("Access-Control-Allow-Methods", "GET, POST, OPTIONS");
    response.putHeader("Access-Control-Expose-Headers", "Date");
    if (origins.matches(origin)) {
      response.putHeader("Access-Control-Allow-Origin", origin);
    }
  }
}
