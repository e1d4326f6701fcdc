package io.narthex.discovery.file;

import io.narthex.config.ConfigException;
import io.narthex.config.YamlNode;
import io.narthex.config.YamlReader;
import io.narthex.discovery.TargetGroup;
import io.narthex.discovery.TargetGroupJson;
import io.narthex.discovery.TargetGroupText;
import io.narthex.io.disk.Disk;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A file of target groups, JSON or YAML.
public final class TargetFile {

  private static final String PATH_LABEL = "__meta_filepath";

  private TargetFile() {}

  /// The groups of a file; their sources are `path:index`.
  ///
  /// @throws ConfigException if YAML is wrong
  /// @throws IllegalArgumentException if JSON is wrong
  public static List<TargetGroup> read(Disk disk, Path file) {
    String text = new String(disk.read(file), StandardCharsets.UTF_8);
    String name = file.toString();
    if (name.toLowerCase(Locale.ROOT).endsWith(".json")) {
      return TargetGroupJson.parse(text, i -> name + ":" + i, PATH_LABEL, name);
    }
    YamlNode document = YamlReader.read(name, text);
    if (document.isNothing()) {
      return List.of();
    }
    if (!(document instanceof YamlNode.Sequence list)) {
      throw new ConfigException(
          document.place(), "cannot unmarshal " + document.tag() + " into []*targetgroup.Group");
    }
    List<TargetGroup> groups = new ArrayList<>(list.items().size());
    for (YamlNode item : list.items()) {
      if (item.isNothing()) {
        throw new ConfigException(item.place(), "nil target group item found");
      }
      groups.add(
          TargetGroupText.group(
              TargetGroupText.SHAPE.read(item), name + ":" + groups.size(), PATH_LABEL, name));
    }
    return groups;
  }
}
