package io.narthex.promql.exec;

import io.narthex.model.labels.Labels;
import java.util.HashMap;
import java.util.Map;

/// Passes series on and sees to it that no two have the same labels at the same step.
final class Unique implements Sinks {

  private static final String MESSAGE = "vector cannot contain metrics with the same labelset";

  private final Sinks target;
  private final boolean check;
  private final boolean wholeSeries;
  private final Map<Labels, boolean[]> seen = new HashMap<>();

  /// @param check false where it is known beforehand that labels are distinct
  Unique(Sinks target, boolean check) {
    this(target, check, false);
  }

  /// @param wholeSeries whether equal labels are wrong even at different steps, as for range
  ///   functions
  Unique(Sinks target, boolean check, boolean wholeSeries) {
    this.target = target;
    this.check = check;
    this.wholeSeries = wholeSeries;
  }

  @Override
  public void begin(int parts) {
    target.begin(parts);
  }

  @Override
  public Sink part(int index) {
    Sink next = target.part(index);
    if (!check) {
      return next;
    }
    return series -> {
      if (!series.isEmpty()) {
        note(series);
        next.accept(series);
      }
    };
  }

  private synchronized void note(StepSeries series) {
    if (series.dropName) {
      // With delayed name removal the check comes at the end of the query.
      return;
    }
    boolean[] steps = new boolean[series.values.length];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = series.has(i);
    }
    boolean[] before = seen.putIfAbsent(series.labels, steps);
    if (before == null) {
      return;
    }
    for (int i = 0; i < steps.length; i++) {
      if (wholeSeries || before[i] && steps[i]) {
        throw EvalContext.error(MESSAGE);
      }
      before[i] |= steps[i];
    }
  }

  static String message() {
    return MESSAGE;
  }
}
