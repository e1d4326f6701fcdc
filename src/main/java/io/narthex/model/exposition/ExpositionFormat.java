package io.narthex.model.exposition;

import io.narthex.model.labels.GoQuote;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Families of formats that need different parsers.
public enum ExpositionFormat {
  /// text/plain, 0.0.4 and 1.0.0.
  TEXT("text/plain"),
  /// application/openmetrics-text, 0.0.1 and 1.0.0.
  OPEN_METRICS("application/openmetrics-text"),
  /// application/vnd.google.protobuf, delimited MetricFamily messages.
  PROTOBUF("application/vnd.google.protobuf");

  private final String mediaType;

  ExpositionFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  public String mediaType() {
    return mediaType;
  }

  /// The format of an answer.
  ///
  /// @param contentType value of the Content-Type header, empty if there was none
  /// @param fallback what to take if it says nothing useful
  /// @throws ExpositionException with Prometheus' wording if it says nothing useful and there is no
  ///   fallback
  public static ExpositionFormat of(String contentType, @Nullable ExpositionFormat fallback) {
    ExpositionFormat known = contentType.isEmpty() ? null : ofMediaType(contentType);
    if (known != null) {
      return known;
    }
    if (fallback != null) {
      return fallback;
    }
    if (contentType.isEmpty()) {
      throw new ExpositionException(
          "non-compliant scrape target sending blank Content-Type and no fallback_scrape_protocol"
              + " specified for target",
          0);
    }
    String quoted = GoQuote.quote(contentType);
    throw new ExpositionException(
        isMediaType(contentType)
            ? "received unsupported Content-Type "
                + quoted
                + " and no fallback_scrape_protocol specified for target"
            : "cannot parse Content-Type " + quoted + " and no fallback_scrape_protocol for target",
        0);
  }

  /// The format of a media type, parameters and case ignored, or null.
  public static @Nullable ExpositionFormat ofMediaType(String contentType) {
    int semicolon = contentType.indexOf(';');
    String bare = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
    String mediaType = bare.strip().toLowerCase(Locale.ROOT);
    for (ExpositionFormat format : values()) {
      if (format.mediaType.equals(mediaType)) {
        return format;
      }
    }
    return null;
  }

  private static boolean isMediaType(String contentType) {
    int semicolon = contentType.indexOf(';');
    String bare = (semicolon < 0 ? contentType : contentType.substring(0, semicolon)).strip();
    return bare.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+(/[!#$%&'*+.^_`|~0-9A-Za-z-]+)?");
  }
}
