package io.narthex.tsdb.offline;

/// Sorts numbers by an order of one's own without making an object of each. Stable.
final class IntSort {

  private static final int SHORT = 8;

  private IntSort() {}

  /// Compares as a `Comparator` does.
  interface Order {
    int compare(int a, int b);
  }

  static void sort(int[] numbers, Order order) {
    merge(numbers.clone(), numbers, 0, numbers.length, order);
  }

  /// Sorts `[from, to)` of `into`; `source` holds the same numbers there, and is used up.
  private static void merge(int[] source, int[] into, int from, int to, Order order) {
    if (to - from <= SHORT) {
      insert(into, from, to, order);
      return;
    }
    int middle = (from + to) >>> 1;
    merge(into, source, from, middle, order);
    merge(into, source, middle, to, order);
    if (order.compare(source[middle - 1], source[middle]) <= 0) {
      System.arraycopy(source, from, into, from, to - from);
      return;
    }
    int left = from;
    int right = middle;
    for (int at = from; at < to; at++) {
      boolean takeLeft =
          right == to || left < middle && order.compare(source[left], source[right]) <= 0;
      into[at] = takeLeft ? source[left++] : source[right++];
    }
  }

  private static void insert(int[] numbers, int from, int to, Order order) {
    for (int i = from + 1; i < to; i++) {
      int number = numbers[i];
      int at = i;
      while (at > from && order.compare(numbers[at - 1], number) > 0) {
        numbers[at] = numbers[at - 1];
        at--;
      }
      numbers[at] = number;
    }
  }
}
