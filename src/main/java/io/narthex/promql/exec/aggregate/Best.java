package io.narthex.promql.exec.aggregate;

import java.util.Arrays;

/// The best `k` values of one group at one step with the series they came from: a heap with the
/// worst on top. NaN is worse than everything; of equal values the later series is worse.
final class Best {

  private final boolean top;
  private double[] values = new double[4];
  private int[] series = new int[4];
  private int size;

  /// @param top whether greater is better
  Best(boolean top) {
    this.top = top;
  }

  int size() {
    return size;
  }

  /// Takes the value in if it is among the best `k`.
  void offer(double value, int from, int k) {
    if (size < k) {
      if (size == values.length) {
        int capacity = (int) Math.min(k, size * 2L);
        values = Arrays.copyOf(values, capacity);
        series = Arrays.copyOf(series, capacity);
      }
      values[size] = value;
      series[size] = from;
      up(size++);
    } else if (worse(values[0], series[0], value, from)) {
      values[0] = value;
      series[0] = from;
      down(0, size);
    }
  }

  void merge(Best other, int k) {
    for (int i = 0; i < other.size; i++) {
      offer(other.values[i], other.series[i], k);
    }
  }

  private boolean worse(double a, int aFrom, double b, int bFrom) {
    boolean aNan = Double.isNaN(a);
    boolean bNan = Double.isNaN(b);
    if (aNan || bNan) {
      return aNan && (!bNan || aFrom > bFrom);
    }
    return a == b ? aFrom > bFrom : top ? a < b : a > b;
  }

  private boolean worse(int i, int j) {
    return worse(values[i], series[i], values[j], series[j]);
  }

  private void swap(int i, int j) {
    double v = values[i];
    values[i] = values[j];
    values[j] = v;
    int s = series[i];
    series[i] = series[j];
    series[j] = s;
  }

  private void up(int from) {
    int i = from;
    while (i > 0 && worse(i, (i - 1) / 2)) {
      swap(i, (i - 1) / 2);
      i = (i - 1) / 2;
    }
  }

  private void down(int from, int end) {
    int i = from;
    while (true) {
      int child = 2 * i + 1;
      if (child >= end) {
        return;
      }
      if (child + 1 < end && worse(child + 1, child)) {
        child++;
      }
      if (!worse(child, i)) {
        return;
      }
      swap(i, child);
      i = child;
    }
  }

  /// Orders from best to worst; nothing can be offered afterwards.
  void sort() {
    for (int end = size - 1; end > 0; end--) {
      swap(0, end);
      down(0, end);
    }
  }

  double value(int i) {
    return values[i];
  }

  int series(int i) {
    return series[i];
  }
}
