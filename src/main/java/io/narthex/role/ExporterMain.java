package io.narthex.role;

import io.narthex.api.MetricsRoute;
import io.narthex.clock.Clock;
import io.narthex.exporter.node.NodeExporter;
import io.narthex.exporter.node.NodeExporterOptions;
import io.narthex.metrics.HttpMetrics;
import io.narthex.metrics.Metrics;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The `exporter` role: the machine's metrics alone, as node_exporter serves them, with its flags.
public final class ExporterMain {

  private static final Logger LOG = System.getLogger(ExporterMain.class.getName());
  private static final int MAX_CONNECTIONS = 512;
  private static final long READ_TIMEOUT_MS = 300_000;

  private ExporterMain() {}

  /// Runs until `untilStopped` returns; gives the status of the process.
  public static int run(List<String> args, Vertx vertx, Runnable untilStopped) {
    LogFormat.install("info", false);
    Map<String, List<String>> flags = new LinkedHashMap<>();
    try {
      flags(args)
          .forEach(flag -> flags.computeIfAbsent(flag[0], k -> new ArrayList<>()).add(flag[1]));
      String address = flags.getOrDefault("web.listen-address", List.of(":9100")).getFirst();
      String path = flags.getOrDefault("web.telemetry-path", List.of("/metrics")).getFirst();
      flags.remove("web.listen-address");
      flags.remove("web.telemetry-path");
      NodeExporterOptions options = NodeExporterOptions.parse(flags);
      try (Workers workers = new Workers(4);
          Listeners listeners =
              Listeners.open(
                  vertx,
                  List.of(address),
                  MAX_CONNECTIONS,
                  READ_TIMEOUT_MS,
                  new Metrics(),
                  router(vertx, path, options, workers))) {
        LOG.log(Level.INFO, "Listening on {0}, metrics under {1}", listeners.ports(), path);
        untilStopped.run();
      }
      return 0;
    } catch (IllegalArgumentException | RoleException e) {
      LOG.log(Level.ERROR, "{0}", e.getMessage());
      return 1;
    }
  }

  private static Router router(
      Vertx vertx, String path, NodeExporterOptions options, Workers workers) {
    BuildInfo b = BuildInfo.read();
    HttpMetrics.BuildInfo build =
        new HttpMetrics.BuildInfo(
            b.version(),
            b.revision(),
            b.branch(),
            BuildInfo.javaVersion(),
            System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT),
            System.getProperty("os.arch"));
    Router router = Router.router(vertx);
    new MetricsRoute(workers.api())
        .node(router, path, new NodeExporter(options, Clock.system(), build));
    router
        .get("/")
        .handler(c ->
            c.response()
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .end(
                    "<!doctype html><title>Node Exporter</title><h1>Node Exporter</h1><a href=\""
                        + path
                        + "\">Metrics</a>\n"));
    router.route().last().handler(NotFound::answer);
    return router;
  }

  /// `--name=value`, `--name value`, `--name` and `--no-name` as pairs.
  private static List<String[]> flags(List<String> args) {
    List<String[]> pairs = new ArrayList<>();
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      if (!arg.startsWith("--")) {
        throw new IllegalArgumentException("unexpected " + arg);
      }
      int equals = arg.indexOf('=');
      if (equals > 0) {
        pairs.add(new String[] {arg.substring(2, equals), arg.substring(equals + 1)});
      } else if (i + 1 < args.size() && !args.get(i + 1).startsWith("--")) {
        pairs.add(new String[] {arg.substring(2), args.get(++i)});
      } else {
        pairs.add(new String[] {arg.substring(2), "true"});
      }
    }
    return pairs;
  }
}
