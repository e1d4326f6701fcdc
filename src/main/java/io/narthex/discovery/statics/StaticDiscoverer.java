package io.narthex.discovery.statics;

import io.narthex.discovery.Discoverer;

/// Tells what the configuration says, once.
public final class StaticDiscoverer implements Discoverer {

  private final StaticConfig config;

  public StaticDiscoverer(StaticConfig config) {
    this.config = config;
  }

  @Override
  public void start(Listener listener) {
    listener.update(config.groups());
  }

  @Override
  public void close() {
    // Nothing runs.
  }
}
