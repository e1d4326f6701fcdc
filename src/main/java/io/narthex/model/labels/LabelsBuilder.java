package io.narthex.model.labels;

import java.util.Arrays;

/// Collects labels and builds an immutable set. Not thread-safe; reusable after `build`.
public final class LabelsBuilder {

  private String[] pairs = new String[32];
  private int length;

  public LabelsBuilder() {}

  /// A builder that starts with all labels of `base`.
  public LabelsBuilder(Labels base) {
    reset(base);
  }

  /// Forgets everything and starts with `base`.
  public LabelsBuilder reset(Labels base) {
    length = 0;
    for (int i = 0; i < base.size(); i++) {
      add(base.name(i), base.value(i));
    }
    return this;
  }

  /// Forgets everything.
  public LabelsBuilder clear() {
    length = 0;
    return this;
  }

  /// Adds a label whose name is not there yet (checked by `build`).
  public LabelsBuilder add(String name, String value) {
    if (length == pairs.length) {
      pairs = Arrays.copyOf(pairs, length * 2);
    }
    pairs[length++] = name;
    pairs[length++] = value;
    return this;
  }

  /// Adds or replaces a label; an empty value removes it.
  public LabelsBuilder set(String name, String value) {
    int at = indexOf(name);
    if (at < 0) {
      return value.isEmpty() ? this : add(name, value);
    }
    if (value.isEmpty()) {
      return remove(at);
    }
    pairs[at + 1] = value;
    return this;
  }

  /// Removes a label if it is there.
  public LabelsBuilder remove(String name) {
    int at = indexOf(name);
    return at < 0 ? this : remove(at);
  }

  /// Value of the label `name`, or the empty string.
  public String get(String name) {
    int at = indexOf(name);
    return at < 0 ? "" : pairs[at + 1];
  }

  /// Whether there is a label `name`, be its value empty or not.
  public boolean has(String name) {
    return indexOf(name) >= 0;
  }

  /// How many labels there are now, those with empty values included.
  public int size() {
    return length / 2;
  }

  /// Name of label `i` in insertion order.
  public String name(int i) {
    return pairs[2 * i];
  }

  /// Value of label `i` in insertion order.
  public String value(int i) {
    return pairs[2 * i + 1];
  }

  /// The set, sorted, without empty values.
  ///
  /// @throws IllegalArgumentException if a name stands twice
  public Labels build() {
    sort();
    String[] sorted = new String[length];
    int n = 0;
    for (int i = 0; i < length; i += 2) {
      if (i > 0 && pairs[i].equals(pairs[i - 2])) {
        throw new IllegalArgumentException(
            "label name " + GoQuote.quote(pairs[i]) + " is not unique");
      }
      if (!pairs[i + 1].isEmpty()) {
        sorted[n++] = pairs[i];
        sorted[n++] = pairs[i + 1];
      }
    }
    return Labels.ofSorted(n == length ? sorted : Arrays.copyOf(sorted, n));
  }

  /// Insertion sort: sets are small and mostly sorted already.
  private void sort() {
    for (int i = 2; i < length; i += 2) {
      String name = pairs[i];
      String value = pairs[i + 1];
      int j = i - 2;
      while (j >= 0 && Utf8Order.compare(pairs[j], name) > 0) {
        pairs[j + 2] = pairs[j];
        pairs[j + 3] = pairs[j + 1];
        j -= 2;
      }
      pairs[j + 2] = name;
      pairs[j + 3] = value;
    }
  }

  private LabelsBuilder remove(int at) {
    System.arraycopy(pairs, at + 2, pairs, at, length - at - 2);
    length -= 2;
    return this;
  }

  private int indexOf(String name) {
    for (int i = 0; i < length; i += 2) {
      if (pairs[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }
}
