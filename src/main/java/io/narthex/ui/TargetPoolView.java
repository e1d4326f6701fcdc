package io.narthex.ui;

import java.util.List;

/// A scrape pool and its active targets.
public record TargetPoolView(String name, List<TargetView> targets) {

  /// How many targets are healthy.
  public long up() {
    return targets.stream().filter(target -> target.health().equals("up")).count();
  }
}
