package io.narthex.role.config;

import io.narthex.config.ConfigException;
import io.narthex.config.Section;
import io.narthex.config.SectionTypes;
import io.narthex.config.Shape;
import io.narthex.discovery.DiscoveryConfig;
import io.narthex.discovery.TargetGroupText;
import io.narthex.discovery.catalog.Kinds;
import io.narthex.discovery.file.FileConfig;
import io.narthex.discovery.http.HttpListConfig;
import io.narthex.discovery.statics.StaticConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The fields `static_configs`, `file_sd_configs` ... that jobs and Alertmanagers are found by.
final class DiscoveryFields {

  /// Shapes of one item by field, those that are served included.
  private static final SortedMap<String, Shape> SHAPES = shapes();

  private DiscoveryFields() {}

  private static SortedMap<String, Shape> shapes() {
    SortedMap<String, Shape> shapes = new TreeMap<>(Kinds.all());
    shapes.put("static_configs", TargetGroupText.SHAPE);
    shapes.put("file_sd_configs", FileConfig.SHAPE);
    shapes.put("http_sd_configs", HttpListConfig.SHAPE);
    return shapes;
  }

  /// Adds all the fields.
  static Shape.Builder add(Shape.Builder builder) {
    for (Map.Entry<String, Shape> entry : SHAPES.entrySet()) {
      builder.add(
          entry.getKey(),
          SectionTypes.list(entry.getValue(), "empty or null section in " + entry.getKey()));
    }
    return builder;
  }

  /// Refuses static targets that are URLs, where no relabelling can mend them.
  ///
  /// @throws ConfigException with Prometheus' wording
  static void checkAddresses(Section section) {
    if (section.sections("relabel_configs").isEmpty()) {
      section.sections("static_configs").forEach(TargetGroupText::checkAddresses);
    }
  }

  /// What the served fields say.
  static List<DiscoveryConfig> configs(Section section) {
    List<DiscoveryConfig> configs = new ArrayList<>();
    section.sections("file_sd_configs").forEach(item -> configs.add(FileConfig.of(item)));
    section.sections("http_sd_configs").forEach(item -> configs.add(HttpListConfig.of(item)));
    List<Section> statics = section.sections("static_configs");
    if (!statics.isEmpty()) {
      configs.add(StaticConfig.of(statics));
    }
    return List.copyOf(configs);
  }

  /// Names of fields that are used and that nobody serves.
  static List<String> unserved(Section section) {
    return Kinds.all().keySet().stream().filter(section::isSet).sorted().toList();
  }
}
