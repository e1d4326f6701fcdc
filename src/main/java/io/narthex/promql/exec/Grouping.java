package io.narthex.promql.exec;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import java.util.List;

/// The labels of a series' group: those of `by`, or all but those of `without` and the name. One
/// object a part: it reuses its builder.
final class Grouping {

  private final boolean without;
  private final List<String> names;
  private final LabelsBuilder builder = new LabelsBuilder();

  Grouping(boolean without, List<String> names) {
    this.without = without;
    this.names = names;
  }

  Labels of(StepSeries series) {
    if (!without && names.isEmpty()) {
      return Labels.EMPTY;
    }
    Labels labels = series.labels;
    builder.clear();
    for (int i = 0; i < labels.size(); i++) {
      String name = labels.name(i);
      boolean isName = name.equals(Labels.NAME);
      boolean keep =
          without
              ? !isName && !names.contains(name)
              : names.contains(name) && !(isName && series.dropName);
      if (keep) {
        builder.add(name, labels.value(i));
      }
    }
    return builder.build();
  }
}
