package io.narthex.discovery.catalog;

import static io.narthex.config.FieldTypes.DURATION;
import static io.narthex.config.FieldTypes.INT;

import io.narthex.config.FieldType;
import io.narthex.config.FieldTypes;
import io.narthex.config.ListTypes;
import io.narthex.config.Section;
import io.narthex.config.SectionTypes;
import io.narthex.config.Shape;
import io.narthex.config.Urls;
import io.narthex.io.http.HttpClientCheck;
import io.narthex.io.http.HttpClientShape;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// All mechanisms, and what their tables share.
public final class Kinds {

  private static final long SECOND_MS = 1000;

  private Kinds() {}

  /// The shape of one item of each list, by the name of the list such as `dns_sd_configs`.
  public static Map<String, Shape> all() {
    Map<String, Shape> all = new TreeMap<>();
    all.putAll(AwsKinds.SHAPES);
    all.putAll(CloudKinds.SHAPES);
    all.putAll(HostingKinds.SHAPES);
    all.putAll(ClusterKinds.SHAPES);
    all.putAll(RegistryKinds.SHAPES);
    return all;
  }

  /// A table with the fields of an HTTP client at its beginning, whose check comes last.
  static Shape.Builder overHttp(String room) {
    return Shape.of(room + ".plain").inline(HttpClientShape.FIELDS);
  }

  static Shape checkedOverHttp(Shape.Builder builder) {
    return builder.check(HttpClientCheck::check).build();
  }

  static Shape.Builder refresh(Shape.Builder builder, int seconds) {
    return builder.shown("refresh_interval", DURATION, seconds * SECOND_MS);
  }

  static Shape.Builder port(Shape.Builder builder, long port) {
    return builder.shown("port", INT, port);
  }

  /// A word out of a few.
  ///
  /// @param what begins the message about another word
  static FieldType<String> oneOf(String what, String... words) {
    return FieldTypes.text(
        "",
        word -> {
          if (List.of(words).contains(word)) {
            return word;
          }
          throw new IllegalArgumentException(what + " \"" + word + "\"");
        },
        word -> word);
  }

  /// `filters` of a mechanism: names and values.
  static FieldType<List<Section>> filters(String room) {
    return SectionTypes.list(
        Shape.of(room + ".Filter")
            .shown("name", FieldTypes.STRING, "")
            .shown("values", ListTypes.STRINGS, List.of())
            .build(),
        "");
  }

  static void require(Section section, String field, String message) {
    if (!section.isSet(field)) {
      throw section.error(field, message);
    }
  }

  static void check(boolean ok, Section section, String field, String message) {
    if (!ok) {
      throw section.error(field, message);
    }
  }

  /// Checks the field `url` or such.
  static void webUrl(Section section, String field) {
    require(section, field, "URL is missing");
    URI url = parsed(section, field, "");
    check(
        "http".equals(url.getScheme()) || "https".equals(url.getScheme()),
        section,
        field,
        "URL scheme must be 'http' or 'https'");
    check(url.getRawAuthority() != null, section, field, "host is missing in URL");
  }

  static URI parsed(Section section, String field, String prefix) {
    try {
      return Urls.parse(section.string(field));
    } catch (IllegalArgumentException e) {
      throw section.error(field, prefix + e.getMessage());
    }
  }

  static void secretKey(Section section) {
    boolean inline = section.isSet("secret_key");
    boolean file = section.isSet("secret_key_file");
    check(
        inline || file,
        section,
        "secret_key",
        "one of secret_key & secret_key_file must be configured");
    check(
        !(inline && file),
        section,
        "secret_key",
        "at most one of secret_key & secret_key_file must be configured");
  }
}
