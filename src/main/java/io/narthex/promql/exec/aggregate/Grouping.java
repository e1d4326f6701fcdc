package io.narthex.promql.exec.aggregate;

import io.narthex.model.labels.Labels;
import io.narthex.promql.exec.series.Signatures;
import io.narthex.promql.exec.series.VectorSet;
import java.util.ArrayList;
import java.util.List;

/// Which series belong to which group.
final class Grouping {

  private final Signatures signatures;
  private final int[] groups;
  private boolean[] dropName;

  Grouping(VectorSet set, List<String> labels, boolean without) {
    List<String> names = new ArrayList<>(labels);
    if (without) {
      names.add(Labels.NAME);
    }
    signatures = new Signatures(names, !without);
    groups = new int[set.size()];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = signatures.number(set.labels(i));
    }
    dropName = new boolean[signatures.size()];
    for (int i = 0; i < groups.length; i++) {
      dropName[groups[i]] |= set.dropName(i);
    }
  }

  int count() {
    return signatures.size();
  }

  int of(int series) {
    return groups[series];
  }

  Labels labels(int group) {
    return signatures.keep(signatures.first(group));
  }

  boolean dropName(int group) {
    return dropName[group];
  }
}
