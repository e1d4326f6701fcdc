package io.narthex.discovery;

/// A configured way of finding targets. Equal configurations find the same targets: the manager
/// runs one discoverer for all jobs that share one, and keeps it over reloads.
public interface DiscoveryConfig {

  /// The mechanism's word, such as `file`.
  String mechanism();
}
