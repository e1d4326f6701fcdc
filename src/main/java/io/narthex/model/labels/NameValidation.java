package io.narthex.model.labels;

/// Which metric and label names are allowed. Source: prometheus/common `model.ValidationScheme`.
public enum NameValidation {
  /// Letters, digits, underscores, and colons in metric names.
  LEGACY,
  /// Every name that UTF-8 can carry.
  UTF8;

  /// The word of the configuration file.
  public String text() {
    return this == LEGACY ? "legacy" : "utf8";
  }

  /// Whether `name` may name a label.
  public boolean allowsLabel(String name) {
    return this == LEGACY ? LabelNames.isLegacyLabel(name) : LabelNames.isUtf8(name);
  }

  /// Whether `name` may name a metric.
  public boolean allowsMetric(String name) {
    return this == LEGACY ? LabelNames.isLegacyMetric(name) : LabelNames.isUtf8(name);
  }
}
