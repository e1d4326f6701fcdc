package io.narthex.role;

import io.vertx.ext.web.RoutingContext;

/// What is answered where nothing is.
final class NotFound {

  private NotFound() {}

  static void answer(RoutingContext context) {
    String path = context.request().path();
    if (path.endsWith("/api/v1")) {
      context
          .response()
          .setStatusCode(301)
          .putHeader("Location", path + "/")
          .putHeader("Content-Type", "text/html; charset=utf-8")
          .end("<a href=\"/api/v1/\">Moved Permanently</a>.\n\n");
      return;
    }
    context
        .response()
        .setStatusCode(404)
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .end("404 page not found\n");
  }
}
