package io.narthex.api;

import io.narthex.clock.Clock;
import io.narthex.metrics.Metrics;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;

/// Counts and times every answered request, by the handler's path. Source: prometheus `web/web.go` instrumentation.
final class HttpObserver {

  private static final double[] SECONDS = {.1, .2, .4, 1, 3, 8, 20, 60, 120};
  private static final double[] BYTES = {100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

  private final Metrics metrics;
  private final Clock clock;

  HttpObserver(Metrics metrics, Clock clock) {
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
    String handler = path == null ? "/*" : path;
    String code = String.valueOf(context.response().getStatusCode());
    metrics
        .counter("prometheus_http_requests_total", "Counter of HTTP requests.", "code", code, "handler", handler)
        .inc();
    metrics
        .histogram(
            "prometheus_http_request_duration_seconds",
            "Histogram of latencies for HTTP requests.",
            SECONDS,
            "handler",
            handler)
        .observe((clock.nanoTime() - startNanos) / 1e9);
    metrics
        .histogram(
            "prometheus_http_response_size_bytes",
            "Histogram of response size for HTTP requests.",
            BYTES,
            "handler",
            handler)
        .observe(context.response().bytesWritten());
  }
}
