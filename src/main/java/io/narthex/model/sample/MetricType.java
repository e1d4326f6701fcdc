package io.narthex.model.sample;

import java.util.Locale;

/// The types of metric families, with their names in expositions and in the API.
public enum MetricType {
  UNKNOWN,
  COUNTER,
  GAUGE,
  HISTOGRAM,
  GAUGEHISTOGRAM,
  SUMMARY,
  INFO,
  STATESET;

  private final String text = name().toLowerCase(Locale.ROOT);

  /// The lower-case name, as OpenMetrics and the API write it.
  public String text() {
    return text;
  }
}
