package io.narthex.model.exposition;

import io.narthex.model.labels.LabelsBuilder;
import java.util.Map;

/// Labels as text, for comparisons.
final class LabelsBuilderOf {

  private LabelsBuilderOf() {}

  static String map(Map<String, String> labels) {
    LabelsBuilder builder = new LabelsBuilder();
    labels.forEach(builder::add);
    return text(builder);
  }

  static String text(LabelsBuilder labels) {
    return labels.build().toString();
  }
}
