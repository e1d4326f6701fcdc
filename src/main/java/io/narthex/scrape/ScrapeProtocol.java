package io.narthex.scrape;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Exposition formats that a scrape may ask for, with the names of the configuration file.
public enum ScrapeProtocol {
  PROMETHEUS_PROTO(
      "PrometheusProto",
      "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited"),
  PROMETHEUS_TEXT_0_0_4("PrometheusText0.0.4", "text/plain;version=0.0.4"),
  PROMETHEUS_TEXT_1_0_0("PrometheusText1.0.0", "text/plain;version=1.0.0"),
  OPEN_METRICS_TEXT_0_0_1("OpenMetricsText0.0.1", "application/openmetrics-text;version=0.0.1"),
  OPEN_METRICS_TEXT_1_0_0("OpenMetricsText1.0.0", "application/openmetrics-text;version=1.0.0");

  /// What is asked for if the configuration does not say.
  public static final List<ScrapeProtocol> DEFAULT =
      List.of(
          OPEN_METRICS_TEXT_1_0_0,
          OPEN_METRICS_TEXT_0_0_1,
          PROMETHEUS_TEXT_1_0_0,
          PROMETHEUS_TEXT_0_0_4);

  /// What is asked for where native histograms or start timestamps are wanted.
  public static final List<ScrapeProtocol> PROTO_FIRST =
      List.of(
          PROMETHEUS_PROTO,
          OPEN_METRICS_TEXT_1_0_0,
          OPEN_METRICS_TEXT_0_0_1,
          PROMETHEUS_TEXT_1_0_0,
          PROMETHEUS_TEXT_0_0_4);

  private final String text;
  private final String header;

  ScrapeProtocol(String text, String header) {
    this.text = text;
    this.header = header;
  }

  /// The word of the configuration file.
  public String text() {
    return text;
  }

  /// Media type with the parameters that an `Accept` header gives.
  String header() {
    return header;
  }

  /// Media type without parameters.
  public String mediaType() {
    return header.substring(0, header.indexOf(';'));
  }

  /// The protocol of a configuration file's word.
  ///
  /// @throws IllegalArgumentException with Prometheus' wording
  public static ScrapeProtocol parse(String word) {
    for (ScrapeProtocol protocol : values()) {
      if (protocol.text.equals(word)) {
        return protocol;
      }
    }
    List<String> names = Arrays.stream(values()).map(ScrapeProtocol::text).sorted().toList();
    throw new IllegalArgumentException(
        "unknown scrape protocol " + word + ", supported: " + goList(names));
  }

  /// The protocols of a configuration file's list.
  ///
  /// @throws IllegalArgumentException with Prometheus' wording if it is empty or a word is unknown
  ///   or stands twice
  public static List<ScrapeProtocol> parseAll(List<String> words) {
    if (words.isEmpty()) {
      throw new IllegalArgumentException("scrape_protocols cannot be empty");
    }
    Set<String> seen = new HashSet<>();
    for (String word : words) {
      if (!seen.add(word.toLowerCase(java.util.Locale.ROOT))) {
        throw new IllegalArgumentException(
            "duplicated protocol in scrape_protocols, got " + goList(words));
      }
      try {
        parse(word);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("scrape_protocols: " + e.getMessage(), e);
      }
    }
    return words.stream().map(ScrapeProtocol::parse).toList();
  }

  private static String goList(List<String> words) {
    return "[" + String.join(" ", words) + "]";
  }
}
