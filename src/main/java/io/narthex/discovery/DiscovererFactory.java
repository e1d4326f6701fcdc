package io.narthex.discovery;

/// Makes discoverers. The role that knows all mechanisms gives one to the manager.
@FunctionalInterface
public interface DiscovererFactory {

  /// A discoverer that is not started yet.
  ///
  /// @param setName the job that asked for it first, for logs and metrics
  /// @throws IllegalArgumentException with a message for the user if the configuration cannot work
  Discoverer create(DiscoveryConfig config, String setName);
}
