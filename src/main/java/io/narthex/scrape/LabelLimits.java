package io.narthex.scrape;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.Labels;

/// Limits on the labels of a sample; 0 is no limit. Lengths are in bytes of UTF-8.
record LabelLimits(int labels, int nameLengthBytes, int valueLengthBytes) {

  static LabelLimits of(ScrapeConfig config) {
    return new LabelLimits(
        config.labelLimit(), config.labelNameLengthLimit(), config.labelValueLengthLimit());
  }

  /// @throws ScrapeException with Prometheus' wording if a limit is exceeded
  void check(Labels set) {
    String metric = set.metricName();
    if (labels > 0 && set.size() > labels) {
      throw exceeded(
          "label_limit exceeded (metric: %s, number of labels: %d, limit: %d)"
              .formatted(head(metric), set.size(), labels));
    }
    if (nameLengthBytes == 0 && valueLengthBytes == 0) {
      return;
    }
    for (int i = 0; i < set.size(); i++) {
      String name = set.name(i);
      String value = set.value(i);
      if (nameLengthBytes > 0 && length(name) > nameLengthBytes) {
        throw exceeded(
            "label_name_length_limit exceeded (metric: %s, label name: %s, length: %d, limit: %d)"
                .formatted(head(metric), head(name), length(name), nameLengthBytes));
      }
      if (valueLengthBytes > 0 && length(value) > valueLengthBytes) {
        throw exceeded(
            "label_value_length_limit exceeded (metric: %s, label name: %s, value: %s, length: %d,"
                    .formatted(head(metric), head(name), GoQuote.quote(head(value)), length(value))
                + " limit: %d)".formatted(valueLengthBytes));
      }
    }
  }

  private static ScrapeException exceeded(String message) {
    return new ScrapeException(ScrapeException.Kind.LABEL_LIMIT, message);
  }

  private static int length(String text) {
    return text.getBytes(UTF_8).length;
  }

  /// The first 50 characters.
  private static String head(String text) {
    return text.codePointCount(0, text.length()) <= 50
        ? text
        : text.substring(0, text.offsetByCodePoints(0, 50));
  }
}
