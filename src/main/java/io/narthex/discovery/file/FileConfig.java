package io.narthex.discovery.file;

import io.narthex.config.FieldTypes;
import io.narthex.config.ListTypes;
import io.narthex.config.Section;
import io.narthex.config.Shape;
import io.narthex.discovery.DiscoveryConfig;
import io.narthex.model.labels.GoQuote;
import java.util.List;
import java.util.regex.Pattern;

/// One item of `file_sd_configs`.
///
/// @param files paths; the last part of one may hold a `*`
/// @param refreshIntervalMs between looks that nothing caused
public record FileConfig(List<String> files, long refreshIntervalMs) implements DiscoveryConfig {

  private static final Pattern NAME =
      Pattern.compile("[^*]*(\\*[^/]*)?\\.(json|yml|yaml|JSON|YML|YAML)");

  /// The fields of an item.
  public static final Shape SHAPE =
      Shape.of("file.plain")
          .shown("files", ListTypes.FILES, List.of())
          .add("refresh_interval", FieldTypes.DURATION, 300_000L)
          .check(FileConfig::check)
          .build();

  public FileConfig {
    files = List.copyOf(files);
  }

  private static Section check(Section section) {
    List<String> files = section.strings("files");
    if (files.isEmpty()) {
      throw section.error("file service discovery config must contain at least one path name");
    }
    for (String name : files) {
      if (!NAME.matcher(name).matches()) {
        throw section.error(
            "files", "path name " + GoQuote.quote(name) + " is not valid for file discovery");
      }
    }
    return section;
  }

  /// The configuration that an item says.
  public static FileConfig of(Section section) {
    return new FileConfig(section.strings("files"), section.number("refresh_interval"));
  }

  @Override
  public String mechanism() {
    return "file";
  }
}
