package io.narthex.tsdb.agent;

import io.narthex.model.labels.Labels;
import io.narthex.model.sample.Exemplar;
import org.jspecify.annotations.Nullable;

/// What an agent knows of a series. Changed under the commit lock only.
final class AgentSeries {

  final long ref;
  final Labels labels;

  /// Time of the newest sample in the log; `Long.MIN_VALUE` while there is none.
  long lastMs = Long.MIN_VALUE;

  /// Newest time with the samples of the commit `stagedIn`.
  long stagedMs;

  long stagedIn;

  /// The exemplar that was logged last.
  @Nullable Exemplar exemplar;

  AgentSeries(long ref, Labels labels) {
    this.ref = ref;
    this.labels = labels;
  }
}
