package io.narthex.promql.exec.histogram;

import java.util.Arrays;

/// The buckets of one side of a histogram as a sorted sparse list, with compensated counts.
final class Buckets {

  int[] index;
  double[] count;
  double[] compensation;
  int size;

  Buckets(int capacity) {
    index = new int[capacity];
    count = new double[capacity];
    compensation = new double[capacity];
  }

  static Buckets of(int[] spans, double[] buckets) {
    Buckets result = new Buckets(buckets.length);
    int at = 0;
    int next = 0;
    for (int s = 0; s < spans.length; s += 2) {
      next += spans[s];
      for (int i = 0; i < spans[s + 1]; i++) {
        result.append(next++, buckets[at++]);
      }
    }
    return result;
  }

  private void append(int bucket, double value) {
    if (size == index.length) {
      grow(size + 1);
    }
    index[size] = bucket;
    count[size] = value;
    compensation[size] = 0;
    size++;
  }

  private void grow(int needed) {
    int capacity = Math.max(needed, index.length * 2);
    index = Arrays.copyOf(index, capacity);
    count = Arrays.copyOf(count, capacity);
    compensation = Arrays.copyOf(compensation, capacity);
  }

  private void increase(int slot, double value) {
    double total = count[slot] + value;
    compensation[slot] =
        Double.isInfinite(total)
            ? 0
            : compensation[slot] + Compensated.lost(count[slot], value, total);
    count[slot] = total;
  }

  /// Merges neighbours that fall into one bucket of a coarser schema.
  void coarsen(int schema, int targetSchema) {
    int n = 0;
    for (int i = 0; i < size; i++) {
      int target = Bounds.coarser(index[i], schema, targetSchema);
      if (n > 0 && index[n - 1] == target) {
        double lost = compensation[i];
        increase(n - 1, count[i]);
        increase(n - 1, lost);
      } else {
        index[n] = target;
        count[n] = count[i];
        compensation[n] = compensation[i];
        n++;
      }
    }
    size = n;
  }

  /// Adds the buckets of `other` from slot `from` on, times `sign`.
  void add(Buckets other, int from, double sign) {
    int missing = 0;
    int a = 0;
    for (int b = from; b < other.size; b++) {
      while (a < size && index[a] < other.index[b]) {
        a++;
      }
      if (a == size || index[a] != other.index[b]) {
        missing++;
      }
    }
    if (missing > 0) {
      makeRoom(other, from, missing);
    }
    a = 0;
    for (int b = from; b < other.size; b++) {
      while (index[a] < other.index[b]) {
        a++;
      }
      increase(a, sign * other.count[b]);
      if (other.compensation[b] != 0) {
        increase(a, sign * other.compensation[b]);
      }
    }
  }

  /// Gives every bucket of `other` a slot, working from the end.
  private void makeRoom(Buckets other, int from, int missing) {
    if (size + missing > index.length) {
      grow(size + missing);
    }
    int a = size - 1;
    int b = other.size - 1;
    int target = size + missing - 1;
    while (b >= from) {
      if (a >= 0 && index[a] >= other.index[b]) {
        if (index[a] == other.index[b]) {
          b--;
        }
        index[target] = index[a];
        count[target] = count[a];
        compensation[target] = compensation[a];
        a--;
      } else {
        index[target] = other.index[b];
        count[target] = 0;
        compensation[target] = 0;
        b--;
      }
      target--;
    }
    size += missing;
  }

  /// The same observations in buckets of fewer custom bounds.
  Buckets mapped(double[] bounds, double[] fewerBounds) {
    Buckets result = new Buckets(fewerBounds.length + 1);
    int target = 0;
    for (int i = 0; i < size; i++) {
      double bound = index[i] < bounds.length ? bounds[index[i]] : Double.POSITIVE_INFINITY;
      while (target < fewerBounds.length && fewerBounds[target] < bound) {
        target++;
      }
      if (result.size == 0 || result.index[result.size - 1] != target) {
        result.append(target, count[i]);
        result.compensation[result.size - 1] = compensation[i];
      } else {
        result.increase(result.size - 1, count[i]);
        result.increase(result.size - 1, compensation[i]);
      }
    }
    return result;
  }

  /// Forgets the first `n` buckets.
  void dropFirst(int n) {
    System.arraycopy(index, n, index, 0, size - n);
    System.arraycopy(count, n, count, 0, size - n);
    System.arraycopy(compensation, n, compensation, 0, size - n);
    size -= n;
  }

  void scale(double factor) {
    for (int i = 0; i < size; i++) {
      count[i] *= factor;
      compensation[i] = compensation[i] == 0 ? 0 : compensation[i] * factor;
    }
  }

  /// Forgets empty buckets.
  void compact() {
    int n = 0;
    for (int i = 0; i < size; i++) {
      if (count[i] + compensation[i] != 0) {
        index[n] = index[i];
        count[n] = count[i];
        compensation[n] = compensation[i];
        n++;
      }
    }
    size = n;
  }

  int[] spans() {
    int[] spans = new int[8];
    int n = 0;
    for (int i = 0; i < size; i++) {
      if (i > 0 && index[i] == index[i - 1] + 1) {
        spans[n - 1]++;
        continue;
      }
      if (n == spans.length) {
        spans = Arrays.copyOf(spans, n * 2);
      }
      spans[n++] = i == 0 ? index[0] : index[i] - index[i - 1] - 1;
      spans[n++] = 1;
    }
    return Arrays.copyOf(spans, n);
  }

  double[] counts(double divisor) {
    double[] result = new double[size];
    for (int i = 0; i < size; i++) {
      result[i] =
          divisor == 1
              ? count[i] + compensation[i]
              : count[i] / divisor + compensation[i] / divisor;
    }
    return result;
  }
}
