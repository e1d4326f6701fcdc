package io.narthex.role.config;

import static io.narthex.config.FieldTypes.INT;

import io.narthex.config.ListTypes;
import io.narthex.config.Section;
import io.narthex.config.SectionTypes;
import io.narthex.config.Shape;
import io.narthex.model.labels.GoQuote;
import java.util.regex.Pattern;

/// The file as a whole, and a file of further jobs.
final class FileShape {

  private static final Pattern GLOB = Pattern.compile("[^*]*(\\*[^/]*)?");

  /// Go's garbage collector is tuned here; there is none.
  private static final Shape RUNTIME =
      Shape.of("config.RuntimeConfig").add("gogc", INT, 75L).build();

  /// `scrape_configs` alone, as in the files of `scrape_config_files`.
  static final Shape JOBS =
      Shape.of("config.ScrapeConfigs")
          .add(
              "scrape_configs",
              SectionTypes.list(ScrapeShape.SHAPE, "empty or null scrape config section"))
          .build();

  static final Shape SHAPE =
      Shape.of("config.plain")
          .add("global", SectionTypes.always(GlobalShape.SHAPE))
          .add("runtime", SectionTypes.always(RUNTIME))
          .add("alerting", SectionTypes.always(AlertingShape.SHAPE))
          .add("rule_files", ListTypes.FILES)
          .add("scrape_config_files", ListTypes.FILES)
          .inline(JOBS)
          .add("storage", SectionTypes.always(StorageShape.SHAPE))
          .add("tracing", SectionTypes.optional(TelemetryShape.TRACING))
          .add(
              "remote_write",
              SectionTypes.list(RemoteShape.WRITE, "empty or null remote write config section"))
          .add(
              "remote_read",
              SectionTypes.list(RemoteShape.READ, "empty or null remote read config section"))
          .add("otlp", SectionTypes.always(TelemetryShape.OTLP))
          .check(FileShape::check)
          .build();

  private FileShape() {}

  private static Section check(Section file) {
    globs(file, "rule_files", "rule");
    globs(file, "scrape_config_files", "scrape config");
    return file;
  }

  private static void globs(Section file, String field, String what) {
    for (String path : file.strings(field)) {
      if (!GLOB.matcher(path).matches()) {
        throw file.error(field, "invalid " + what + " file path " + GoQuote.quote(path));
      }
    }
  }
}
