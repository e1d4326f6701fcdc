package io.narthex.role;

import io.narthex.api.GlobalUrl;
import io.narthex.api.StatusSource;
import io.narthex.api.StorageAdmin;
import io.narthex.exporter.KernelFiles;
import io.narthex.exporter.node.NodeExporterOptions;
import io.narthex.exporter.process.JvmMetrics;
import io.narthex.exporter.process.ProcessMetrics;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Matcher;
import io.narthex.role.config.ServerConfig;
import io.narthex.role.flags.ServerFlags;
import io.narthex.scrape.ScrapeManager;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.ReplayStatus;
import io.narthex.tsdb.Tsdb;
import io.narthex.tsdb.TsdbLimits;
import io.narthex.tsdb.block.BlockMeta;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the server can tell about itself, at any time of its life.
final class ServerState implements StatusSource, StorageAdmin {

  private static final String CORRUPTIONS = "prometheus_tsdb_wal_corruptions_total";

  private final ServerFlags flags;
  private final ReplayStatus replay = new ReplayStatus();
  private final ServerRole.Ground ground;
  private final long startMs;
  private final String hostname;
  private final GlobalUrl globalUrl;
  private volatile @Nullable RunningConfig config;
  private volatile @Nullable ScrapeManager scrape;
  private volatile @Nullable StorageOpening storage;
  private volatile @Nullable Tsdb tsdb;
  private volatile boolean isServing;
  private volatile boolean isStopping;

  ServerState(ServerFlags flags, ServerRole.Ground ground, long startMs) {
    this.flags = flags;
    this.ground = ground;
    this.startMs = startMs;
    this.hostname = hostName();
    List<String> ports =
        flags.web().listenAddresses().stream()
            .map(a -> a.substring(a.lastIndexOf(':') + 1))
            .toList();
    this.globalUrl = new GlobalUrl(flags.web().externalUrl(), ports);
  }

  static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  void register(Metrics metrics) {
    metrics.collector(
        new ProcessMetrics(new KernelFiles(NodeExporterOptions.defaults().roots()))::collect);
    metrics.collector(new JvmMetrics()::collect);
    metrics.gaugeFunction(
        "prometheus_ready",
        "Whether Prometheus startup was fully completed and the server is ready for normal"
            + " operation.",
        () -> readiness() == Readiness.READY ? 1 : 0);
  }

  void serving(RunningConfig running, ScrapeManager manager) {
    config = running;
    scrape = manager;
  }

  /// Requests are answered from now on; those that need the whole storage wait for it.
  void ready(StorageOpening coming) {
    storage = coming;
    isServing = true;
  }

  void opened(Tsdb opened) {
    tsdb = opened;
  }

  /// Waits as long as a query may take.
  private Tsdb tsdb() {
    Tsdb opened = tsdb;
    StorageOpening coming = storage;
    if (opened == null && coming != null) {
      opened = coming.within(flags.query().timeoutMs());
    }
    if (opened == null) {
      throw new StorageException("TSDB not ready");
    }
    return opened;
  }

  /// Hands changed limits to the storage; before that is open, it has them from its options.
  void limits(TsdbLimits limits) {
    Tsdb opened = tsdb;
    if (opened != null) {
      opened.apply(limits);
    }
  }

  void stopping() {
    isStopping = true;
  }

  ReplayStatus replay() {
    return replay;
  }

  String hostname() {
    return hostname;
  }

  GlobalUrl globalUrl() {
    return globalUrl;
  }

  ScrapeManager scrape() {
    return Objects.requireNonNull(scrape);
  }

  private RunningConfig config() {
    return Objects.requireNonNull(config);
  }

  @Override
  public String configYaml() {
    return config().current().yaml();
  }

  @Override
  public Map<String, String> flags() {
    ServerConfig current = config().current();
    return flags.shown(current.storage());
  }

  @Override
  public Build build() {
    BuildInfo b = ground.build();
    return new Build(
        b.version(),
        b.revision(),
        b.branch(),
        b.buildUser(),
        b.buildDate(),
        BuildInfo.javaVersion());
  }

  @Override
  public Runtime runtime() {
    java.lang.Runtime jvm = java.lang.Runtime.getRuntime();
    return new Runtime(
        startMs,
        Path.of("").toAbsolutePath().toString(),
        hostname,
        ground.clock().nowMs(),
        config().lastSucceeded(),
        config().lastSuccessMs(),
        (int) ground.metrics().counter(CORRUPTIONS, "Total number of WAL corruptions.").value(),
        ManagementFactory.getThreadMXBean().getThreadCount(),
        jvm.availableProcessors(),
        jvm.maxMemory(),
        Storages.retentionText(config().current().storage()));
  }

  @Override
  public TsdbStats tsdb(int limit) {
    return Storages.stats(tsdb(), limit);
  }

  @Override
  public boolean isEnabled() {
    return flags.web().enableAdminApi();
  }

  @Override
  public void deleteSeries(long minMs, long maxMs, List<Matcher> matchers) {
    tsdb().delete(minMs, maxMs, matchers);
  }

  @Override
  public void cleanTombstones() {
    tsdb().cleanTombstones();
  }

  @Override
  public String snapshot(boolean skipHead) {
    return tsdb().snapshot(skipHead);
  }

  @Override
  public WalReplay walReplay() {
    return Storages.walReplay(replay);
  }

  @Override
  public List<String> blockMetas() {
    return tsdb().blocks().stream().map(BlockMeta::json).toList();
  }

  @Override
  public Readiness readiness() {
    if (isStopping) {
      return Readiness.STOPPING;
    }
    return isServing ? Readiness.READY : Readiness.STARTING;
  }
}
