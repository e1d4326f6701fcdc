package io.narthex.role;

import io.narthex.api.MetricsRoute;
import io.narthex.clock.Clock;
import io.narthex.exporter.KernelFiles;
import io.narthex.exporter.node.NodeExporter;
import io.narthex.exporter.process.JvmMetrics;
import io.narthex.exporter.process.ProcessMetrics;
import io.narthex.metrics.HttpMetrics;
import io.narthex.metrics.Metrics;
import io.narthex.role.flags.ExporterFlags;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Locale;

/// The `exporter` role: the machine's metrics alone, as node_exporter serves them.
public final class ExporterMain {

  private static final Logger LOG = System.getLogger(ExporterMain.class.getName());
  private static final int MAX_CONNECTIONS = 512;
  private static final long READ_TIMEOUT_MS = 300_000;

  private ExporterMain() {}

  /// Runs until `untilStopped` returns; gives the status of the process.
  public static int run(ExporterFlags flags, Vertx vertx, Runnable untilStopped) {
    LogFormat.install(flags.log().level(), flags.log().json());
    flags.notices().forEach(n -> LOG.log(Level.INFO, "{0}", n));
    Metrics own = new Metrics();
    try (Workers workers = new Workers(4);
        Listeners listeners =
            Listeners.open(
                vertx,
                flags.listenAddresses(),
                MAX_CONNECTIONS,
                READ_TIMEOUT_MS,
                own,
                router(vertx, flags, own, workers))) {
      LOG.log(
          Level.INFO,
          "Listening on {0}, metrics under {1}",
          listeners.ports(),
          flags.telemetryPath());
      untilStopped.run();
      return 0;
    } catch (RoleException e) {
      LOG.log(Level.ERROR, "{0}", e.getMessage());
      return 1;
    }
  }

  private static Router router(Vertx vertx, ExporterFlags flags, Metrics own, Workers workers) {
    BuildInfo b = BuildInfo.read();
    HttpMetrics.BuildInfo build =
        new HttpMetrics.BuildInfo(
            b.version(),
            b.revision(),
            b.branch(),
            BuildInfo.javaVersion(),
            System.getProperty("os.name").toLowerCase(Locale.ROOT),
            System.getProperty("os.arch"));
    own.collector(new ProcessMetrics(new KernelFiles(flags.node().roots()))::collect);
    own.collector(new JvmMetrics()::collect);
    Router router = Router.router(vertx);
    MetricsRoute pages = new MetricsRoute(workers.api(), flags.maxRequests(), own);
    NodeExporter exporter = new NodeExporter(flags.node(), Clock.system(), build);
    if (flags.processMetrics()) {
      pages.node(router, flags.telemetryPath(), exporter, own);
    } else {
      pages.node(router, flags.telemetryPath(), () -> exporter);
    }
    router
        .get("/")
        .handler(c ->
            c.response()
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .end(
                    "<!doctype html><title>Node Exporter</title><h1>Node Exporter</h1><a href=\""
                        + flags.telemetryPath()
                        + "\">Metrics</a>\n"));
    router.route().last().handler(NotFound::answer);
    return router;
  }
}
