package io.narthex.promql.exec.series;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Numbers sets of labels that agree in chosen labels: 0, 1, 2 ... in the order in which they were
/// first seen. Works on the strings where they are: nothing is allocated but for a new number.
public final class Signatures {

  private final String[] names;
  private final boolean only;
  private final List<Labels> firsts = new ArrayList<>();
  private int[] hashes = new int[16];
  private int[] slots = new int[32];

  /// @param names the labels that count, or with `only` false, those that do not; in any order
  public Signatures(List<String> names, boolean only) {
    this.names = names.stream().sorted().distinct().toArray(String[]::new);
    this.only = only;
    Arrays.fill(slots, -1);
  }

  /// How many numbers were given.
  public int size() {
    return firsts.size();
  }

  /// The first labels that got number `n`.
  public Labels first(int n) {
    return firsts.get(n);
  }

  /// The number of `labels`; a new one if none that agree were seen.
  public int number(Labels labels) {
    int hash = hash(labels);
    int slot = slot(labels, hash);
    if (slots[slot] >= 0) {
      return slots[slot];
    }
    int number = firsts.size();
    firsts.add(labels);
    if (number == hashes.length) {
      hashes = Arrays.copyOf(hashes, number * 2);
    }
    hashes[number] = hash;
    slots[slot] = number;
    if (firsts.size() * 2 > slots.length) {
      rehash();
    }
    return number;
  }

  /// The number of `labels`, or -1 if none that agree were seen.
  public int find(Labels labels) {
    return slots[slot(labels, hash(labels))];
  }

  private int slot(Labels labels, int hash) {
    int mask = slots.length - 1;
    int slot = spread(hash) & mask;
    while (slots[slot] >= 0) {
      int number = slots[slot];
      if (hashes[number] == hash && same(firsts.get(number), labels)) {
        return slot;
      }
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void rehash() {
    slots = new int[slots.length * 2];
    Arrays.fill(slots, -1);
    int mask = slots.length - 1;
    for (int n = 0; n < firsts.size(); n++) {
      int slot = spread(hashes[n]) & mask;
      while (slots[slot] >= 0) {
        slot = slot + 1 & mask;
      }
      slots[slot] = n;
    }
  }

  private static int spread(int hash) {
    int h = hash * 0x9E3779B9;
    return h ^ h >>> 15;
  }

  private int hash(Labels labels) {
    int h = 17;
    for (int i = 0; i < labels.size(); i++) {
      String name = labels.name(i);
      if (counts(name)) {
        h = (h * 31 + name.hashCode()) * 31 + labels.value(i).hashCode();
      }
    }
    return h;
  }

  private boolean counts(String name) {
    for (String n : names) {
      if (n.equals(name)) {
        return only;
      }
    }
    return !only;
  }

  private boolean same(Labels a, Labels b) {
    int i = 0;
    int j = 0;
    while (true) {
      while (i < a.size() && !counts(a.name(i))) {
        i++;
      }
      while (j < b.size() && !counts(b.name(j))) {
        j++;
      }
      if (i == a.size() || j == b.size()) {
        return i == a.size() && j == b.size();
      }
      if (!a.name(i).equals(b.name(j)) || !a.value(i).equals(b.value(j))) {
        return false;
      }
      i++;
      j++;
    }
  }

  /// The labels that count.
  public Labels keep(Labels labels) {
    LabelsBuilder kept = new LabelsBuilder();
    for (int i = 0; i < labels.size(); i++) {
      if (counts(labels.name(i))) {
        kept.add(labels.name(i), labels.value(i));
      }
    }
    return kept.build();
  }
}
