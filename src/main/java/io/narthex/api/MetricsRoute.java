package io.narthex.api;

import io.narthex.exporter.ExporterPage;
import io.narthex.exporter.node.NodeExporter;
import io.narthex.metrics.HttpMetrics;
import io.narthex.metrics.Metrics;
import io.narthex.model.exposition.NameEscaping;
import io.narthex.model.exposition.NegotiatedFormat;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// `/metrics` of Narthex itself and `/exporters/node/metrics` of the machine it runs on.
public final class MetricsRoute {

  private final Executor workers;

  public MetricsRoute(Executor workers) {
    this.workers = workers;
  }

  /// Serves the process' own metrics under `path`.
  public void self(Router router, String path, Metrics metrics) {
    HttpMetrics.Exposition scrapes = new HttpMetrics(metrics, "prometheus").exposition();
    router
        .get(path)
        .handler(c -> {
          scrapes.begun();
          c.addEndHandler(done -> scrapes.ended(c.response().getStatusCode()));
          answer(c, metrics::collect);
        });
  }

  /// Serves the machine's metrics under `path`, narrowed by `collect[]` and `exclude[]`.
  public void node(Router router, String path, NodeExporter exporter) {
    router
        .get(path)
        .handler(c ->
            answer(
                c,
                sink ->
                    exporter.collect(
                        Set.copyOf(c.queryParam("collect[]")),
                        Set.copyOf(c.queryParam("exclude[]")),
                        sink)));
  }

  private void answer(RoutingContext context, Consumer<Metrics.MetricSink> source) {
    String accept = context.request().getHeader("Accept");
    NegotiatedFormat format =
        NegotiatedFormat.negotiate(
            accept == null ? "" : accept, NegotiatedFormat.TEXTS, NameEscaping.UNDERSCORES);
    workers.execute(() -> {
      try {
        byte[] body = ExporterPage.render(format, source);
        context.response().putHeader("Content-Type", format.contentType()).end(Buffer.buffer(body));
      } catch (IllegalArgumentException e) {
        ManagementRoutes.text(context, 400, e.getMessage() + "\n");
      }
    });
  }
}
