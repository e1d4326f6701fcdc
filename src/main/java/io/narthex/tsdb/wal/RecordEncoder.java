package io.narthex.tsdb.wal;

import io.narthex.io.bytes.BytesOut;
import io.narthex.model.labels.Labels;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.Metadata;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts records together. Each method adds one or more records to a batch.
public final class RecordEncoder {

  /// Float samples in one record; larger batches are split so that a reader needs little memory.
  private static final int SAMPLES_A_RECORD = 16 * 1024;

  /// A record of series ends at this size.
  private static final int SERIES_RECORD_BYTES = 256 * 1024;

  private RecordEncoder() {}

  /// A sample of a histogram.
  ///
  /// @param startMs start timestamp, 0 if it is unknown
  public record HistogramSample(long ref, long tMs, FloatHistogram histogram, long startMs) {}

  /// An exemplar of a series.
  public record ExemplarSample(long ref, long tMs, double value, Labels labels) {}

  /// A deleted span of a series, closed at both ends.
  public record Tombstone(long ref, long minMs, long maxMs) {}

  /// What is known of a series.
  public record SeriesMetadata(long ref, Metadata metadata) {}

  /// A series and its number.
  public static void series(WalBatch batch, long ref, Labels labels) {
    BytesOut out = batch.record();
    if (out.length() > SERIES_RECORD_BYTES) {
      batch.seal();
      out = batch.record();
    }
    if (out.length() == 0) {
      out.u8(WalFormat.SERIES);
    }
    out.u64(ref);
    labels(labels, out);
  }

  static void labels(Labels labels, BytesOut out) {
    int size = labels.size();
    out.uvarint(size);
    for (int i = 0; i < size; i++) {
      out.uvarintString(labels.name(i)).uvarintString(labels.value(i));
    }
  }

  /// Float samples `[0, size)` of the columns, without those whose reference is 0.
  public static void samples(
      WalBatch batch, long[] refs, long[] timesMs, double[] values, int size) {
    int at = 0;
    while (at < size) {
      int end = Math.min(size, at + SAMPLES_A_RECORD);
      samples(batch, refs, timesMs, values, at, end);
      at = end;
    }
  }

  /// All float samples of the columns, without those whose reference is 0.
  public static void samples(WalBatch batch, SampleColumns all) {
    samples(batch, all.refs, all.timesMs, all.values, all.startsMs, all.size);
  }

  /// Float samples `[0, size)` of the columns, without those whose reference is 0.
  ///
  /// @param startsMs start timestamps, 0 where unknown, null for none; left out where the log has
  ///   none
  public static void samples(
      WalBatch batch,
      long[] refs,
      long[] timesMs,
      double[] values,
      long @Nullable [] startsMs,
      int size) {
    if (!batch.hasStarts()) {
      samples(batch, refs, timesMs, values, size);
      return;
    }
    for (int from = 0; from < size; from += SAMPLES_A_RECORD) {
      int end = Math.min(size, from + SAMPLES_A_RECORD);
      StartRecords.Writer record =
          new StartRecords.Writer(batch.record(), WalFormat.SAMPLES_WITH_START);
      for (int i = from; i < end; i++) {
        if (refs[i] != 0) {
          record.sample(refs[i], timesMs[i], startsMs == null ? 0 : startsMs[i]).f64(values[i]);
        }
      }
      sealIfAny(batch);
    }
  }

  private static void sealIfAny(WalBatch batch) {
    if (batch.record().length() > 0) {
      batch.seal();
    }
  }

  private static void samples(
      WalBatch batch, long[] refs, long[] timesMs, double[] values, int from, int end) {
    int first = from;
    while (first < end && refs[first] == 0) {
      first++;
    }
    if (first == end) {
      return;
    }
    batch.sealSamples(refs, timesMs, values, first, end);
  }

  /// Histograms; those of whole numbers, and those with custom buckets unless the log has start
  /// timestamps, in records of their own.
  public static void histograms(WalBatch batch, List<HistogramSample> samples) {
    if (samples.isEmpty()) {
      return;
    }
    if (batch.hasStarts()) {
      histogramsWithStart(batch, samples, true);
      histogramsWithStart(batch, samples, false);
      return;
    }
    for (int type = WalFormat.HISTOGRAMS; type <= WalFormat.CUSTOM_FLOAT_HISTOGRAMS; type++) {
      histograms(batch, samples, type);
    }
  }

  private static void histogramsWithStart(
      WalBatch batch, List<HistogramSample> samples, boolean whole) {
    StartRecords.Writer record =
        new StartRecords.Writer(
            batch.record(),
            whole ? WalFormat.HISTOGRAMS_WITH_START : WalFormat.FLOAT_HISTOGRAMS_WITH_START);
    for (HistogramSample sample : samples) {
      if (HistogramRecords.isWhole(sample.histogram) == whole) {
        BytesOut out = record.sample(sample.ref, sample.tMs, sample.startMs);
        HistogramRecords.encode(sample.histogram, whole, out);
      }
    }
    sealIfAny(batch);
  }

  /// The kind of a histogram: those of different kinds go into different records.
  public static int recordType(FloatHistogram histogram) {
    boolean whole = HistogramRecords.isWhole(histogram);
    return histogram.usesCustomBuckets()
        ? whole ? WalFormat.CUSTOM_HISTOGRAMS : WalFormat.CUSTOM_FLOAT_HISTOGRAMS
        : whole ? WalFormat.HISTOGRAMS : WalFormat.FLOAT_HISTOGRAMS;
  }

  private static void histograms(WalBatch batch, List<HistogramSample> samples, int type) {
    boolean whole = type == WalFormat.HISTOGRAMS || type == WalFormat.CUSTOM_HISTOGRAMS;
    BytesOut out = batch.record();
    long baseRef = 0;
    long baseMs = 0;
    for (HistogramSample sample : samples) {
      if (recordType(sample.histogram) != type) {
        continue;
      }
      if (out.length() == 0) {
        baseRef = sample.ref;
        baseMs = sample.tMs;
        out.u8(type);
        out.u64(baseRef).u64(baseMs);
      }
      out.varint(sample.ref - baseRef).varint(sample.tMs - baseMs);
      HistogramRecords.encode(sample.histogram, whole, out);
    }
    sealIfAny(batch);
  }

  /// Exemplars.
  public static void exemplars(WalBatch batch, List<ExemplarSample> exemplars) {
    if (exemplars.isEmpty()) {
      return;
    }
    exemplars(batch.record().u8(WalFormat.EXEMPLARS), exemplars);
    batch.seal();
  }

  /// What follows the type.
  static void exemplars(BytesOut out, List<ExemplarSample> exemplars) {
    ExemplarSample first = exemplars.getFirst();
    out.u64(first.ref).u64(first.tMs);
    for (ExemplarSample exemplar : exemplars) {
      out.varint(exemplar.ref - first.ref).varint(exemplar.tMs - first.tMs).f64(exemplar.value);
      labels(exemplar.labels, out);
    }
  }

  /// Deleted spans.
  public static void tombstones(WalBatch batch, List<Tombstone> tombstones) {
    if (tombstones.isEmpty()) {
      return;
    }
    BytesOut out = batch.record().u8(WalFormat.TOMBSTONES);
    for (Tombstone tombstone : tombstones) {
      out.u64(tombstone.ref).varint(tombstone.minMs).varint(tombstone.maxMs);
    }
    batch.seal();
  }

  /// The time before which in-order samples are in blocks.
  public static void minValid(WalBatch batch, long minMs) {
    batch.record().u8(WalFormat.MIN_VALID_TIME).u64(minMs);
    batch.seal();
  }

  /// Metadata of series.
  public static void metadata(WalBatch batch, List<SeriesMetadata> all) {
    if (all.isEmpty()) {
      return;
    }
    BytesOut out = batch.record().u8(WalFormat.METADATA);
    for (SeriesMetadata one : all) {
      out.uvarint(one.ref).u8(RecordTypes.number(one.metadata.type())).uvarint(2);
      out.uvarintString("UNIT").uvarintString(one.metadata.unit());
      out.uvarintString("HELP").uvarintString(one.metadata.help());
    }
    batch.seal();
  }
}
