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
    Labels unnamed = labels.without(Labels.NAME);
    return unnamed.has(TYPE) || unnamed.has(UNIT) ? unnamed.without(TYPE).without(UNIT) : unnamed;
  }

  /// Whether both agree in the labels that {@link #drop} takes away.
  public static boolean same(Labels a, Labels b) {
    return a.metricName().equals(b.metricName())
        && a.get(TYPE).equals(b.get(TYPE))
        && a.get(UNIT).equals(b.get(UNIT));
  }

  /// Whether `label` is one of those.
  public static boolean names(String label) {
    return label.equals(Labels.NAME) || label.equals(TYPE) || label.equals(UNIT);
  }

  /// The type label, or empty.
  public static String type(Labels labels) {
    return labels.get(TYPE);
  }
}
