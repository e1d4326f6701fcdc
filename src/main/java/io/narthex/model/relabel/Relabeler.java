package io.narthex.model.relabel;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.labels.NameValidation;
import java.util.ArrayList;
import java.util.List;

/// A compiled list of relabelling rules. Immutable and safe for any thread.
public final class Relabeler {

  /// Rules that change nothing.
  public static final Relabeler NONE = new Relabeler(List.of(), NameValidation.UTF8);

  private final List<RelabelConfig> configs;
  private final List<RelabelRule> rules;

  /// @param names labels that `replace` may write; others are skipped
  /// @throws IllegalArgumentException if a rule is not valid
  public Relabeler(List<RelabelConfig> configs, NameValidation names) {
    configs.forEach(c -> c.validate(names));
    this.configs = List.copyOf(configs);
    this.rules = configs.stream().map(c -> RelabelRule.compile(c, names)).toList();
  }

  /// Whether there is no rule.
  public boolean isEmpty() {
    return rules.isEmpty();
  }

  /// Applies the rules in order; false if the set is to be dropped, in whatever state it is then.
  public boolean process(LabelsBuilder labels) {
    for (RelabelRule rule : rules) {
      if (!rule.apply(labels)) {
        return false;
      }
    }
    return true;
  }

  /// Applies the rules in order to a copy of `labels` and tells what each left, up to and including
  /// the one that drops the set.
  public List<Step> trace(Labels labels) {
    LabelsBuilder builder = new LabelsBuilder(labels);
    List<Step> steps = new ArrayList<>(rules.size());
    for (int i = 0; i < rules.size(); i++) {
      boolean kept = rules.get(i).apply(builder);
      steps.add(new Step(configs.get(i), kept ? builder.build() : Labels.EMPTY, kept));
      if (!kept) {
        break;
      }
    }
    return steps;
  }

  /// What one rule did.
  ///
  /// @param output the labels behind the rule, empty if it dropped the set
  public record Step(RelabelConfig rule, Labels output, boolean keep) {}
}
