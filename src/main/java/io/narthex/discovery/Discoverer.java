package io.narthex.discovery;

import java.util.List;

/// One configured way of finding targets: a file, a URL, a registry. Started once, closed once.
///
/// After `start` it tells the listener all its groups, then each group that changed. Errors while
/// looking are logged and counted by the discoverer; the groups told before stay valid until it can
/// see again.
public interface Discoverer extends AutoCloseable {

  /// Begins to look. Returns at once; the listener is called from any thread, one call at a time.
  void start(Listener listener);

  /// Stops looking; the listener is not called after this returns. Idempotent.
  @Override
  void close();

  /// Takes groups that are new or have changed.
  @FunctionalInterface
  interface Listener {

    /// Replaces the groups of the same sources. Must not block.
    void update(List<TargetGroup> groups);
  }
}
