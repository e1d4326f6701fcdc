package io.narthex.tsdb.head;

import io.narthex.model.labels.Labels;
import io.narthex.model.sample.Exemplar;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.Metadata;
import io.narthex.storage.Appender;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A batch for the head: columns that grow and stay for the next batch, and the outcome in the same
/// columns.
final class HeadBatch implements Appender, Appender.Commit {

  private static final Outcome[] OUTCOMES = Outcome.values();

  /// An exemplar of the sample with this index.
  record StagedExemplar(int sample, Exemplar exemplar) {}

  /// Metadata of the series of the sample with this index.
  record StagedMetadata(int sample, Metadata metadata) {}

  /// A zero that is wanted ahead of the sample with this index.
  record StagedZero(int sample, long startMs) {}

  private final Consumer<HeadBatch> commit;
  private final boolean keepsStarts;

  long[] refs = new long[64];
  @Nullable Labels[] labels = new Labels[64];
  long[] timesMs = new long[64];
  double[] values = new double[64];

  /// Beside `values`; null as long as the batch has no histogram.
  @Nullable FloatHistogram @Nullable [] histograms;

  /// Start timestamps beside `values`, 0 where unknown; null as long as none is known.
  long @Nullable [] startsMs;

  int size;
  final List<StagedExemplar> exemplars = new ArrayList<>(0);
  final List<StagedMetadata> metadata = new ArrayList<>(0);
  final List<StagedZero> zeros = new ArrayList<>(0);

  /// Outcome of each sample as its ordinal; null while all are stored.
  private byte @Nullable [] outcomes;

  private int committed;
  private final int[] counts = new int[OUTCOMES.length];

  /// @param keepsStarts whether start timestamps are of use
  HeadBatch(Consumer<HeadBatch> commit, boolean keepsStarts) {
    this.commit = commit;
    this.keepsStarts = keepsStarts;
  }

  @Override
  public int append(long ref, Labels seriesLabels, long tMs, double value) {
    if (size == refs.length) {
      grow();
    }
    refs[size] = ref;
    labels[size] = seriesLabels;
    timesMs[size] = tMs;
    values[size] = value;
    return size++;
  }

  @Override
  public int append(long ref, Labels seriesLabels, long tMs, FloatHistogram histogram) {
    int index = append(ref, seriesLabels, tMs, histogram.sum);
    if (histograms == null) {
      histograms = new FloatHistogram[refs.length];
    }
    histograms[index] = histogram;
    return index;
  }

  private void grow() {
    int capacity = size * 2;
    refs = Arrays.copyOf(refs, capacity);
    labels = Arrays.copyOf(labels, capacity);
    timesMs = Arrays.copyOf(timesMs, capacity);
    values = Arrays.copyOf(values, capacity);
    if (histograms != null) {
      histograms = Arrays.copyOf(histograms, capacity);
    }
    if (startsMs != null) {
      startsMs = Arrays.copyOf(startsMs, capacity);
    }
  }

  @Override
  public void start(int sample, long startMs) {
    if (!keepsStarts || startMs == 0 && startsMs == null) {
      return;
    }
    if (startsMs == null) {
      startsMs = new long[refs.length];
    }
    startsMs[sample] = startMs;
  }

  /// The start timestamp of a sample, 0 if it is unknown.
  long startMs(int sample) {
    return startsMs == null ? 0 : startsMs[sample];
  }

  @Override
  public void exemplar(int sample, Exemplar exemplar) {
    exemplars.add(new StagedExemplar(sample, exemplar));
  }

  @Override
  public void metadata(int sample, Metadata seriesMetadata) {
    metadata.add(new StagedMetadata(sample, seriesMetadata));
  }

  @Override
  public void zeroAtStart(int sample, long startMs) {
    zeros.add(new StagedZero(sample, startMs));
  }

  @Override
  public void rollback() {
    Arrays.fill(labels, 0, Math.min(labels.length, Math.max(size, committed)), null);
    size = 0;
    histograms = null;
    startsMs = null;
    exemplars.clear();
    metadata.clear();
    zeros.clear();
  }

  @Override
  public Commit commit() {
    committed = size;
    outcomes = null;
    Arrays.fill(counts, 0);
    try {
      commit.accept(this);
    } finally {
      rollback();
    }
    counts[Outcome.STORED.ordinal()] = committed - rejected();
    return this;
  }

  /// Notes that a sample was not stored.
  void reject(int sample, Outcome outcome) {
    if (outcomes == null) {
      outcomes = new byte[committed];
    }
    outcomes[sample] = (byte) outcome.ordinal();
    counts[outcome.ordinal()]++;
  }

  /// How many histograms had this outcome, which is not that they were stored. While the batch is
  /// being committed.
  int countHistograms(Outcome outcome) {
    @Nullable FloatHistogram[] staged = histograms;
    byte[] known = outcomes;
    int count = 0;
    for (int i = 0; staged != null && known != null && i < committed; i++) {
      if (staged[i] != null && known[i] == outcome.ordinal()) {
        count++;
      }
    }
    return count;
  }

  private int rejected() {
    int sum = 0;
    for (int i = 1; i < counts.length; i++) {
      sum += counts[i];
    }
    return sum;
  }

  @Override
  public int size() {
    return committed;
  }

  @Override
  public int accepted() {
    return counts[Outcome.STORED.ordinal()];
  }

  @Override
  public int count(Outcome outcome) {
    return counts[outcome.ordinal()];
  }

  @Override
  public Outcome outcome(int sample) {
    return outcomes == null ? Outcome.STORED : OUTCOMES[outcomes[sample]];
  }

  @Override
  public long ref(int sample) {
    return outcome(sample) == Outcome.STORED ? refs[sample] : 0;
  }
}
