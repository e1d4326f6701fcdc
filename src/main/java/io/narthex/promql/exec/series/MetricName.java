package io.narthex.promql.exec.series;

import io.narthex.model.labels.Labels;

/// The labels that say which metric a series is: they go away when a value is no longer that
/// metric's.
public final class MetricName {

  private static final String TYPE = "__type__";
  private static final String UNIT = "__unit__";

  private MetricName() {}

  /// `labels` without name, type and unit.
  public static Labels drop(Labels labels) {
    return labels.without(Labels.NAME).without(TYPE).without(UNIT);
  }

  /// The type label, or empty.
  public static String type(Labels labels) {
    return labels.get(TYPE);
  }
}
