package io.narthex.discovery;

import io.narthex.model.labels.Labels;
import java.util.List;

/// Targets that came from one place and share labels.
///
/// @param source identifies the group within its discoverer, such as a file's path and the index in
///   it; a later group of the same source replaces this one
/// @param targets labels of each target, `__address__` among them; empty if the source is gone
/// @param labels labels common to all targets; a target's own label of the same name wins
public record TargetGroup(String source, List<Labels> targets, Labels labels) {

  public TargetGroup {
    targets = List.copyOf(targets);
  }
}
