package io.narthex.promql.exec.series;

import io.narthex.promql.exec.series.Annotations.Note;
import org.jspecify.annotations.Nullable;

/// Notes of an operator that keeps only the last one of each step, as the reference's binary
/// operators do. Safe for several lanes.
public final class StepNotes {

  private final int[] orders;
  private final @Nullable Note[] notes;

  StepNotes(int steps) {
    orders = new int[steps];
    notes = new Note[steps];
  }

  /// Keeps `note` unless the step has one of a later series.
  ///
  /// @param order place of the series among those that the operator goes through
  public synchronized void put(int step, int order, Note note) {
    if (notes[step] == null || order >= orders[step]) {
      orders[step] = order;
      notes[step] = note;
    }
  }

  synchronized void addTo(Annotations all) {
    for (Note note : notes) {
      if (note != null) {
        all.add(note);
      }
    }
  }
}
