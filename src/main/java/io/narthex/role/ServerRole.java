package io.narthex.role;

import io.narthex.api.ApiRoutes;
import io.narthex.api.GlobalUrl;
import io.narthex.api.Lifecycle;
import io.narthex.api.MetricsRoute;
import io.narthex.clock.Clock;
import io.narthex.clock.Timers;
import io.narthex.discovery.DiscoveryConfig;
import io.narthex.discovery.DiscoveryManager;
import io.narthex.exporter.node.NodeExporter;
import io.narthex.exporter.node.NodeExporterOptions;
import io.narthex.io.disk.Disk;
import io.narthex.io.http.BodyPool;
import io.narthex.io.http.ConfiguredClients;
import io.narthex.metrics.HttpMetrics;
import io.narthex.metrics.Metrics;
import io.narthex.promql.EngineOptions;
import io.narthex.promql.PromqlEngine;
import io.narthex.promql.ast.Features;
import io.narthex.role.config.JobConfig;
import io.narthex.role.config.ServedSections;
import io.narthex.role.config.ServerConfig;
import io.narthex.role.flags.Feature;
import io.narthex.role.flags.ServerFlags;
import io.narthex.scrape.ScrapeJob;
import io.narthex.scrape.ScrapeManager;
import io.narthex.scrape.ScrapeOptions;
import io.narthex.scrape.StartTimestamps;
import io.narthex.tsdb.Tsdb;
import io.narthex.ui.Pages;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// The `server` role: which rooms, in which order, joined by which call. Nothing else lives here.
public final class ServerRole implements AutoCloseable {

  private static final Logger LOG = System.getLogger(ServerRole.class.getName());

  /// Pages of the built-in exporter that are made at once.
  private static final int EXPORTER_REQUESTS = 40;

  /// What is scraped before the log is read may take this part of the heap.
  private static final int EARLY_PART_OF_HEAP = 16;

  private final Rooms rooms = new Rooms();
  private final ServerState state;
  private final RunningConfig config;
  private final Listeners listeners;

  /// What a server is made of beside its flags.
  ///
  /// @param config reads the configuration file
  /// @param quit begins an orderly stop of the process
  public record Ground(
      Vertx vertx,
      Disk disk,
      Clock clock,
      Metrics metrics,
      BuildInfo build,
      Supplier<ServerConfig> config,
      Runnable quit) {}

  /// Opens everything; when this returns the storage is open. Before that, as soon as the blocks
  /// are, scraping begins and the server calls itself ready: {@link LateStorage} keeps what is
  /// scraped while the log is read, and lets those wait who ask for what is in it.
  ///
  /// @throws RoleException if it cannot start, with what the user can do
  /// @throws io.narthex.config.ConfigException if the configuration is wrong
  public ServerRole(ServerFlags flags, Ground ground) {
    try {
      Clock clock = ground.clock();
      Metrics metrics = ground.metrics();
      ServerConfig first = ground.config().get();
      ServedSections.check(first);
      Storages.check(flags, first.storage());
      ServedSections.notices(first).forEach(n -> LOG.log(Level.WARNING, "{0}", n));
      Workers workers = rooms.add(new Workers(flags.query().maxConcurrency()));
      Timers timers = new VertxTimers(ground.vertx());
      state = new ServerState(flags, ground, clock.nowMs());
      state.register(metrics);
      StorageOpening opening =
          rooms.add(
              new StorageOpening(
                  () ->
                      Storages.open(
                          flags, first, ground, timers, workers.blocking(), state.replay()),
                  state.replay(),
                  workers.blocking()));

      Router router = Router.router(ground.vertx());
      PromqlEngine engine =
          rooms.add(new PromqlEngine(engineOptions(flags, first), clock, metrics));
      QueryLog queryLog = new QueryLog(ground.disk(), clock, workers.blocking(), metrics);
      LateStorage storage =
          new LateStorage(
              flags.query().timeoutMs(),
              Runtime.getRuntime().maxMemory() / EARLY_PART_OF_HEAP,
              metrics);
      BodyPool bodies = new BodyPool();
      ScrapeManager scrape =
          rooms.add(
              new ScrapeManager(
                  scrapeOptions(flags, first, state, ground.build()),
                  storage,
                  clock,
                  new LoopTimers(workers.scrapeLoops()),
                  workers.scrape(),
                  bodies,
                  new FailureLogFiles(ground.disk(), clock, workers.blocking()),
                  metrics));
      ConfiguredClients clients =
          new ConfiguredClients(
              ground.vertx(),
              workers.scrapeLoops(),
              ground.disk(),
              clock,
              bodies,
              workers.scrape(),
              workers.blocking(),
              System.getenv());
      DiscoveryManager discovery =
          rooms.add(
              new DiscoveryManager(
                  "scrape",
                  new Discoverers(
                      ground.disk(),
                      clients,
                      clock,
                      timers,
                      workers.blocking(),
                      metrics,
                      ground.build().version()),
                  scrape::sync,
                  flags.scrape().discoveryReloadIntervalMs(),
                  clock,
                  timers,
                  metrics));
      config =
          new RunningConfig(
              first,
              () -> Storages.checked(flags, ground.config().get()),
              c -> apply(flags, c, engine, queryLog, scrape, discovery, clients),
              clock,
              metrics);
      state.serving(config, scrape);

      ApiRoutes.Deps api = routes(router, flags, ground, engine, storage, scrape, workers);
      listeners =
          rooms.add(
              Listeners.open(
                  ground.vertx(),
                  flags.web().listenAddresses(),
                  flags.web().maxConnections(),
                  flags.web().readTimeoutMs(),
                  metrics,
                  router));
      LOG.log(Level.INFO, "Listening on {0}", flags.web().listenAddresses());

      storage.blocks(opening.awaitBlocks());
      ActiveQueries active =
          rooms.add(
              new ActiveQueries(
                  ground.disk(),
                  Path.of(flags.storage().path()),
                  flags.query().maxConcurrency(),
                  clock));
      engine.observe(new QueryWatch(active, queryLog));
      config.applyFirst();
      state.ready(opening);
      LOG.log(Level.INFO, "Server is ready to receive web requests.");

      Tsdb tsdb = opening.await();
      storage.ready(tsdb);
      state.opened(tsdb);
      // What a reload has changed meanwhile.
      state.limits(Storages.limits(flags, config.current().storage()));
      LOG.log(Level.INFO, "TSDB started");
      HeapKeeper.start(workers.blocking(), timers)
          .ifPresent(keeper -> {
            rooms.add(keeper);
            tsdb.afterCompactions(() -> keeper.look(tsdb.deletedMapBytes()));
          });
      rooms.add(
          AutoReload.start(
              flags.config(),
              ground.disk(),
              () -> config.current().file(),
              () -> config.reload().isEmpty(),
              timers,
              workers.blocking()));
      if (Boolean.getBoolean(WarmUp.ASKED_FOR)) {
        rooms.add(
            WarmUp.start(
                WarmUp.folder(Path.of(System.getProperty("narthex.home", ""))),
                new WarmUp.Ground(
                    ground.vertx(),
                    ground.disk(),
                    clock,
                    engineOptions(flags, first),
                    (apart, own, data, counters) ->
                        new ApiRoutes(api.over(own, data, counters)).registerQueries(apart))));
      }
    } catch (RuntimeException e) {
      rooms.close();
      throw e;
    }
  }

  private void apply(
      ServerFlags flags,
      ServerConfig config,
      PromqlEngine engine,
      QueryLog queryLog,
      ScrapeManager scrape,
      DiscoveryManager discovery,
      ConfiguredClients clients) {
    state.limits(Storages.limits(flags, config.storage()));
    queryLog.turnTo(config.global().queryLogFile());
    engine.defaultSubqueryStep(config.global().evaluationIntervalMs());
    scrape.offsetSeed(ScrapeOptions.seed(state.hostname(), config.global().externalLabels()));
    List<ScrapeJob> jobs = new ArrayList<>();
    Map<String, List<DiscoveryConfig>> found = new LinkedHashMap<>();
    for (JobConfig job : config.jobs()) {
      jobs.add(new ScrapeJob(job.scrape(), clients.source(job.client())));
      found.put(job.scrape().jobName(), job.discovery());
    }
    scrape.apply(jobs);
    discovery.apply(found);
  }

  private static EngineOptions engineOptions(ServerFlags flags, ServerConfig config) {
    Features features =
        new Features(
            flags.has(Feature.PROMQL_EXPERIMENTAL_FUNCTIONS),
            flags.has(Feature.PROMQL_EXTENDED_RANGE_SELECTORS),
            flags.has(Feature.PROMQL_BINOP_FILL_MODIFIERS),
            flags.has(Feature.PROMQL_DELAYED_NAME_REMOVAL),
            flags.has(Feature.USE_START_TIMESTAMPS),
            flags.has(Feature.TYPE_AND_UNIT_LABELS));
    ServerFlags.Query query = flags.query();
    return new EngineOptions(
        query.maxSamples(),
        query.timeoutMs(),
        query.maxConcurrency(),
        query.lookbackMs(),
        config.global().evaluationIntervalMs(),
        features);
  }

  private static ScrapeOptions scrapeOptions(
      ServerFlags flags, ServerConfig config, ServerState state, BuildInfo build) {
    long toleranceMs = flags.scrape().timestampToleranceMs();
    return new ScrapeOptions(
        ScrapeOptions.seed(state.hostname(), config.global().externalLabels()),
        toleranceMs > 0,
        toleranceMs,
        flags.scrape().discoveryReloadIntervalMs(),
        flags.has(Feature.TYPE_AND_UNIT_LABELS),
        new StartTimestamps(
            flags.has(Feature.ST_STORAGE), flags.has(Feature.CREATED_TIMESTAMP_ZERO_INGESTION)),
        build.version());
  }

  private ApiRoutes.Deps routes(
      Router router,
      ServerFlags flags,
      Ground ground,
      PromqlEngine engine,
      LateStorage storage,
      ScrapeManager scrape,
      Workers workers) {
    ServerFlags.Web web = flags.web();
    String prefix = web.routePrefix().equals("/") ? "" : web.routePrefix();
    List<String> ports =
        web.listenAddresses().stream().map(a -> a.substring(a.lastIndexOf(':') + 1)).toList();
    ApiRoutes.Deps api =
        new ApiRoutes.Deps(
            engine,
            storage,
            storage,
            state,
            engineOptions(flags, ground.config().get()).features(),
            flags.has(Feature.PROMQL_PER_STEP_STATS),
            scrape,
            state,
            new Control(ground.quit()),
            web.enableLifecycle(),
            prefix,
            web.corsOrigin(),
            new GlobalUrl(web.externalUrl(), ports),
            workers.api(),
            ground.clock(),
            ground.metrics());
    new ApiRoutes(api).register(router);
    HttpMetrics.BuildInfo build =
        new HttpMetrics.BuildInfo(
            ground.build().version(),
            ground.build().revision(),
            ground.build().branch(),
            BuildInfo.javaVersion(),
            System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT),
            System.getProperty("os.arch"));
    HttpMetrics.buildInfo(ground.metrics(), "prometheus", build);
    new MetricsRoute(workers.api(), EXPORTER_REQUESTS, ground.metrics())
        .node(
            router,
            prefix + "/exporters/node/metrics",
            new OnDemand<>(
                () -> new NodeExporter(NodeExporterOptions.defaults(), ground.clock(), build)));
    new Pages(new PageViews(state), ground.clock(), web.externalUrl().getPath(), web.pageTitle())
        .register(router, web.routePrefix());
    router.route().last().handler(NotFound::answer);
    return api;
  }

  /// Reload and quit, as the API asks for them.
  private final class Control implements Lifecycle {
    private final Runnable quit;

    Control(Runnable quit) {
      this.quit = quit;
    }

    @Override
    public String reload() {
      return config.reload();
    }

    @Override
    public void quit() {
      quit.run();
    }
  }

  /// Reads the configuration again, as on SIGHUP; the outcome is logged. May block.
  public void reload() {
    config.reload();
  }

  /// Ports in the order of the listen addresses; of use where port 0 was asked for.
  public List<Integer> ports() {
    return listeners.ports();
  }

  /// Stops in the reverse order of the start: no request is taken any more, scraping ends, the
  /// storage is closed.
  @Override
  public void close() {
    state.stopping();
    rooms.close();
  }
}
