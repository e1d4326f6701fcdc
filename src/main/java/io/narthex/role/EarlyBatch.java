package io.narthex.role;

import io.narthex.model.labels.Labels;
import io.narthex.model.sample.Exemplar;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.Metadata;
import io.narthex.storage.Appender;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The samples of one batch as columns, and what hangs on them. Not thread-safe.
final class EarlyBatch {

  /// Of a float sample: reference, time, value.
  private static final int BYTES_PER_SAMPLE = 24;

  private static final int BYTES_PER_EXTRA = 256;
  private static final int BYTES_OF_BATCH = 256;
  private static final long[] NONE = {};

  int size;
  long[] refs = new long[64];
  long[] timesMs = new long[64];
  double[] values = new double[64];

  /// Start timestamps by sample, 0 where unknown; empty if none is known, shorter than the other
  /// columns if those of the last samples are not.
  private long[] startsMs = NONE;

  /// Given with samples whose reference was not known; shorter than the other columns if the last
  /// ones were.
  List<Given> given = new ArrayList<>();

  private List<Hanging> hanging = new ArrayList<>();

  /// Labels of the sample with this index.
  record Given(int sample, Labels labels) {}

  private sealed interface Hanging {
    int sample();
  }

  private record OfHistogram(int sample, FloatHistogram histogram) implements Hanging {}

  private record OfExemplar(int sample, Exemplar exemplar) implements Hanging {}

  private record OfMetadata(int sample, Metadata metadata) implements Hanging {}

  private record OfZero(int sample, long startMs) implements Hanging {}

  int add(long ref, Labels labels, long tMs, double value) {
    if (size == refs.length) {
      refs = Arrays.copyOf(refs, 2 * size);
      timesMs = Arrays.copyOf(timesMs, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    if (!labels.isEmpty()) {
      given.add(new Given(size, labels));
    }
    refs[size] = ref;
    timesMs[size] = tMs;
    values[size] = value;
    return size++;
  }

  int add(long ref, Labels labels, long tMs, FloatHistogram histogram) {
    int sample = add(ref, labels, tMs, 0);
    hanging.add(new OfHistogram(sample, histogram));
    return sample;
  }

  void exemplar(int sample, Exemplar exemplar) {
    hanging.add(new OfExemplar(sample, exemplar));
  }

  void metadata(int sample, Metadata metadata) {
    hanging.add(new OfMetadata(sample, metadata));
  }

  void start(int sample, long startMs) {
    if (startMs != 0 && sample >= startsMs.length) {
      startsMs = Arrays.copyOf(startsMs, refs.length);
    }
    if (sample < startsMs.length) {
      startsMs[sample] = startMs;
    }
  }

  void zeroAtStart(int sample, long startMs) {
    hanging.add(new OfZero(sample, startMs));
  }

  void clear() {
    size = 0;
    startsMs = NONE;
    given = new ArrayList<>();
    hanging = new ArrayList<>();
  }

  /// This batch in as little memory as it needs, to be kept.
  EarlyBatch kept() {
    EarlyBatch copy = new EarlyBatch();
    copy.size = size;
    copy.refs = Arrays.copyOf(refs, size);
    copy.timesMs = Arrays.copyOf(timesMs, size);
    copy.values = Arrays.copyOf(values, size);
    copy.startsMs = Arrays.copyOf(startsMs, Math.min(startsMs.length, size));
    copy.hanging = List.copyOf(hanging);
    return copy;
  }

  /// Memory that it takes when it is kept, about.
  long bytes() {
    return BYTES_OF_BATCH
        + (long) BYTES_PER_SAMPLE * size
        + (long) Long.BYTES * Math.min(startsMs.length, size)
        + (long) BYTES_PER_EXTRA * hanging.size();
  }

  /// What a batch looks up for the storage that takes it over.
  interface Series {

    /// The storage's reference of the series, 0 if it is unknown.
    long ref(int sample);

    /// Its labels, or none if the reference is enough.
    Labels labels(int sample);
  }

  /// Stages all samples there.
  void stage(Appender into, Series series) {
    @Nullable FloatHistogram[] histograms = histograms();
    for (int i = 0; i < size; i++) {
      FloatHistogram histogram = histograms.length == 0 ? null : histograms[i];
      if (histogram == null) {
        into.append(series.ref(i), series.labels(i), timesMs[i], values[i]);
      } else {
        into.append(series.ref(i), series.labels(i), timesMs[i], histogram);
      }
    }
    for (int i = 0; i < Math.min(startsMs.length, size); i++) {
      into.start(i, startsMs[i]);
    }
    for (Hanging part : hanging) {
      switch (part) {
        case OfExemplar e -> into.exemplar(e.sample, e.exemplar);
        case OfMetadata m -> into.metadata(m.sample, m.metadata);
        case OfZero z -> into.zeroAtStart(z.sample, z.startMs);
        case OfHistogram _ -> {}
      }
    }
  }

  /// By sample; empty if there are none.
  private @Nullable FloatHistogram[] histograms() {
    FloatHistogram[] all = new FloatHistogram[0];
    for (Hanging part : hanging) {
      if (part instanceof OfHistogram h) {
        all = all.length == 0 ? new FloatHistogram[size] : all;
        all[h.sample] = h.histogram;
      }
    }
    return all;
  }
}
