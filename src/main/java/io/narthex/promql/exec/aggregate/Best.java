package io.narthex.promql.exec.aggregate;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The best `k` values of one group at one step with the series they came from: a heap with the
/// worst on top. NaN is worse than everything. Which of equal values stay is no rule of its own: it
/// comes of the order of the series and of the moves of this heap, which are those of Go's
/// `container/heap`, so that ties are broken as Prometheus breaks them.
final class Best {

  /// Up to so many Go sorts by insertion, which keeps the order of equal values.
  private static final int INSERTION_SORTED = 12;

  private final boolean top;
  private double[] values = new double[4];
  private int[] series = new int[4];
  private int size;
  private final @Nullable Taken taken;

  /// @param top whether greater is better
  /// @param replayed whether it will be merged into the heap of the series before, which then has
  ///   to see what came in here in the same order
  Best(boolean top, boolean replayed) {
    this.top = top;
    taken = replayed ? new Taken() : null;
  }

  /// What was ever taken in, in its order.
  private static final class Taken {
    double[] values = new double[8];
    int[] series = new int[8];
    int size;

    void add(double value, int from) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size * 2);
        series = Arrays.copyOf(series, size * 2);
      }
      values[size] = value;
      series[size++] = from;
    }
  }

  int size() {
    return size;
  }

  /// Takes the value in if it is among the best `k` of those so far.
  void offer(double value, int from, int k) {
    if (size < k) {
      if (size == values.length) {
        int capacity = (int) Math.min(k, size * 2L);
        values = Arrays.copyOf(values, capacity);
        series = Arrays.copyOf(series, capacity);
      }
      put(size, value, from);
      up(size++);
    } else if (better(value, values[0])) {
      put(0, value, from);
      down(0, size);
    } else {
      return;
    }
    if (taken != null) {
      taken.add(value, from);
    }
  }

  /// Takes in what `later` has of the series behind this one's. What it did not take would not be
  /// taken here either.
  void merge(Best later, int k) {
    Taken others = later.taken;
    if (others == null) {
      throw new IllegalStateException("BUG: merging a heap that remembers nothing");
    }
    for (int i = 0; i < others.size; i++) {
      offer(others.values[i], others.series[i], k);
    }
  }

  private boolean better(double value, double worst) {
    return Double.isNaN(worst) ? !Double.isNaN(value) : top ? worst < value : worst > value;
  }

  private boolean less(int i, int j) {
    double a = values[i];
    double b = values[j];
    return Double.isNaN(a) || (top ? a < b : a > b);
  }

  private void put(int i, double value, int from) {
    values[i] = value;
    series[i] = from;
  }

  private void swap(int i, int j) {
    double v = values[i];
    int s = series[i];
    put(i, values[j], series[j]);
    put(j, v, s);
  }

  private void up(int from) {
    int i = from;
    while (i > 0 && less(i, (i - 1) / 2)) {
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
      if (child + 1 < end && less(child + 1, child)) {
        child++;
      }
      if (!less(child, i)) {
        return;
      }
      swap(i, child);
      i = child;
    }
  }

  /// Orders from best to worst; nothing can be offered afterwards.
  void sort() {
    if (size <= INSERTION_SORTED) {
      for (int i = 1; i < size; i++) {
        for (int j = i; j > 0 && less(j - 1, j); j--) {
          swap(j, j - 1);
        }
      }
      return;
    }
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
