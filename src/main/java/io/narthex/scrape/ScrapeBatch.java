package io.narthex.scrape;

import io.narthex.model.labels.Labels;
import io.narthex.model.sample.Exemplar;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.StaleMarker;
import io.narthex.storage.Appender;
import io.narthex.storage.Appender.Commit;
import io.narthex.storage.Appender.Outcome;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The samples of one scrape on their way to storage: counts them, holds them against the limits,
/// and remembers from which line each came. Reused; not thread-safe.
final class ScrapeBatch {

  /// How far in the future a sample may lie.
  static final long MAX_AHEAD_MS = 600_000;

  private int[] lineOfSample = new int[1024];
  private int samples;
  private int markers;
  private int histograms;
  private int sampleLimit;
  private int bucketLimit;
  private long maxMs;
  private @Nullable Appender appender;

  /// Samples exposed.
  int total;

  /// Samples left after relabelling.
  int added;

  /// Series that the scrape before did not have.
  int seriesAdded;

  /// Samples that were staged with labels although their series was there the last time.
  int resolved;

  int duplicates;
  int outOfOrder;
  int outOfBounds;

  /// Samples of new series that storage does not take, because it has as many as it may have.
  int refused;

  boolean limitExceeded;

  /// Whether a histogram had more buckets than it may have.
  boolean bucketLimitExceeded;

  /// @param limit of samples, 0 for none
  /// @param buckets limit of the buckets of one histogram, 0 for none
  void begin(Appender into, long nowMs, int limit, int buckets) {
    appender = into;
    maxMs = nowMs + MAX_AHEAD_MS;
    sampleLimit = limit;
    bucketLimit = buckets;
    samples = 0;
    markers = 0;
    histograms = 0;
    total = 0;
    added = 0;
    seriesAdded = 0;
    resolved = 0;
    duplicates = 0;
    outOfOrder = 0;
    outOfBounds = 0;
    refused = 0;
    limitExceeded = false;
    bucketLimitExceeded = false;
  }

  /// Stages the sample of a line; returns its index in the batch, or -1 if a limit keeps it out.
  int stage(int line, long ref, Labels labels, long tMs, double value) {
    if (tMs > maxMs) {
      outOfBounds++;
      return -1;
    }
    if (sampleLimit > 0 && samples >= sampleLimit) {
      limitExceeded = true;
      return -1;
    }
    if (samples == lineOfSample.length) {
      lineOfSample = Arrays.copyOf(lineOfSample, samples * 2);
    }
    lineOfSample[samples++] = line;
    return into().append(ref, labels, tMs, value);
  }

  /// Stages a histogram that is of no single line, behind all samples of lines; returns its index
  /// in the batch, or -1 if a limit keeps it out.
  int stage(long ref, Labels labels, long tMs, FloatHistogram histogram) {
    // With bounds of its own it cannot be made coarser, as an exponential one could.
    int buckets = histogram.positiveBuckets.length + histogram.negativeBuckets.length;
    if (bucketLimit > 0 && buckets > bucketLimit) {
      bucketLimitExceeded = true;
      return -1;
    }
    if (tMs > maxMs) {
      outOfBounds++;
      return -1;
    }
    if (sampleLimit > 0 && samples + histograms >= sampleLimit) {
      limitExceeded = true;
      return -1;
    }
    histograms++;
    return into().append(ref, labels, tMs, histogram);
  }

  /// Stages the end of a series of histograms. Must come behind all samples.
  void end(long ref, Labels labels, long tMs) {
    markers++;
    into().append(ref, labels, tMs, FloatHistogram.stale());
  }

  /// Stages an exemplar of a staged sample; one without a time happened at the sample's.
  void exemplar(int sample, Exemplar exemplar, long tMs) {
    into()
        .exemplar(
            sample,
            exemplar.hasTimestamp()
                ? exemplar
                : new Exemplar(exemplar.labels(), exemplar.value(), tMs, false));
  }

  /// Stages the start timestamp of a staged sample.
  void start(int sample, long startMs) {
    into().start(sample, startMs);
  }

  /// Asks for a zero at the start of a staged sample.
  void zeroAtStart(int sample, long startMs) {
    into().zeroAtStart(sample, startMs);
  }

  private Appender into() {
    if (appender == null) {
      throw new IllegalStateException("BUG: the batch has not begun");
    }
    return appender;
  }

  /// Stages the end of a series. Must come behind all samples of lines.
  void end(long ref, long tMs) {
    markers++;
    into().append(ref, Labels.EMPTY, tMs, StaleMarker.STALE);
  }

  /// Forgets the samples, keeps the counts.
  void rollback() {
    into().rollback();
    samples = 0;
    histograms = 0;
    markers = 0;
  }

  /// Whether there are histograms of no single line, from index `samples` on.
  boolean hasHistograms() {
    return histograms > 0;
  }

  /// Samples of lines in the batch: they have the indexes `[0, samples)`.
  int samples() {
    return samples;
  }

  /// Index of the first sample behind those of lines and the stale markers.
  int reportStart() {
    return samples + histograms + markers;
  }

  int line(int sample) {
    return lineOfSample[sample];
  }

  /// Counts what became of the samples of lines.
  void count(Commit commit) {
    if (commit.accepted() == commit.size()) {
      return;
    }
    for (int i = 0; i < samples + histograms; i++) {
      Outcome outcome = commit.outcome(i);
      switch (outcome) {
        case OUT_OF_ORDER -> outOfOrder++;
        case DUPLICATE -> duplicates++;
        case OUT_OF_BOUNDS, TOO_OLD -> outOfBounds++;
        case SERIES_LIMIT -> refused++;
        case STORED, UNKNOWN_REF -> {}
      }
    }
  }

  /// Lets go of the appender.
  void close() {
    appender = null;
  }
}
