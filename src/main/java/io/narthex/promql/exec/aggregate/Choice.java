package io.narthex.promql.exec.aggregate;

import io.narthex.promql.exec.series.Column;

/// A fold that keeps some of the series as they are.
interface Choice extends Fold {

  /// Hands out what was chosen of a group.
  void chosen(int group, Picks picks);

  /// Takes what was chosen.
  interface Picks {

    /// The column of `series`, to be filled at `step`. Series come out in the order in which they
    /// were first picked.
    Column pick(int series, int step);
  }
}
