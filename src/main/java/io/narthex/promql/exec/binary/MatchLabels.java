package io.narthex.promql.exec.binary;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.promql.ast.Matching;
import io.narthex.promql.ast.Matching.Cardinality;
import io.narthex.promql.exec.series.MetricName;
import io.narthex.promql.exec.series.Signatures;
import java.util.ArrayList;
import java.util.List;

/// The labels by which series match, and those of what comes of a match.
final class MatchLabels {

  private final Matching matching;
  private final boolean dropName;

  /// @param dropName whether the result is no longer the metric that it was
  MatchLabels(Matching matching, boolean dropName) {
    this.matching = matching;
    this.dropName = dropName;
  }

  /// Numbers series by the labels that must agree.
  static Signatures signatures(Matching matching) {
    List<String> names = new ArrayList<>(matching.labels());
    if (!matching.on()) {
      names.add(Labels.NAME);
    }
    return new Signatures(names, matching.on());
  }

  /// The labels that must agree, of one series.
  Labels matched(Labels labels) {
    return signatures(matching).keep(labels);
  }

  /// The labels of a match.
  Labels result(Labels many, Labels one) {
    Labels base = dropName ? MetricName.drop(many) : many;
    boolean oneToOne = matching.cardinality() == Cardinality.ONE_TO_ONE;
    if (!oneToOne && matching.include().isEmpty()) {
      return base;
    }
    LabelsBuilder builder = new LabelsBuilder();
    for (int i = 0; i < base.size(); i++) {
      if (!oneToOne || matching.labels().contains(base.name(i)) == matching.on()) {
        builder.add(base.name(i), base.value(i));
      }
    }
    for (String name : matching.include()) {
      builder.set(name, one.get(name));
    }
    return builder.build();
  }
}
