package io.narthex.promql.exec;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.promql.ast.Matching;
import java.util.List;

/// The labels by which series of two sides find each other.
final class Signature {

  private final boolean on;
  private final List<String> names;
  private final LabelsBuilder builder = new LabelsBuilder();

  Signature(Matching matching) {
    this.on = matching.on();
    this.names = matching.labels();
  }

  Labels of(StepSeries series) {
    Labels labels = series.labels;
    builder.clear();
    for (int i = 0; i < labels.size(); i++) {
      String name = labels.name(i);
      boolean listed = names.contains(name);
      if (on ? listed : !listed && !name.equals(Labels.NAME)) {
        builder.add(name, labels.value(i));
      }
    }
    return builder.build();
  }
}
