package io.narthex.model.labels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// An immutable set of labels, sorted by name in UTF-8 order, without empty values. Strings that
/// come from one symbol table are the same objects, so equality and hashing mostly cost a reference
/// comparison and a cached hash.
public final class Labels implements Comparable<Labels> {

  /// The label that holds the metric name.
  public static final String NAME = "__name__";

  /// The label of a histogram bucket's upper bound.
  public static final String BUCKET = "le";

  /// The set without a label.
  public static final Labels EMPTY = new Labels(new String[0]);

  /// name, value, name, value ...
  private final String[] pairs;

  private int hash;

  private Labels(String[] pairs) {
    this.pairs = pairs;
  }

  /// Labels of name, value, name, value ... in any order; empty values are left out.
  ///
  /// @throws IllegalArgumentException if a name stands twice or the count is odd
  public static Labels of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(
          "a label without a value: " + Arrays.toString(namesAndValues));
    }
    LabelsBuilder builder = new LabelsBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      builder.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return builder.build();
  }

  /// Labels of a map; empty values are left out.
  public static Labels ofMap(Map<String, String> map) {
    LabelsBuilder builder = new LabelsBuilder();
    map.forEach(builder::add);
    return builder.build();
  }

  /// Labels of pairs that are already sorted, distinct and without empty values. The array becomes
  /// the set's own.
  public static Labels ofSorted(String[] sortedPairs) {
    return sortedPairs.length == 0 ? EMPTY : new Labels(sortedPairs);
  }

  /// How many labels there are.
  public int size() {
    return pairs.length / 2;
  }

  public boolean isEmpty() {
    return pairs.length == 0;
  }

  /// Name of label `i`, 0 <= i < size.
  public String name(int i) {
    return pairs[2 * i];
  }

  /// Value of label `i`, 0 <= i < size.
  public String value(int i) {
    return pairs[2 * i + 1];
  }

  /// Value of the label `name`, or the empty string.
  public String get(String name) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i].equals(name)) {
        return pairs[i + 1];
      }
    }
    return "";
  }

  /// Whether there is a label `name`.
  public boolean has(String name) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i].equals(name)) {
        return true;
      }
    }
    return false;
  }

  /// The metric name, or the empty string.
  public String metricName() {
    return get(NAME);
  }

  /// A set without the label `name`.
  public Labels without(String name) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i].equals(name)) {
        String[] rest = new String[pairs.length - 2];
        System.arraycopy(pairs, 0, rest, 0, i);
        System.arraycopy(pairs, i + 2, rest, i, rest.length - i);
        return ofSorted(rest);
      }
    }
    return this;
  }

  /// Names in order.
  public List<String> names() {
    List<String> names = new ArrayList<>(size());
    for (int i = 0; i < pairs.length; i += 2) {
      names.add(pairs[i]);
    }
    return names;
  }

  /// As a map in the labels' own order.
  public Map<String, String> toMap() {
    Map<String, String> map = new TreeMap<>(Utf8Order::compare);
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }

  @Override
  public int compareTo(Labels other) {
    int length = Math.min(pairs.length, other.pairs.length);
    for (int i = 0; i < length; i++) {
      // Neighbours agree in most labels, and the JVM compares for equality many bytes at once.
      if (!pairs[i].equals(other.pairs[i])) {
        return Utf8Order.compare(pairs[i], other.pairs[i]);
      }
    }
    return pairs.length - other.pairs.length;
  }

  @Override
  public boolean equals(Object object) {
    return object == this || object instanceof Labels other && Arrays.equals(pairs, other.pairs);
  }

  @Override
  public int hashCode() {
    int h = hash;
    if (h == 0) {
      // Not 31 times and add: neighbouring labels like a="1",b="2" and a="2",b="1" would meet by
      // the
      // thousand.
      for (String text : pairs) {
        h = (Integer.rotateLeft(h, 15) ^ text.hashCode()) * 0x9E3779B1;
      }
      h ^= h >>> 15;
      hash = h;
    }
    return h;
  }

  /// `name{a="b"}`, the metric name before the braces; only the name if there is nothing else. A
  /// name that is no legacy name stays inside, in quotes.
  public String metricText() {
    String name = metricName();
    if (name.isEmpty()) {
      return toString();
    }
    String rest = without(NAME).toString();
    if (LabelNames.isLegacyMetric(name)) {
      return rest.length() == 2 ? name : name + rest;
    }
    String quoted = "{" + GoQuote.quote(name);
    return rest.length() == 2 ? quoted + "}" : quoted + ", " + rest.substring(1);
  }

  /// `{a="b", c="d"}` with Go's quoting, the metric name among them as `__name__`.
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder("{");
    for (int i = 0; i < pairs.length; i += 2) {
      if (i > 0) {
        out.append(", ");
      }
      GoQuote.labelName(pairs[i], out);
      out.append('=');
      GoQuote.quote(pairs[i + 1], out);
    }
    return out.append('}').toString();
  }
}
