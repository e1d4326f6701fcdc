package io.narthex.api;

import io.narthex.exporter.ExporterPage;
import io.narthex.exporter.node.NodeExporter;
import io.narthex.metrics.HttpMetrics;
import io.narthex.metrics.Metrics;
import io.narthex.metrics.Metrics.MetricSink;
import io.narthex.model.exposition.NegotiatedFormat;
import io.narthex.model.labels.NameEscaping;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Pages for scrapes: `/metrics` of Narthex itself, and the metrics of the machine it runs on.
public final class MetricsRoute {

  private static final Logger LOG = System.getLogger(MetricsRoute.class.getName());

  private final Executor workers;
  private final int maxRequests;
  private final HttpMetrics.Exposition scrapes;
  private final AtomicInteger inFlight = new AtomicInteger();

  /// @param maxRequests pages that are made at once; further requests are sent away. 0 for any
  ///   number
  /// @param metrics where scrapes are counted
  public MetricsRoute(Executor workers, int maxRequests, Metrics metrics) {
    this.workers = workers;
    this.maxRequests = maxRequests;
    this.scrapes = new HttpMetrics(metrics, "").exposition();
  }

  /// Serves the process' own metrics under `path`.
  public void self(Router router, String path, Metrics metrics) {
    router.get(path).handler(c -> answer(c, List.of(metrics::collect)));
  }

  /// Serves the machine's metrics under `path`, narrowed by `collect[]` and `exclude[]`.
  ///
  /// @param exporter asked on a worker, with every request
  public void node(Router router, String path, Supplier<NodeExporter> exporter) {
    router.get(path).handler(c -> answer(c, List.of(narrowed(exporter, c))));
  }

  /// Serves the machine's metrics and those of the process together under `path`.
  public void node(Router router, String path, NodeExporter exporter, Metrics metrics) {
    router
        .get(path)
        .handler(c -> answer(c, List.of(narrowed(() -> exporter, c), metrics::collect)));
  }

  private static Consumer<MetricSink> narrowed(
      Supplier<NodeExporter> exporter, RoutingContext context) {
    Set<String> collect = Set.copyOf(context.queryParam("collect[]"));
    Set<String> exclude = Set.copyOf(context.queryParam("exclude[]"));
    return sink -> exporter.get().collect(collect, exclude, sink);
  }

  private void answer(RoutingContext context, List<Consumer<MetricSink>> sources) {
    if (inFlight.incrementAndGet() > maxRequests && maxRequests > 0) {
      inFlight.decrementAndGet();
      ManagementRoutes.text(
          context,
          503,
          "Limit of concurrent requests reached (" + maxRequests + "), try again later.\n");
      return;
    }
    scrapes.begun();
    workers.execute(() -> {
      int status = 500;
      try {
        status = page(context, sources);
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "BUG: request to " + context.request().uri() + " failed", e);
        ManagementRoutes.text(context, status, "the metrics cannot be collected: " + e + "\n");
      } finally {
        inFlight.decrementAndGet();
        scrapes.ended(status);
      }
    });
  }

  @SuppressWarnings("unchecked")
  private static int page(RoutingContext context, List<Consumer<MetricSink>> sources) {
    String accept = context.request().getHeader("Accept");
    NegotiatedFormat format =
        NegotiatedFormat.negotiate(
            accept == null ? "" : accept, NegotiatedFormat.TEXTS, NameEscaping.UNDERSCORES);
    byte[] body;
    try {
      body = ExporterPage.render(format, sources.toArray(Consumer[]::new));
    } catch (IllegalArgumentException e) {
      ManagementRoutes.text(context, 400, e.getMessage() + "\n");
      return 400;
    }
    context.response().putHeader("Content-Type", format.contentType()).end(Buffer.buffer(body));
    return 200;
  }
}
