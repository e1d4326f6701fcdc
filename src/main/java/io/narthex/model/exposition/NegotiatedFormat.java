package io.narthex.model.exposition;

import io.narthex.model.labels.NameEscaping;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// A format of expositions with the way it writes foreign names; what a scraper and an endpoint
/// agree on. Source: prometheus/common `expfmt.Negotiate`.
public record NegotiatedFormat(Kind kind, NameEscaping escaping) {

  /// What an endpoint without a protobuf writer offers.
  public static final Set<Kind> TEXTS =
      Set.of(Kind.TEXT, Kind.OPENMETRICS_0_0_1, Kind.OPENMETRICS_1_0_0);

  private static final String PROTO =
      "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=";

  /// The formats of the field.
  public enum Kind {
    TEXT("text/plain; version=0.0.4; charset=utf-8"),
    OPENMETRICS_0_0_1("application/openmetrics-text; version=0.0.1; charset=utf-8"),
    OPENMETRICS_1_0_0("application/openmetrics-text; version=1.0.0; charset=utf-8"),
    PROTO_DELIMITED(PROTO + "delimited"),
    PROTO_TEXT(PROTO + "text"),
    PROTO_COMPACT(PROTO + "compact-text");

    private final String contentType;

    Kind(String contentType) {
      this.contentType = contentType;
    }
  }

  /// The `Content-Type` of an answer in this format.
  public String contentType() {
    return kind.contentType + "; escaping=" + escaping.text();
  }

  /// The format to answer with: the first that the `Accept` header asks for and that is offered,
  /// the one with the highest `q` first; text if there is none.
  ///
  /// @param accept the header, or the empty string
  /// @param escaping what to do with foreign names if the header does not say
  public static NegotiatedFormat negotiate(
      String accept, Set<Kind> offered, NameEscaping escaping) {
    NameEscaping scheme = escaping;
    for (Range range : ranges(accept)) {
      NameEscaping asked = NameEscaping.find(range.parameter("escaping"));
      if (asked != null) {
        scheme = asked;
      }
      for (Kind kind : Kind.values()) {
        if (offered.contains(kind) && range.asksFor(kind)) {
          return new NegotiatedFormat(kind, scheme);
        }
      }
    }
    return new NegotiatedFormat(Kind.TEXT, scheme);
  }

  private static List<Range> ranges(String accept) {
    List<Range> ranges = new ArrayList<>();
    for (String element : accept.split(",")) {
      if (!element.isBlank()) {
        ranges.add(Range.parse(element));
      }
    }
    ranges.sort(Comparator.comparingDouble(Range::quality).reversed());
    return ranges;
  }

  /// One element of an `Accept` header.
  private record Range(String type, Map<String, String> parameters) {

    static Range parse(String element) {
      String[] parts = element.split(";");
      Map<String, String> parameters = new HashMap<>();
      for (int i = 1; i < parts.length; i++) {
        int equals = parts[i].indexOf('=');
        if (equals > 0) {
          parameters.put(
              parts[i].substring(0, equals).strip().toLowerCase(Locale.ROOT),
              parts[i].substring(equals + 1).strip());
        }
      }
      return new Range(parts[0].strip(), parameters);
    }

    String parameter(String name) {
      return parameters.getOrDefault(name, "");
    }

    /// The weight; an unreadable one counts as 1.
    double quality() {
      try {
        return Double.parseDouble(parameters.getOrDefault("q", "1"));
      } catch (NumberFormatException e) {
        return 1;
      }
    }

    boolean asksFor(Kind kind) {
      String version = parameter("version");
      return switch (kind) {
        case TEXT -> type.equals("text/plain") && (version.isEmpty() || version.equals("0.0.4"));
        case OPENMETRICS_0_0_1 ->
            type.equals("application/openmetrics-text")
                && (version.isEmpty() || version.equals("0.0.1"));
        case OPENMETRICS_1_0_0 ->
            type.equals("application/openmetrics-text") && version.equals("1.0.0");
        case PROTO_DELIMITED -> isProto("delimited");
        case PROTO_TEXT -> isProto("text");
        case PROTO_COMPACT -> isProto("compact-text");
      };
    }

    private boolean isProto(String encoding) {
      return type.equals("application/vnd.google.protobuf")
          && parameter("proto").equals("io.prometheus.client.MetricFamily")
          && parameter("encoding").equals(encoding);
    }
  }
}
