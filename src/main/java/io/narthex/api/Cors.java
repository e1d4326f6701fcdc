package io.narthex.api;

import com.google.re2j.Pattern;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/// Headers that let pages of other origins read answers. Source: prometheus
/// `util/httputil/cors.go`.
final class Cors {

  private final boolean everybody;
  private final Pattern origins;

  /// @param origin `--web.cors.origin`, a regular expression over the whole origin
  Cors(String origin) {
    everybody = origin.equals(".*");
    origins = Pattern.compile("^(?:" + origin + ")$");
  }

  void apply(RoutingContext context) {
    String origin = context.request().getHeader("Origin");
    if (origin == null || origin.isEmpty()) {
      return;
    }
    HttpServerResponse response = context.response();
    response.putHeader(
        "Access-Control-Allow-Headers",
        "Accept, Accept-Encoding, Authorization, Content-Type, Origin");
    response.putHeader("Access-Control-Allow-Methods", "GET, POST, OPTIONS");
    response.putHeader("Access-Control-Expose-Headers", "Date");
    response.putHeader("Vary", "Origin");
    if (everybody) {
      response.putHeader("Access-Control-Allow-Origin", "*");
    } else if (origins.matcher(origin).find()) {
      response.putHeader("Access-Control-Allow-Origin", origin);
    }
  }
}
