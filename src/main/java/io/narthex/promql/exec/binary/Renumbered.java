package io.narthex.promql.exec.binary;

import io.narthex.model.labels.Labels;
import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.Lane;
import io.narthex.promql.exec.series.MaterialSet;
import io.narthex.promql.exec.series.VectorSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Held series under the numbers that they had before the empty ones were left out.
final class Renumbered implements VectorSet {

  private final VectorSet original;
  private final MaterialSet held;
  private final int[] places;
  private final int steps;

  Renumbered(VectorSet original, MaterialSet held, int steps) {
    this.original = original;
    this.held = held;
    this.steps = steps;
    places = new int[original.size()];
    Arrays.fill(places, -1);
    Map<Labels, Integer> at = new HashMap<>();
    for (int i = 0; i < held.size(); i++) {
      at.put(held.labels(i), i);
    }
    for (int i = 0; i < places.length; i++) {
      places[i] = at.getOrDefault(original.labels(i), -1);
    }
  }

  @Override
  public int size() {
    return original.size();
  }

  @Override
  public Labels labels(int i) {
    return original.labels(i);
  }

  @Override
  public boolean dropName(int i) {
    return original.dropName(i);
  }

  @Override
  public void evaluate(int i, Lane lane, Column out) {
    if (places[i] < 0) {
      out.reset(steps);
    } else {
      held.evaluate(places[i], lane, out);
    }
  }
}
