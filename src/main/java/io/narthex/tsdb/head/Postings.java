package io.narthex.tsdb.head;

import io.narthex.model.labels.Labels;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// Which series have which label. The keys are the head's symbol table: every label string of a
/// series is the one that stands here, so a string is kept once however many series have it.
///
/// One thread adds and removes (under the head's commit lock), any thread reads.
final class Postings {

  /// A label name and its values.
  record Name(String name, Map<String, Value> values) {}

  /// A value and the series that have it.
  static final class Value {
    final String text;
    volatile RefList refs = new RefList();

    Value(String text) {
      this.text = text;
    }
  }

  private final Map<String, Name> names = new ConcurrentHashMap<>();

  /// What the label at each place of the series before was: in a replay, neighbours have most of
  /// them in common.
  private @Nullable Name[] lastNames = new Name[16];

  private @Nullable Value[] lastValues = new Value[16];

  /// Adds a series whose labels are made of strings that all series have in common, so that equal
  /// ones are the same: they become those of this table. References come in ascending order.
  void addInterned(long ref, Labels labels) {
    int size = labels.size();
    if (size > lastNames.length) {
      lastNames = Arrays.copyOf(lastNames, size);
      lastValues = Arrays.copyOf(lastValues, size);
    }
    for (int i = 0; i < size; i++) {
      valueAt(i, labels.name(i), labels.value(i)).refs.add(ref);
    }
  }

  @SuppressWarnings("ReferenceEquality") // A different string only takes longer.
  private Value valueAt(int place, String nameText, String text) {
    Name name = lastNames[place];
    Value value = lastValues[place];
    if (name == null || name.name != nameText) {
      name = nameOrNew(nameText);
      lastNames[place] = name;
      value = null;
    }
    if (value == null || value.text != text) {
      value = valueOrNew(name, text);
      lastValues[place] = value;
    }
    return value;
  }

  /// Lets go of what only a replay needs.
  void endReplay() {
    Arrays.fill(lastNames, null);
    Arrays.fill(lastValues, null);
  }

  /// Adds a series and returns its labels, made of the strings of this table. References come in
  /// ascending order.
  Labels add(long ref, Labels labels) {
    int size = labels.size();
    String[] pairs = new String[2 * size];
    for (int i = 0; i < size; i++) {
      Name name = nameOrNew(labels.name(i));
      Value value = valueOrNew(name, labels.value(i));
      pairs[2 * i] = name.name;
      pairs[2 * i + 1] = value.text;
      value.refs.add(ref);
    }
    return Labels.ofSorted(pairs);
  }

  private Name nameOrNew(String text) {
    Name name = names.get(text);
    if (name == null) {
      name = new Name(text, new ConcurrentHashMap<>(4));
      names.put(text, name);
    }
    return name;
  }

  private static Value valueOrNew(Name name, String text) {
    Value value = name.values.get(text);
    if (value == null) {
      value = new Value(text);
      name.values.put(text, value);
    }
    return value;
  }

  /// Forgets series: those with one of the labels in `touched` for which `keep` does not hold.
  void retain(Map<String, Set<String>> touched, LongPredicate keep) {
    touched.forEach((nameText, values) -> {
      Name name = names.get(nameText);
      if (name == null) {
        return;
      }
      for (String text : values) {
        Value value = name.values.get(text);
        if (value != null) {
          RefList kept = value.refs.filter(keep);
          if (kept.count() == 0) {
            name.values.remove(text);
          } else {
            value.refs = kept;
          }
        }
      }
      if (name.values.isEmpty()) {
        names.remove(nameText);
      }
    });
  }

  /// All label names with their values.
  Iterable<Name> names() {
    return names.values();
  }

  @Nullable Name name(String name) {
    return names.get(name);
  }

  /// The series with a label, or null if there is none.
  @Nullable RefList refs(String name, String value) {
    Name known = names.get(name);
    Value found = known == null ? null : known.values.get(value);
    return found == null ? null : found.refs;
  }
}
