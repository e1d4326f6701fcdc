package io.narthex.api;

import io.narthex.clock.Clock;
import io.narthex.metrics.HttpMetrics;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;

/// Counts and times every answered request, by the route that answered it.
final class HttpObserver {

  private final HttpMetrics metrics;
  private final Clock clock;

  HttpObserver(HttpMetrics metrics, Clock clock) {
    this.metrics = metrics;
    this.clock = clock;
  }

  void watch(RoutingContext context) {
    long startNanos = clock.nanoTime();
    context.addEndHandler(done -> record(context, startNanos));
    context.next();
  }

  private void record(RoutingContext context, long startNanos) {
    Route route = context.currentRoute();
    String path = route == null ? null : route.getPath();
    metrics.answered(
        path == null ? "/*" : path,
        context.response().getStatusCode(),
        (clock.nanoTime() - startNanos) / 1e9,
        context.response().bytesWritten());
  }
}
