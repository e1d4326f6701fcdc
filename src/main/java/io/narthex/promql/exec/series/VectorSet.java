package io.narthex.promql.exec.series;

import io.narthex.model.labels.Labels;

/// The answer of an operator: series whose labels are known and whose values are calculated when
/// they are asked for, series by series, so that nobody need hold them all. Series may turn out to
/// have no value at any step.
public interface VectorSet {

  int size();

  Labels labels(int i);

  /// Whether the metric name goes away at the end of the query.
  boolean dropName(int i);

  /// Calculates series `i` into `out`, which is reset here. Different lanes may ask at once.
  void evaluate(int i, Lane lane, Column out);

  /// Whether it is known without a look that all labels differ.
  default boolean distinct() {
    return false;
  }

  /// Whether it is known that all series agree in the labels that go away with the metric name, so
  /// that they still differ without them.
  default boolean oneMetric() {
    return false;
  }

  /// Whether evaluating a series can neither fail nor give notes, so that it may be left undone.
  default boolean quiet() {
    return false;
  }

  /// No series.
  VectorSet NONE =
      new VectorSet() {
        @Override
        public int size() {
          return 0;
        }

        @Override
        public Labels labels(int i) {
          throw new IndexOutOfBoundsException(i);
        }

        @Override
        public boolean dropName(int i) {
          throw new IndexOutOfBoundsException(i);
        }

        @Override
        public void evaluate(int i, Lane lane, Column out) {
          throw new IndexOutOfBoundsException(i);
        }
      };
}
