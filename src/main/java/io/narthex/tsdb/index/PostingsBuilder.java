package io.narthex.tsdb.index;

import java.util.Arrays;

/// Gathers which series have which label pair while series are written, as plain numbers: one entry
/// of four bytes for each label of each series, and a count for each distinct pair. At the end the
/// entries are dealt out to the pairs in one pass.
final class PostingsBuilder {

  private static final long FREE = -1;

  /// Distinct pairs: name ordinal in the upper, value ordinal in the lower half.
  private long[] pairs = new long[1024];

  private int[] counts = new int[1024];
  private int pairCount;

  /// Hash table of pairs: the pair and its number.
  private long[] keys = newKeys(4096);

  private int[] numbers = new int[4096];

  /// Pair numbers series by series; the last one of a series has the top bit set.
  private int[] entries = new int[4096];

  private int entryCount;

  private int[] series = new int[1024];
  private int seriesCount;

  /// Begins a series; ids ascend and count as unsigned.
  void series(int id) {
    if (seriesCount == series.length) {
      series = Arrays.copyOf(series, seriesCount * 2);
    }
    series[seriesCount++] = id;
  }

  /// Adds a label to the series at hand.
  void label(int name, int value, boolean last) {
    int pair = number((long) name << 32 | value);
    counts[pair]++;
    if (entryCount == entries.length) {
      entries = Arrays.copyOf(entries, entryCount + (entryCount >> 1));
    }
    entries[entryCount++] = last ? pair | Integer.MIN_VALUE : pair;
  }

  /// Ids of all series, `[0, seriesCount())`.
  int[] allSeries() {
    return series;
  }

  int seriesCount() {
    return seriesCount;
  }

  private int number(long pair) {
    int mask = keys.length - 1;
    int slot = slot(pair) & mask;
    while (keys[slot] != FREE) {
      if (keys[slot] == pair) {
        return numbers[slot];
      }
      slot = (slot + 1) & mask;
    }
    if (pairCount == pairs.length) {
      pairs = Arrays.copyOf(pairs, pairCount * 2);
      counts = Arrays.copyOf(counts, pairCount * 2);
    }
    pairs[pairCount] = pair;
    keys[slot] = pair;
    numbers[slot] = pairCount++;
    if (pairCount * 2 > keys.length) {
      grow();
    }
    return pairCount - 1;
  }

  private void grow() {
    keys = newKeys(keys.length * 2);
    numbers = new int[keys.length];
    int mask = keys.length - 1;
    for (int i = 0; i < pairCount; i++) {
      int slot = slot(pairs[i]) & mask;
      while (keys[slot] != FREE) {
        slot = (slot + 1) & mask;
      }
      keys[slot] = pairs[i];
      numbers[slot] = i;
    }
  }

  private static long[] newKeys(int capacity) {
    long[] keys = new long[capacity];
    Arrays.fill(keys, FREE);
    return keys;
  }

  private static int slot(long pair) {
    long hash = pair * 0x9E37_79B9_7F4A_7C15L;
    return (int) (hash >>> 32) ^ (int) hash;
  }

  /// Deals out the entries and visits the pairs in order of name, then value.
  void forEach(PairVisitor visitor) {
    int[] starts = new int[pairCount + 1];
    for (int i = 0; i < pairCount; i++) {
      starts[i + 1] = starts[i] + counts[i];
    }
    int[] ids = new int[entryCount];
    int[] next = starts.clone();
    int at = 0;
    for (int s = 0; s < seriesCount && at < entryCount; s++) {
      int entry;
      do {
        entry = entries[at++];
        ids[next[entry & Integer.MAX_VALUE]++] = series[s];
      } while (entry >= 0);
    }
    long[] sorted = Arrays.copyOf(pairs, pairCount);
    Arrays.sort(sorted);
    for (long pair : sorted) {
      int number = number(pair);
      visitor.visit((int) (pair >>> 32), (int) pair, ids, starts[number], starts[number + 1]);
    }
  }

  /// Takes the ids `[from, to)` of one pair.
  interface PairVisitor {
    void visit(int name, int value, int[] ids, int from, int to);
  }
}
