package io.narthex.ui;

import java.util.List;

/// A scrape pool and its active targets.
public record TargetPoolView(String name, List<TargetView> targets) {

  /// How many targets are healthy.
  public long up() {
    return targets.stream().filter(target -> target.health().equals("up")).count();
  }

  /// `up` if all targets are, `mixed` if some are, `down` if none is although one was scraped, and
  /// else `unknown`.
  String state() {
    long up = up();
    if (up > 0) {
      return up == targets.size() ? "up" : "mixed";
    }
    boolean failed = targets.stream().anyMatch(target -> target.health().equals("down"));
    return failed ? "down" : "unknown";
  }
}
