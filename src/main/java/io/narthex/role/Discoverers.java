package io.narthex.role;

import io.narthex.clock.Clock;
import io.narthex.clock.Timers;
import io.narthex.discovery.Discoverer;
import io.narthex.discovery.DiscovererFactory;
import io.narthex.discovery.DiscoveryConfig;
import io.narthex.discovery.file.FileConfig;
import io.narthex.discovery.file.FileDiscoverer;
import io.narthex.discovery.file.FileMetrics;
import io.narthex.discovery.http.HttpListConfig;
import io.narthex.discovery.http.HttpListDiscoverer;
import io.narthex.discovery.statics.StaticConfig;
import io.narthex.discovery.statics.StaticDiscoverer;
import io.narthex.io.disk.Disk;
import io.narthex.io.http.ConfiguredClients;
import io.narthex.metrics.Metrics;
import java.util.concurrent.Executor;

/// The mechanisms of discovery that a server has.
final class Discoverers implements DiscovererFactory {

  private final Disk disk;
  private final ConfiguredClients clients;
  private final Clock clock;
  private final Timers timers;
  private final Executor blocking;
  private final Metrics metrics;
  private final FileMetrics fileMetrics;
  private final String version;

  Discoverers(
      Disk disk,
      ConfiguredClients clients,
      Clock clock,
      Timers timers,
      Executor blocking,
      Metrics metrics,
      String version) {
    this.disk = disk;
    this.clients = clients;
    this.clock = clock;
    this.timers = timers;
    this.blocking = blocking;
    this.metrics = metrics;
    this.fileMetrics = FileMetrics.of(metrics);
    this.version = version;
  }

  @Override
  public Discoverer create(DiscoveryConfig config, String setName) {
    return switch (config) {
      case StaticConfig fixed -> new StaticDiscoverer(fixed);
      case FileConfig file -> new FileDiscoverer(file, disk, clock, timers, blocking, fileMetrics);
      case HttpListConfig http ->
          new HttpListDiscoverer(
              http,
              clients.source(http.client()).open(),
              clock,
              timers,
              metrics,
              setName,
              "Narthex/" + version);
      default ->
          throw new IllegalArgumentException("not implemented: discovery by " + config.mechanism());
    };
  }
}
