package io.narthex.promql.exec;

/// An aggregation that takes series in one after another and keeps a fixed state a group and step.
interface GroupKernel {

  /// The state of one group.
  interface State {

    /// Takes a series in.
    void add(StepSeries series);

    /// Takes in what another part of the work has gathered for the same group.
    void merge(State other);

    /// Puts the result into `out`.
    void finish(StepSeries out);
  }

  /// The state of a group that has seen nothing.
  State begin(int steps);
}
