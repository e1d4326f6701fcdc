package io.narthex.storage;

import io.narthex.model.labels.Labels;
import io.narthex.model.sample.Exemplar;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.Metadata;
import io.narthex.model.sample.StaleMarker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A storage that remembers what was committed, in order, with the rules of the real one for time.
/// References can be forgotten on purpose.
public final class RecordingAppendable implements Appendable {

  /// One stored sample.
  ///
  /// @param startMs 0 if it came without
  public record Stored(Labels labels, long tMs, double value, long startMs) {

    @Override
    public String toString() {
      String text = StaleMarker.isStale(value) ? "stale" : Double.toString(value);
      String since = startMs == 0 ? "" : " since " + startMs;
      return labels + " " + text + since + " @" + tMs;
    }
  }

  public final List<Stored> stored = new ArrayList<>();
  public final List<Exemplar> exemplars = new ArrayList<>();

  /// Those that were staged and committed, in their order.
  public final List<FloatHistogram> histograms = new ArrayList<>();

  /// Beside those, 0 for one that came without.
  public final List<Long> histogramStartsMs = new ArrayList<>();

  /// Start of the newest sample of each series, 0 if it came without.
  public final Map<Labels, Long> startsMs = new HashMap<>();

  /// Zeros that were asked for.
  public int zeros;

  /// Batches that were committed.
  public int commits;

  /// Samples that came with labels.
  public int withLabels;

  private final Map<Labels, Long> refs = new HashMap<>();
  private final Map<Long, Labels> byRef = new HashMap<>();
  private final Map<Labels, Stored> newest = new HashMap<>();
  private final Set<String> refused = new HashSet<>();
  private long nextRef = 1;
  private boolean fails;

  /// Forgets all references, as after a truncation.
  public void forgetReferences() {
    refs.clear();
    byRef.clear();
  }

  /// Takes no series with this metric name any more.
  public void refuse(String metric) {
    refused.add(metric);
  }

  /// Lets the next commit fail.
  public void failNext() {
    fails = true;
  }

  /// What was stored since the last call, as text.
  public List<String> drain() {
    List<String> texts = stored.stream().map(Stored::toString).toList();
    stored.clear();
    return texts;
  }

  @Override
  public Appender appender() {
    return new Recorder();
  }

  /// A sample, and its start and that of the zero ahead of it, 0 if there is none.
  private static final class Staged {
    final long ref;
    final Labels labels;
    final long tMs;
    final double value;
    final @Nullable FloatHistogram histogram;
    long startMs;
    long zeroMs;

    Staged(long ref, Labels labels, long tMs, double value, @Nullable FloatHistogram histogram) {
      this.ref = ref;
      this.labels = labels;
      this.tMs = tMs;
      this.value = value;
      this.histogram = histogram;
    }
  }

  private final class Recorder implements Appender {

    private final List<Staged> staged = new ArrayList<>();
    private final List<Exemplar> stagedExemplars = new ArrayList<>();

    @Override
    public int append(long ref, Labels labels, long tMs, double value) {
      staged.add(new Staged(ref, labels, tMs, value, null));
      return staged.size() - 1;
    }

    @Override
    public int append(long ref, Labels labels, long tMs, FloatHistogram histogram) {
      staged.add(new Staged(ref, labels, tMs, histogram.sum, histogram));
      return staged.size() - 1;
    }

    @Override
    public void exemplar(int sample, Exemplar exemplar) {
      stagedExemplars.add(exemplar);
    }

    @Override
    public void metadata(int sample, Metadata metadata) {}

    @Override
    public void start(int sample, long startMs) {
      staged.get(sample).startMs = startMs;
    }

    @Override
    public void zeroAtStart(int sample, long startMs) {
      staged.get(sample).zeroMs = startMs;
      zeros++;
    }

    @Override
    public void rollback() {
      staged.clear();
      stagedExemplars.clear();
    }

    @Override
    public Commit commit() {
      commits++;
      if (fails) {
        fails = false;
        rollback();
        throw new StorageException("disk full");
      }
      List<Outcome> outcomes = new ArrayList<>();
      List<Long> given = new ArrayList<>();
      for (Staged s : staged) {
        store(s, outcomes, given);
      }
      exemplars.addAll(stagedExemplars);
      rollback();
      return new Result(outcomes, given);
    }

    private void store(Staged s, List<Outcome> outcomes, List<Long> given) {
      Labels labels = byRef.getOrDefault(s.ref, s.labels);
      if (s.histogram != null) {
        histograms.add(s.histogram);
        histogramStartsMs.add(s.startMs);
      }
      if (!s.labels.isEmpty()) {
        withLabels++;
      }
      Outcome outcome = outcome(s, labels);
      outcomes.add(outcome);
      if (outcome != Outcome.STORED) {
        given.add(0L);
        return;
      }
      long ref = refs.computeIfAbsent(labels, l -> nextRef++);
      byRef.put(ref, labels);
      given.add(ref);
      zero(s, labels);
      Stored sample = new Stored(labels, s.tMs, s.value, s.startMs);
      newest.put(labels, sample);
      startsMs.put(labels, s.startMs);
      stored.add(sample);
    }

    private void zero(Staged s, Labels labels) {
      Stored last = newest.get(labels);
      if (s.zeroMs != 0 && s.zeroMs < s.tMs && (last == null || last.tMs < s.zeroMs)) {
        stored.add(new Stored(labels, s.zeroMs, 0, 0));
      }
    }

    private Outcome outcome(Staged s, Labels labels) {
      if (labels.isEmpty()) {
        return Outcome.UNKNOWN_REF;
      }
      if (refused.contains(labels.metricName())) {
        return Outcome.SERIES_LIMIT;
      }
      Stored last = newest.get(labels);
      if (last == null || last.tMs < s.tMs) {
        return Outcome.STORED;
      }
      if (last.tMs > s.tMs) {
        return Outcome.OUT_OF_ORDER;
      }
      return Double.doubleToRawLongBits(last.value) == Double.doubleToRawLongBits(s.value)
          ? Outcome.STORED
          : Outcome.DUPLICATE;
    }
  }

  private record Result(List<Appender.Outcome> outcomes, List<Long> refs)
      implements Appender.Commit {

    @Override
    public int size() {
      return outcomes.size();
    }

    @Override
    public int accepted() {
      return count(Appender.Outcome.STORED);
    }

    @Override
    public int count(Appender.Outcome outcome) {
      return (int) outcomes.stream().filter(outcome::equals).count();
    }

    @Override
    public Appender.Outcome outcome(int sample) {
      return outcomes.get(sample);
    }

    @Override
    public long ref(int sample) {
      return refs.get(sample);
    }
  }
}
