package io.narthex.discovery;

import io.narthex.metrics.Counter;
import io.narthex.metrics.Gauge;
import io.narthex.metrics.Metrics;

/// What a manager counts, with Prometheus' names.
final class DiscoveryMetrics {

  final Gauge failedConfigs;
  final Counter receivedUpdates;
  final Counter sentUpdates;
  final Counter delayedUpdates;
  private final Metrics metrics;
  private final String name;

  DiscoveryMetrics(Metrics metrics, String name) {
    this.metrics = metrics;
    this.name = name;
    failedConfigs =
        metrics.gauge(
            "prometheus_sd_failed_configs",
            "Current number of service discovery configurations that failed to load.",
            "name",
            name);
    receivedUpdates =
        metrics.counter(
            "prometheus_sd_received_updates_total",
            "Total number of update events received from the SD providers.",
            "name",
            name);
    sentUpdates =
        metrics.counter(
            "prometheus_sd_updates_total",
            "Total number of update events sent to the SD consumers.",
            "name",
            name);
    delayedUpdates =
        metrics.counter(
            "prometheus_sd_updates_delayed_total",
            "Total number of update events that couldn't be sent immediately.",
            "name",
            name);
  }

  /// Says that the targets of `config` were sent.
  void sent(String config, int targets, long nowMs) {
    metrics
        .gauge(
            "prometheus_sd_discovered_targets",
            "Current number of discovered targets.",
            "name",
            name,
            "config",
            config)
        .set(targets);
    metrics
        .gauge(
            "prometheus_sd_last_update_timestamp_seconds",
            "Timestamp of the last update sent to the SD consumers.",
            "name",
            name,
            "config",
            config)
        .set(nowMs / 1e3);
  }

  /// Forgets a configuration that is gone.
  void remove(String config) {
    metrics.remove("prometheus_sd_discovered_targets", "name", name, "config", config);
    metrics.remove("prometheus_sd_last_update_timestamp_seconds", "name", name, "config", config);
  }
}
