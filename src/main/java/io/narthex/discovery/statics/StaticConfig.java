package io.narthex.discovery.statics;

import io.narthex.config.Section;
import io.narthex.discovery.DiscoveryConfig;
import io.narthex.discovery.TargetGroup;
import io.narthex.discovery.TargetGroupText;
import java.util.ArrayList;
import java.util.List;

/// The groups of one job's `static_configs`.
public record StaticConfig(List<TargetGroup> groups) implements DiscoveryConfig {

  public StaticConfig {
    groups = List.copyOf(groups);
  }

  /// The configuration that the items of `static_configs` say; sources are their indexes.
  public static StaticConfig of(List<Section> items) {
    List<TargetGroup> groups = new ArrayList<>(items.size());
    for (Section item : items) {
      groups.add(TargetGroupText.group(item, Integer.toString(groups.size()), "", ""));
    }
    return new StaticConfig(groups);
  }

  @Override
  public String mechanism() {
    return "static";
  }
}
