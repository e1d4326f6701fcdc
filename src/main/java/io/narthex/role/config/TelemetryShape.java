package io.narthex.role.config;

import static io.narthex.config.FieldTypes.BOOL;
import static io.narthex.config.FieldTypes.DURATION;
import static io.narthex.config.FieldTypes.FLOAT;
import static io.narthex.config.FieldTypes.STRING;

import io.narthex.config.FieldType;
import io.narthex.config.FieldTypes;
import io.narthex.config.ListTypes;
import io.narthex.config.Section;
import io.narthex.config.SectionTypes;
import io.narthex.config.Shape;
import io.narthex.io.http.HttpClientShape;
import io.narthex.model.labels.GoQuote;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// `otlp` and `tracing`: what comes in and goes out by OpenTelemetry's protocol.
final class TelemetryShape {

  private static final FieldType<String> CLIENT =
      FieldTypes.text("", TelemetryShape::client, text -> text);

  static final Shape OTLP =
      Shape.of("config.plain")
          .add("promote_all_resource_attributes", BOOL)
          .add("promote_resource_attributes", ListTypes.STRINGS)
          .add("ignore_resource_attributes", ListTypes.STRINGS)
          .add("translation_strategy", STRING, "UnderscoreEscapingWithSuffixes")
          .add("keep_identifying_resource_attributes", BOOL)
          .add("convert_histograms_to_nhcb", BOOL)
          .add("promote_scope_metadata", BOOL)
          .add("label_name_underscore_sanitization", BOOL, true)
          .add("label_name_preserve_multiple_underscores", BOOL, true)
          .check(TelemetryShape::otlp)
          .build();

  static final Shape TRACING =
      Shape.of("config.plain")
          .add("client_type", CLIENT, "grpc")
          .add("endpoint", STRING)
          .add("sampling_fraction", FLOAT)
          .add("insecure", BOOL)
          .add("tls_config", SectionTypes.always(HttpClientShape.TLS))
          .add("headers", ListTypes.STRING_MAP)
          .add("compression", STRING)
          .add("timeout", DURATION)
          .check(TelemetryShape::tracing)
          .build();

  private TelemetryShape() {}

  private static String client(String word) {
    if (!word.equals("http") && !word.equals("grpc")) {
      throw new IllegalArgumentException(
          "expected tracing client type to be to be http or grpc, but got " + word);
    }
    return word;
  }

  private static Section tracing(Section section) {
    ReservedHeaders.check(
        section, "custom authorization header configuration is not yet supported");
    if (!section.isSet("endpoint")) {
      throw section.error("tracing endpoint must be set");
    }
    String compression = section.string("compression");
    if (!compression.isEmpty() && !compression.equals("gzip")) {
      throw section.error(
          "compression",
          "invalid compression type " + compression + " provided, valid options: gzip");
    }
    return section;
  }

  private static Section otlp(Section section) {
    List<String> promoted = section.strings("promote_resource_attributes");
    List<String> ignored = section.strings("ignore_resource_attributes");
    if (!section.bool("promote_all_resource_attributes")) {
      if (!ignored.isEmpty()) {
        throw section.error(
            "ignore_resource_attributes",
            "'ignore_resource_attributes' cannot be configured unless"
                + " 'promote_all_resource_attributes' is true");
      }
      return section.with(
          "promote_resource_attributes",
          attributes(section, "promote_resource_attributes", "promoted"));
    }
    if (!promoted.isEmpty()) {
      throw section.error(
          "promote_resource_attributes",
          "'promote_all_resource_attributes' and 'promote_resource_attributes' cannot be"
              + " configured simultaneously");
    }
    return section.with(
        "ignore_resource_attributes", attributes(section, "ignore_resource_attributes", "ignored"));
  }

  /// The attributes, trimmed; none empty, none twice.
  private static List<String> attributes(Section section, String field, String adjective) {
    Set<String> seen = new HashSet<>();
    for (String raw : section.strings(field)) {
      String attribute = raw.strip();
      if (attribute.isEmpty()) {
        throw section.error(
            field, "invalid '" + field + "': empty " + adjective + " OTel resource attribute");
      }
      if (!seen.add(attribute)) {
        throw section.error(
            field,
            "invalid '"
                + field
                + "': duplicated "
                + adjective
                + " OTel resource attribute "
                + GoQuote.quote(attribute));
      }
    }
    return section.strings(field).stream().map(String::strip).toList();
  }

  /// Checks the strategy under the names that are allowed.
  static void validate(Section otlp, boolean legacyNames) {
    String strategy = otlp.string("translation_strategy");
    switch (strategy) {
      case "", "UnderscoreEscapingWithSuffixes", "UnderscoreEscapingWithoutSuffixes" -> {}
      case "NoTranslation", "NoUTF8EscapingWithSuffixes" -> {
        if (legacyNames) {
          throw otlp.error(
              "translation_strategy",
              "OTLP translation strategy "
                  + GoQuote.quote(strategy)
                  + " is not allowed when UTF8 is disabled");
        }
      }
      default ->
          throw otlp.error(
              "translation_strategy",
              "unsupported OTLP translation strategy " + GoQuote.quote(strategy));
    }
  }
}
