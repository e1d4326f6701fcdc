package io.narthex.role;

import io.narthex.clock.Clock;
import io.narthex.config.ConfigException;
import io.narthex.metrics.Gauge;
import io.narthex.metrics.Metrics;
import io.narthex.role.config.ServedSections;
import io.narthex.role.config.ServerConfig;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The configuration in force and its reload: all or nothing, a bad file keeps the old one.
/// Thread-safe.
final class RunningConfig {

  private static final Logger LOG = System.getLogger(RunningConfig.class.getName());

  private final Supplier<ServerConfig> reader;
  private final Consumer<ServerConfig> apply;
  private final Clock clock;
  private final Gauge successful;
  private final Gauge successTime;
  private volatile ServerConfig current;
  private volatile boolean lastSucceeded = true;
  private volatile long lastSuccessMs;

  /// @param first read at start, not applied yet
  /// @param reader reads the file again
  /// @param apply hands a configuration to all rooms; throws what the user did wrong
  RunningConfig(
      ServerConfig first,
      Supplier<ServerConfig> reader,
      Consumer<ServerConfig> apply,
      Clock clock,
      Metrics metrics) {
    this.current = first;
    this.reader = reader;
    this.apply = apply;
    this.clock = clock;
    this.successful =
        metrics.gauge(
            "prometheus_config_last_reload_successful",
            "Whether the last configuration reload attempt was successful.");
    this.successTime =
        metrics.gauge(
            "prometheus_config_last_reload_success_timestamp_seconds",
            "Timestamp of the last successful configuration reload.");
  }

  /// Applies the configuration that was read at start.
  void applyFirst() {
    apply.accept(current);
    succeeded(current);
  }

  /// Reads the file again and applies it; returns the empty string, or why the old one stays in
  /// force.
  synchronized String reload() {
    ServerConfig next;
    try {
      next = reader.get();
      ServedSections.check(next);
    } catch (ConfigException | RoleException e) {
      return failed(String.valueOf(e.getMessage()));
    }
    try {
      apply.accept(next);
    } catch (IllegalArgumentException e) {
      apply.accept(current);
      return failed(String.valueOf(e.getMessage()));
    }
    succeeded(next);
    LOG.log(Level.INFO, "Completed loading of configuration file");
    return "";
  }

  private void succeeded(ServerConfig config) {
    current = config;
    lastSucceeded = true;
    lastSuccessMs = clock.nowMs();
    successful.set(1);
    successTime.set(Math.floor(lastSuccessMs / 1000.0));
  }

  private String failed(String why) {
    lastSucceeded = false;
    successful.set(0);
    LOG.log(Level.ERROR, "Error reloading config, the old one stays in force: {0}", why);
    return why;
  }

  ServerConfig current() {
    return current;
  }

  boolean lastSucceeded() {
    return lastSucceeded;
  }

  /// When a configuration was last put into force, milliseconds since the epoch.
  long lastSuccessMs() {
    return lastSuccessMs;
  }
}
