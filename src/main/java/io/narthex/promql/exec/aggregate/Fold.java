package io.narthex.promql.exec.aggregate;

import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.Lane;
import org.jspecify.annotations.Nullable;

/// The groups of one aggregation while series come in. One instance belongs to one lane until it is
/// merged.
interface Fold {

  /// Takes in a series.
  ///
  /// @param metric its metric name, for annotations
  void add(int group, int series, Column column, String metric, Lane lane);

  /// Takes in what `later` has of the series behind this one's.
  void merge(Fold later, Lane lane);

  /// The values of a group, or null if it has none.
  @Nullable Column result(int group, Lane lane);
}
