package io.narthex.tsdb.agent;

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

/// A batch for the log: columns that grow and stay for the next batch, and the outcome beside them.
final class AgentBatch implements Appender, Appender.Commit {

  private static final Outcome[] OUTCOMES = Outcome.values();

  /// An exemplar of the sample with this index.
  record StagedExemplar(int sample, Exemplar exemplar) {}

  /// Metadata of the series of the sample with this index.
  record StagedMetadata(int sample, Metadata metadata) {}

  private final Consumer<AgentBatch> commit;
  private final boolean keepsStarts;
  long[] refs = new long[64];
  @Nullable Labels[] labels = new Labels[64];
  long[] timesMs = new long[64];
  double[] values = new double[64];
  @Nullable FloatHistogram[] histograms = new FloatHistogram[64];

  /// Start timestamps beside `values`, 0 where unknown; null as long as none is known.
  private long @Nullable [] startsMs;

  /// Where a zero is wanted ahead of the sample, 0 where none is; null as long as none is wanted.
  private long @Nullable [] zerosMs;

  int size;
  final List<StagedExemplar> exemplars = new ArrayList<>(0);
  final List<StagedMetadata> metadata = new ArrayList<>(0);
  private byte[] outcomes = new byte[64];
  private final int[] counts = new int[OUTCOMES.length];
  private int committed;

  /// @param keepsStarts whether start timestamps are of use
  AgentBatch(Consumer<AgentBatch> commit, boolean keepsStarts) {
    this.commit = commit;
    this.keepsStarts = keepsStarts;
  }

  @Override
  public int append(long ref, Labels seriesLabels, long tMs, double value) {
    if (size == refs.length) {
      int capacity = size * 2;
      refs = Arrays.copyOf(refs, capacity);
      labels = Arrays.copyOf(labels, capacity);
      timesMs = Arrays.copyOf(timesMs, capacity);
      values = Arrays.copyOf(values, capacity);
      histograms = Arrays.copyOf(histograms, capacity);
      outcomes = Arrays.copyOf(outcomes, capacity);
      startsMs = startsMs == null ? null : Arrays.copyOf(startsMs, capacity);
      zerosMs = zerosMs == null ? null : Arrays.copyOf(zerosMs, capacity);
    }
    refs[size] = ref;
    labels[size] = seriesLabels;
    timesMs[size] = tMs;
    values[size] = value;
    outcomes[size] = (byte) Outcome.STORED.ordinal();
    return size++;
  }

  @Override
  public int append(long ref, Labels seriesLabels, long tMs, FloatHistogram histogram) {
    int index = append(ref, seriesLabels, tMs, histogram.sum);
    histograms[index] = histogram;
    return index;
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
  public void zeroAtStart(int sample, long startMs) {
    if (zerosMs == null) {
      zerosMs = new long[refs.length];
    }
    zerosMs[sample] = startMs;
  }

  /// Where a zero is wanted ahead of a sample, 0 if none is.
  long zeroMs(int sample) {
    return zerosMs == null ? 0 : zerosMs[sample];
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
  public void rollback() {
    Arrays.fill(labels, 0, size, null);
    Arrays.fill(histograms, 0, size, null);
    startsMs = null;
    zerosMs = null;
    size = 0;
    exemplars.clear();
    metadata.clear();
  }

  @Override
  public Commit commit() {
    committed = size;
    Arrays.fill(counts, 0);
    try {
      commit.accept(this);
    } finally {
      rollback();
    }
    for (int i = 0; i < committed; i++) {
      counts[outcomes[i]]++;
    }
    return this;
  }

  /// Notes that a sample is not logged.
  void reject(int sample, Outcome outcome) {
    refs[sample] = 0;
    outcomes[sample] = (byte) outcome.ordinal();
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
    return OUTCOMES[outcomes[sample]];
  }

  @Override
  public long ref(int sample) {
    return refs[sample];
  }
}
