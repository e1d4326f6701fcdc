package io.narthex.api;

import io.narthex.clock.Clock;
import io.narthex.metrics.HttpMetrics;
import io.narthex.metrics.Metrics;
import io.narthex.promql.PromqlEngine;
import io.narthex.promql.ast.Features;
import io.narthex.scrape.ScrapeManager;
import io.narthex.storage.ExemplarQueryable;
import io.narthex.storage.Queryable;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.concurrent.Executor;

/// Registers the whole API on a router. Endpoints that need data answer 503 until the storage is
/// ready.
public final class ApiRoutes {

  private static final long MOST_BODY_BYTES = 32L << 20;
  private static final String FORM = "GET, OPTIONS, POST";
  private static final String CHANGE = "OPTIONS, POST, PUT";
  private static final String PLAIN = "GET, OPTIONS";

  /// What the API stands on.
  ///
  /// @param perStepStats whether `stats=all` shows the samples of each step
  /// @param prefix `--web.route-prefix` without a slash at its end: empty for the root
  /// @param corsOrigin `--web.cors.origin`
  /// @param lifecycleEnabled `--web.enable-lifecycle`
  /// @param workers runs handlers; a handler may block as long as its query runs
  public record Deps(
      PromqlEngine engine,
      Queryable storage,
      ExemplarQueryable exemplars,
      StorageAdmin admin,
      Features features,
      boolean perStepStats,
      ScrapeManager scrape,
      StatusSource status,
      Lifecycle lifecycle,
      boolean lifecycleEnabled,
      String prefix,
      String corsOrigin,
      GlobalUrl globalUrl,
      Executor workers,
      Clock clock,
      Metrics metrics) {

    /// The same over other data, below the root, and counted elsewhere.
    public Deps over(PromqlEngine otherEngine, Queryable data, Metrics counters) {
      return new Deps(
          otherEngine,
          data,
          exemplars,
          admin,
          features,
          perStepStats,
          scrape,
          status,
          lifecycle,
          lifecycleEnabled,
          "",
          corsOrigin,
          globalUrl,
          workers,
          clock,
          counters);
    }
  }

  private final Deps deps;
  private final Endpoint endpoint;
  private final Cors cors;
  private final HttpObserver observer;

  public ApiRoutes(Deps deps) {
    this.deps = deps;
    this.endpoint = new Endpoint(deps.workers());
    this.cors = new Cors(deps.corsOrigin());
    this.observer = new HttpObserver(new HttpMetrics(deps.metrics(), "prometheus"), deps.clock());
  }

  /// Adds all routes of the API to `router`.
  public void register(Router router) {
    String v1 = deps.prefix() + "/api/v1";
    // Without these, the router would log each of a client's mistakes with a stack trace.
    router.errorHandler(
        400, context -> mistake(context, 400, "the URL or the form is malformed" + where(context)));
    router.errorHandler(413, context -> mistake(context, 413, "the request's body is too large"));
    registerQueries(router);
    targets(router, v1);
    status(router, v1);
    admin(router, v1 + "/admin/tsdb");
    new ManagementRoutes(deps.status(), deps.lifecycle(), deps.lifecycleEnabled(), deps.workers())
        .register(router, deps.prefix());
    new MetricsRoute(deps.workers(), 0, deps.metrics())
        .self(router, deps.prefix() + "/metrics", deps.metrics());
  }

  /// Adds only what reads the storage.
  public void registerQueries(Router router) {
    String v1 = deps.prefix() + "/api/v1";
    router.route().handler(observer::watch);
    router.options(v1 + "/*").handler(this::preflight);
    router.post(v1 + "/*").handler(BodyHandler.create(false).setBodyLimit(MOST_BODY_BYTES));
    queries(router, v1);
  }

  private void queries(Router router, String v1) {
    QueryRoutes query =
        new QueryRoutes(
            deps.engine(), deps.storage(), deps.features(), deps.perStepStats(), deps.clock());
    form(router, v1 + "/query", query::query);
    form(router, v1 + "/query_range", query::queryRange);
    ExemplarRoutes exemplars = new ExemplarRoutes(deps.exemplars(), deps.features());
    form(router, v1 + "/query_exemplars", exemplars::query);
    form(router, v1 + "/format_query", query::formatQuery);
    form(router, v1 + "/parse_query", query::parseQuery);
    RunningQueryRoutes running = new RunningQueryRoutes(deps.engine());
    methods(router, v1 + "/status/queries", List.of(HttpMethod.GET), PLAIN, quickly(running::list));
    methods(
        router,
        v1 + "/status/queries/:id",
        List.of(HttpMethod.DELETE),
        "DELETE, OPTIONS",
        quickly(running::cancel));
    SeriesRoutes series = new SeriesRoutes(deps.storage(), deps.features());
    router
        .delete(v1 + "/series")
        .handler(c -> Endpoint.fail(c.response(), ApiException.Type.INTERNAL, "not implemented"));
    form(router, v1 + "/series", series::series);
    form(router, v1 + "/labels", series::labels);
    plain(router, v1 + "/label/:name/values", series::labelValues);
  }

  private void admin(Router router, String path) {
    AdminRoutes admin = new AdminRoutes(deps.admin());
    router.put(path + "/*").handler(BodyHandler.create(false).setBodyLimit(MOST_BODY_BYTES));
    changing(router, path + "/delete_series", admin::deleteSeries);
    changing(router, path + "/clean_tombstones", admin::cleanTombstones);
    changing(router, path + "/snapshot", admin::snapshot);
  }

  private void targets(Router router, String v1) {
    TargetRoutes targets = new TargetRoutes(deps.scrape(), deps.globalUrl());
    plain(router, v1 + "/targets", targets::targets);
    plain(router, v1 + "/targets/metadata", targets::targetMetadata);
    plain(router, v1 + "/scrape_pools", targets::scrapePools);
    plain(router, v1 + "/metadata", targets::metadata);
    plain(router, v1 + "/alertmanagers", AlertRoutes::alertmanagers);
    plain(router, v1 + "/alerts", AlertRoutes::alerts);
    plain(router, v1 + "/rules", AlertRoutes::rules);
  }

  private void status(Router router, String v1) {
    StatusRoutes status = new StatusRoutes(deps.status());
    plain(router, v1 + "/status/config", status::config);
    plain(router, v1 + "/status/flags", status::flags);
    plain(router, v1 + "/status/buildinfo", status::buildInfo);
    plain(router, v1 + "/status/runtimeinfo", status::runtimeInfo);
    plain(router, v1 + "/status/tsdb", status::tsdb);
    plain(router, v1 + "/status/tsdb/blocks", status::tsdbBlocks);
    open(router, v1 + "/status/walreplay", status::walReplay);
  }

  /// GET and POST with parameters in URL or form.
  private void form(Router router, String path, Endpoint.Handler handler) {
    methods(
        router,
        path,
        List.of(HttpMethod.GET, HttpMethod.POST),
        FORM,
        context -> serve(context, endpoint, handler, true));
  }

  /// GET only.
  private void plain(Router router, String path, Endpoint.Handler handler) {
    methods(
        router,
        path,
        List.of(HttpMethod.GET),
        PLAIN,
        context -> serve(context, endpoint, handler, true));
  }

  /// POST and PUT, for what changes the storage.
  private void changing(Router router, String path, Endpoint.Handler handler) {
    methods(
        router,
        path,
        List.of(HttpMethod.POST, HttpMethod.PUT),
        CHANGE,
        context -> serve(context, endpoint, handler, true));
  }

  /// GET only, answered also while the storage is not ready.
  private void open(Router router, String path, Endpoint.Handler handler) {
    methods(
        router,
        path,
        List.of(HttpMethod.GET),
        PLAIN,
        context -> serve(context, endpoint, handler, false));
  }

  private void methods(
      Router router,
      String path,
      List<HttpMethod> methods,
      String allow,
      Handler<RoutingContext> serve) {
    Route route = router.route(path);
    methods.forEach(route::method);
    route.handler(serve);
    router.route(path).handler(context -> refuse(context, allow));
  }

  /// Answered at once, even if all workers are busy with queries.
  private Handler<RoutingContext> quickly(Endpoint.Handler handler) {
    Endpoint here = new Endpoint(Runnable::run);
    return context -> serve(context, here, handler, false);
  }

  private void serve(RoutingContext context, Endpoint by, Endpoint.Handler handler, boolean gated) {
    if (gated && ManagementRoutes.refuseUnlessReady(context, deps.status().readiness())) {
      return;
    }
    cors.apply(context);
    by.serve(context, handler);
  }

  /// What the decoder of URLs and forms has found, and at which place of them.
  private static String where(RoutingContext context) {
    Throwable failure = context.failure();
    Throwable cause = failure == null || failure.getCause() == null ? failure : failure.getCause();
    return cause == null || cause.getMessage() == null ? "" : ": " + cause.getMessage();
  }

  /// A request that no handler has seen, or could read.
  private void mistake(RoutingContext context, int status, String text) {
    if (context.request().path().startsWith(deps.prefix() + "/api/")) {
      Endpoint.fail(context.response(), status, ApiException.Type.BAD_DATA, text);
    } else {
      ManagementRoutes.text(context, status, text + "\n");
    }
  }

  private void preflight(RoutingContext context) {
    cors.apply(context);
    context.response().setStatusCode(204).end();
  }

  private static void refuse(RoutingContext context, String allow) {
    context.response().putHeader("Allow", allow);
    ManagementRoutes.text(context, 405, "Method Not Allowed\n");
  }
}
