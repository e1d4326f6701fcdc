package io.narthex.tsdb.offline;

import io.narthex.io.bytes.BytesOut;
import io.narthex.model.labels.Labels;
import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;

/// Samples in the order in which they came, as plain columns, and the keys of their series. Sorted
/// by block and series only when they leave memory, as a run. Not thread-safe.
final class CollectedSamples {

  /// An index of a sample, of a series, or of a block of them.
  private static final int INDEX_BITS = 21;

  private static final int INDEX_MASK = (1 << INDEX_BITS) - 1;

  /// Of a sample: its columns, and its place in the order.
  private static final int SAMPLE_BYTES = 40;

  private final long blockMs;
  private final int mostSamples;
  private final long mostKeyBytes;

  private final BytesOut keys = new BytesOut(1 << 12);
  private int[] keyEnds = new int[64];
  private int seriesCount;

  private int[] series = new int[64];
  private long[] timesMs = new long[64];
  private double[] values = new double[64];
  private int[] commits = new int[64];
  private int size;

  /// @param blockMs span of a block
  /// @param memoryBytes about how much may lie here until it is full
  CollectedSamples(long blockMs, long memoryBytes) {
    this.blockMs = blockMs;
    mostSamples = (int) Math.clamp(memoryBytes / 2 / SAMPLE_BYTES, 1, INDEX_MASK);
    mostKeyBytes = Math.clamp(memoryBytes / 2, 1, 1 << 29);
  }

  boolean isFull() {
    return size >= mostSamples || keys.length() >= mostKeyBytes || seriesCount >= INDEX_MASK;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /// The number of a series; it may have more than one.
  int series(Labels labels) {
    LabelKey.write(labels, keys);
    if (seriesCount == keyEnds.length) {
      keyEnds = Arrays.copyOf(keyEnds, seriesCount * 2);
    }
    keyEnds[seriesCount] = keys.length();
    return seriesCount++;
  }

  /// Adds a sample.
  ///
  /// @param commit number of the commit in its block
  void add(int ofSeries, long tMs, double value, int commit) {
    if (size == series.length) {
      grow(Math.min(size * 2, Math.max(size + 1, mostSamples)));
    }
    series[size] = ofSeries;
    timesMs[size] = tMs;
    values[size] = value;
    commits[size++] = commit;
  }

  private void grow(int length) {
    series = Arrays.copyOf(series, length);
    timesMs = Arrays.copyOf(timesMs, length);
    values = Arrays.copyOf(values, length);
    commits = Arrays.copyOf(commits, length);
  }

  void clear() {
    keys.clear();
    seriesCount = 0;
    size = 0;
  }

  /// Hands the samples to `run` block by block, in each series by series in label order, in each as
  /// they came.
  void writeTo(RunWriter run) {
    int[] byKey = seriesInOrder();
    int[] ranks = ranks(byKey);
    long[] order = order(ranks);
    for (int from = 0; from < size; ) {
      int to = from + 1;
      while (to < size && order[to] >>> INDEX_BITS == order[from] >>> INDEX_BITS) {
        to++;
      }
      int first = sample(order[from]);
      int ofSeries = series[first];
      run.series(block(first), keys.array(), keyStart(ofSeries), keyEnds[ofSeries], to - from);
      for (int i = from; i < to; i++) {
        int sample = sample(order[i]);
        run.sample(timesMs[sample], values[sample], commits[sample]);
      }
      from = to;
    }
  }

  private static int sample(long ordered) {
    return (int) ordered & INDEX_MASK;
  }

  private int[] seriesInOrder() {
    int[] sorted = new int[seriesCount];
    Arrays.setAll(sorted, i -> i);
    IntSort.sort(sorted, this::compareKeys);
    return sorted;
  }

  private int compareKeys(int a, int b) {
    byte[] bytes = keys.array();
    return Arrays.compareUnsigned(bytes, keyStart(a), keyEnds[a], bytes, keyStart(b), keyEnds[b]);
  }

  private int keyStart(int ofSeries) {
    return ofSeries == 0 ? 0 : keyEnds[ofSeries - 1];
  }

  /// The rank of each series; one that has two numbers has one rank.
  private int[] ranks(int[] byKey) {
    int[] ranks = new int[seriesCount];
    int rank = 0;
    for (int i = 1; i < seriesCount; i++) {
      rank += compareKeys(byKey[i - 1], byKey[i]) == 0 ? 0 : 1;
      ranks[byKey[i]] = rank;
    }
    return ranks;
  }

  /// Block, rank and index of each sample in one number, sorted.
  private long[] order(int[] ranks) {
    long[] blocks = blocks();
    long[] order = new long[size];
    long block = 0;
    for (int i = 0; i < size; i++) {
      if (i == 0 || blocks[(int) block] != block(i)) {
        block = Arrays.binarySearch(blocks, block(i));
      }
      order[i] = (block << INDEX_BITS | ranks[series[i]]) << INDEX_BITS | i;
    }
    Arrays.sort(order);
    return order;
  }

  /// Begins of the blocks that have samples, in order.
  private long[] blocks() {
    SortedSet<Long> blocks = new TreeSet<>();
    long last = 0;
    for (int i = 0; i < size; i++) {
      if (i == 0 || block(i) != last) {
        last = block(i);
        blocks.add(last);
      }
    }
    return blocks.stream().mapToLong(Long::longValue).toArray();
  }

  /// Begin of the block of a sample.
  private long block(int sample) {
    return Math.floorDiv(timesMs[sample], blockMs) * blockMs;
  }
}
