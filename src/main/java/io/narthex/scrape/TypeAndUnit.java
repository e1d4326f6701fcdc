package io.narthex.scrape;

import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.sample.MetricType;

/// Puts what a target says of a family into the labels of its series. Source: prometheus
/// `schema/labels.go`.
final class TypeAndUnit {

  private static final String TYPE = "__type__";
  private static final String UNIT = "__unit__";

  private TypeAndUnit() {}

  /// Sets the labels that are known, in place of those that the target exposes under their names.
  ///
  /// @param unit empty if there is none
  static void set(LabelsBuilder labels, MetricType type, String unit) {
    if (type != MetricType.UNKNOWN) {
      labels.set(TYPE, type.text());
    }
    if (!unit.isEmpty()) {
      labels.set(UNIT, unit);
    }
  }
}
