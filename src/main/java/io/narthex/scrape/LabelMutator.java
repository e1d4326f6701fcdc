package io.narthex.scrape;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.labels.NameValidation;
import io.narthex.model.relabel.Relabeler;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Makes the labels of a stored series from those that a target exposes: joins them with the
/// target's own, relabels, and checks what comes out. Immutable.
final class LabelMutator {

  private static final String EXPORTED = "exported_";

  private final Labels target;
  private final boolean honorLabels;
  private final Relabeler relabeler;
  private final NameValidation names;
  private final LabelLimits limits;

  /// @param target the public labels of the target
  LabelMutator(Labels target, ScrapeProfile profile) {
    ScrapeConfig config = profile.config();
    this.target = target;
    this.honorLabels = config.honorLabels();
    this.names = config.nameValidation();
    this.relabeler = profile.samples();
    this.limits = LabelLimits.of(config);
  }

  /// The stored labels for the exposed ones in `labels`, which is used up; empty if relabelling
  /// drops the series. An exposed label with an empty value keeps the target's off if labels are
  /// honored.
  ///
  /// @throws ScrapeException with Prometheus' wording if the labels are not valid or exceed a limit
  Labels mutate(LabelsBuilder labels) {
    if (honorLabels) {
      honor(labels);
    } else {
      override(labels);
    }
    if (!relabeler.isEmpty()) {
      removeEmpty(labels);
      if (!relabeler.process(labels)) {
        return Labels.EMPTY;
      }
    }
    Labels built = build(labels);
    if (!built.isEmpty()) {
      check(built);
    }
    return built;
  }

  private static Labels build(LabelsBuilder labels) {
    try {
      return labels.build();
    } catch (IllegalArgumentException e) {
      throw new ScrapeException(e.getMessage() + ": invalid sample");
    }
  }

  private void honor(LabelsBuilder labels) {
    for (int i = 0; i < target.size(); i++) {
      if (!labels.has(target.name(i))) {
        labels.add(target.name(i), target.value(i));
      }
    }
  }

  private void override(LabelsBuilder labels) {
    List<String> clashes = List.of();
    LabelsBuilder exposed = labels;
    for (int i = 0; i < target.size(); i++) {
      String name = target.name(i);
      String value = labels.get(name);
      if (!value.isEmpty()) {
        if (clashes.isEmpty()) {
          clashes = new ArrayList<>();
          exposed = new LabelsBuilder();
        }
        clashes.add(name);
        exposed.add(name, value);
      }
      if (labels.has(name)) {
        labels.remove(name);
      }
      labels.add(name, target.value(i));
    }
    if (clashes.isEmpty()) {
      return;
    }
    clashes.sort(Comparator.comparingInt(String::length));
    for (String name : clashes) {
      String free = EXPORTED + name;
      while (!labels.get(free).isEmpty()) {
        free = EXPORTED + free;
      }
      labels.set(free, exposed.get(name));
    }
  }

  private static void removeEmpty(LabelsBuilder labels) {
    for (int i = labels.size() - 1; i >= 0; i--) {
      if (labels.value(i).isEmpty()) {
        labels.remove(labels.name(i));
      }
    }
  }

  private void check(Labels labels) {
    if (!labels.has(Labels.NAME)) {
      throw new ScrapeException("missing metric name (__name__ label)");
    }
    boolean valid = names.allowsMetric(labels.metricName());
    for (int i = 0; valid && i < labels.size(); i++) {
      valid = names.allowsLabel(labels.name(i));
    }
    if (!valid) {
      throw new ScrapeException("invalid metric name or label names: " + labels);
    }
    limits.check(labels);
  }
}
