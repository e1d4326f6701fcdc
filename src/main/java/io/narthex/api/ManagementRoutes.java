package io.narthex.api;

import io.narthex.api.StatusSource.Readiness;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.Executor;

/// `/-/healthy`, `/-/ready`, `/-/reload`, `/-/quit`. Source: features 6.45, 6.46.
final class ManagementRoutes {

  private final StatusSource status;
  private final Lifecycle lifecycle;
  private final boolean enabled;
  private final Executor workers;

  /// @param enabled whether `--web.enable-lifecycle` was given
  ManagementRoutes(StatusSource status, Lifecycle lifecycle, boolean enabled, Executor workers) {
    this.status = status;
    this.lifecycle = lifecycle;
    this.enabled = enabled;
    this.workers = workers;
  }

  void register(Router router, String prefix) {
    router
        .route(prefix + "/-/healthy")
        .handler(c -> text(c, 200, "Prometheus Server is Healthy.\n"));
    router.route(prefix + "/-/ready").handler(this::ready);
    router.route(prefix + "/-/reload").handler(c -> guarded(c, this::reload));
    router.route(prefix + "/-/quit").handler(c -> guarded(c, this::quit));
  }

  private void ready(RoutingContext context) {
    if (refuseUnlessReady(context, status.readiness())) {
      return;
    }
    text(context, 200, "Prometheus Server is Ready.\n");
  }

  /// Answers 503 unless the server is ready; the header tells probes what it waits for.
  static boolean refuseUnlessReady(RoutingContext context, Readiness readiness) {
    if (readiness == Readiness.READY) {
      return false;
    }
    HttpServerResponse response = context.response();
    response.putHeader("X-Prometheus-Stopping", String.valueOf(readiness == Readiness.STOPPING));
    text(context, 503, "Service Unavailable");
    return true;
  }

  private void guarded(RoutingContext context, java.util.function.Consumer<RoutingContext> action) {
    HttpMethod method = context.request().method();
    if (method != HttpMethod.POST && method != HttpMethod.PUT) {
      context.response().putHeader("Allow", "POST, PUT");
      text(context, 405, "Only POST or PUT requests allowed");
    } else if (!enabled) {
      text(context, 403, "Lifecycle API is not enabled.");
    } else {
      action.accept(context);
    }
  }

  private void reload(RoutingContext context) {
    workers.execute(() -> {
      String error = lifecycle.reload();
      if (error.isEmpty()) {
        context.response().end();
      } else {
        text(context, 500, "failed to reload config: " + error + "\n");
      }
    });
  }

  private void quit(RoutingContext context) {
    context
        .response()
        .end("Requesting termination... Goodbye!")
        .onComplete(done -> lifecycle.quit());
  }

  static void text(RoutingContext context, int status, String body) {
    HttpServerResponse response = context.response();
    response.setStatusCode(status).putHeader("Content-Type", "text/plain; charset=utf-8");
    if (context.request().method() == HttpMethod.HEAD) {
      response.end();
    } else {
      response.end(body);
    }
  }
}
