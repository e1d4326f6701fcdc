package io.narthex.discovery.http;

import io.narthex.config.FieldTypes;
import io.narthex.config.Section;
import io.narthex.config.Shape;
import io.narthex.config.Urls;
import io.narthex.discovery.DiscoveryConfig;
import io.narthex.io.http.HttpClientCheck;
import io.narthex.io.http.HttpClientConfig;
import io.narthex.io.http.HttpClientShape;
import java.net.URI;

/// One item of `http_sd_configs`.
///
/// @param url as it was written; it names the source and stands in `__meta_url`
/// @param refreshIntervalMs between requests, also the timeout of one
public record HttpListConfig(String url, long refreshIntervalMs, HttpClientConfig client)
    implements DiscoveryConfig {

  /// The fields of an item.
  public static final Shape SHAPE =
      Shape.of("http.plain")
          .inline(HttpClientShape.FIELDS)
          .add("refresh_interval", FieldTypes.DURATION, 60_000L)
          .shown("url", FieldTypes.STRING, "")
          .check(HttpListConfig::checkUrl)
          .check(HttpClientCheck::check)
          .build();

  private static Section checkUrl(Section section) {
    if (!section.isSet("url")) {
      throw section.error("URL is missing");
    }
    URI url;
    try {
      url = Urls.parse(section.string("url"));
    } catch (IllegalArgumentException e) {
      throw section.error("url", String.valueOf(e.getMessage()));
    }
    if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
      throw section.error("url", "URL scheme must be 'http' or 'https'");
    }
    if (url.getRawAuthority() == null) {
      throw section.error("url", "host is missing in URL");
    }
    return section;
  }

  /// The configuration that an item says.
  public static HttpListConfig of(Section section) {
    return new HttpListConfig(
        section.string("url"), section.number("refresh_interval"), HttpClientConfig.of(section));
  }

  @Override
  public String mechanism() {
    return "http";
  }
}
