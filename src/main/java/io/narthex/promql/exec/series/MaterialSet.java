package io.narthex.promql.exec.series;

import io.narthex.model.labels.Labels;
import java.util.ArrayList;
import java.util.List;

/// Series whose values are held in memory.
public final class MaterialSet implements VectorSet {

  private final List<Entry> entries = new ArrayList<>();
  private final boolean distinct;
  private final boolean oneMetric;

  public MaterialSet() {
    this(false, false);
  }

  /// @param distinct whether the labels that will be added are known to differ
  /// @param oneMetric whether they are known to agree in what names the metric
  public MaterialSet(boolean distinct, boolean oneMetric) {
    this.distinct = distinct;
    this.oneMetric = oneMetric;
  }

  @Override
  public boolean distinct() {
    return distinct;
  }

  @Override
  public boolean oneMetric() {
    return oneMetric;
  }

  /// A series with its values.
  public record Entry(Labels labels, boolean dropName, Column column) {}

  /// Adds a series; the column becomes the set's own.
  public void add(Labels labels, boolean dropName, Column column) {
    entries.add(new Entry(labels, dropName, column));
  }

  public Entry entry(int i) {
    return entries.get(i);
  }

  /// Values of series `i`, to be read only.
  public Column column(int i) {
    return entries.get(i).column();
  }

  @Override
  public int size() {
    return entries.size();
  }

  @Override
  public Labels labels(int i) {
    return entries.get(i).labels();
  }

  @Override
  public boolean dropName(int i) {
    return entries.get(i).dropName();
  }

  @Override
  public boolean quiet() {
    return true;
  }

  @Override
  public void evaluate(int i, Lane lane, Column out) {
    out.copyFrom(entries.get(i).column());
  }

  /// All series of `set` that have a value, in its order.
  public static MaterialSet of(QueryScope scope, VectorSet set, int steps) {
    if (set instanceof MaterialSet material) {
      return material;
    }
    Column[] columns = new Column[set.size()];
    Sweep.run(
        scope,
        set,
        steps,
        (lane, from, to) -> {
          for (int i = from; i < to; i++) {
            Column column = lane.borrow(steps);
            set.evaluate(i, lane, column);
            if (column.count() > 0) {
              scope.limits().take(SeriesBytes.HELD + (long) steps * Double.BYTES);
              columns[i] = column.copy();
            }
            lane.give(column);
          }
        });
    MaterialSet result = new MaterialSet(set.distinct(), set.oneMetric());
    for (int i = 0; i < columns.length; i++) {
      if (columns[i] != null) {
        result.add(set.labels(i), set.dropName(i), columns[i]);
      }
    }
    return result;
  }
}
