package io.narthex.tsdb.wal;

import io.narthex.clock.Clock;
import io.narthex.io.bytes.CorruptFileException;
import io.narthex.io.disk.Disk;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.Metadata;
import io.narthex.tsdb.wal.RecordEncoder.ExemplarSample;
import io.narthex.tsdb.wal.RecordEncoder.HistogramSample;
import io.narthex.tsdb.wal.RecordEncoder.SeriesMetadata;
import io.narthex.tsdb.wal.RecordEncoder.Tombstone;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/// Replaces the oldest segments of a log by a folder `checkpoint.N` that holds what is still needed
/// of them: series that are still there, samples that are young enough, the newest metadata. N is
/// the last segment that it stands for. Needs as much memory as one record.
public final class Checkpoint {

  private static final Logger LOG = System.getLogger(Checkpoint.class.getName());
  private static final String TEMPORARY_SUFFIX = ".tmp";
  private static final int BATCH_RECORDS = 64;

  private final Disk disk;
  private final Path directory;
  private final WalOptions options;
  private final boolean tellsMinValid;

  public Checkpoint(Disk disk, Path directory, WalOptions options) {
    this(disk, directory, options, true);
  }

  private Checkpoint(Disk disk, Path directory, WalOptions options, boolean tellsMinValid) {
    this.disk = disk;
    this.directory = directory;
    this.options = options;
    this.tellsMinValid = tellsMinValid;
  }

  /// Checkpoints without a record of ours: Prometheus' agent takes a record that it does not know
  /// for corruption.
  public static Checkpoint ofAgent(Disk disk, Path directory, WalOptions options) {
    return new Checkpoint(disk, directory, options, false);
  }

  /// Removes what an interrupted checkpoint left behind.
  public void clean() {
    if (disk.exists(directory)) {
      for (Path path : disk.list(directory)) {
        if (path.toString().endsWith(TEMPORARY_SUFFIX)) {
          disk.delete(path);
        }
      }
    }
  }

  /// Makes the checkpoint for all segments up to `last`, unless it is there; {@link #deleteOlder}
  /// comes next.
  ///
  /// @param keep which series are still needed, by reference
  /// @param minMs samples before this are not needed
  /// @param keepDeleted series whose older deletions are needed too
  /// @throws io.narthex.io.bytes.CorruptFileException if a segment cannot be read; nothing is
  ///   deleted then
  public void make(int last, LongPredicate keep, long minMs, LongPredicate keepDeleted) {
    List<WalFiles.Numbered> sources = new ArrayList<>();
    WalFiles.Numbered previous = WalFiles.lastCheckpoint(disk, directory);
    if (previous != null && previous.number() >= last) {
      // It was made before, but what it stands for could not be deleted.
      return;
    }
    if (previous != null) {
      sources.addAll(WalFiles.segments(disk, previous.path()));
    }
    int first = previous == null ? 0 : previous.number() + 1;
    for (WalFiles.Numbered segment : WalFiles.segments(disk, directory)) {
      if (segment.number() >= first && segment.number() <= last) {
        sources.add(segment);
      }
    }
    Path target = WalFiles.checkpoint(directory, last);
    Path temporary = target.resolveSibling(target.getFileName() + TEMPORARY_SUFFIX);
    disk.delete(temporary);
    copy(sources, temporary, keep, minMs, keepDeleted);
    disk.rename(temporary, target);
    disk.fsyncDirectory(directory);
  }

  /// Deletes what the checkpoint `last` stands for, and older checkpoints.
  public void deleteOlder(int last) {
    for (WalFiles.Numbered segment : WalFiles.segments(disk, directory)) {
      if (segment.number() <= last) {
        disk.delete(segment.path());
      }
    }
    for (WalFiles.Numbered old : WalFiles.checkpoints(disk, directory)) {
      if (old.number() < last) {
        disk.delete(old.path());
      }
    }
  }

  private void copy(
      List<WalFiles.Numbered> sources,
      Path temporary,
      LongPredicate keep,
      long minMs,
      LongPredicate keepDeleted) {
    // The checkpoint's own writes are not the log's: they are counted where nobody looks.
    WalMetrics unseen = new WalMetrics(new Metrics(), Clock.system(), "checkpoint");
    try (WalReader reader = new WalReader(disk, sources);
        WalWriter writer = WalWriter.open(disk, temporary, options, unseen, Runnable::run)) {
      WalBatch batch = new WalBatch(options);
      Filter filter = new Filter(writer, batch, keep, minMs, keepDeleted);
      RecordDecoder decoder = new RecordDecoder(filter);
      if (tellsMinValid) {
        RecordEncoder.minValid(batch, minMs);
      }
      while (reader.next()) {
        try {
          decoder.decode(reader.record(), reader.length());
        } catch (CorruptFileException e) {
          // As when it is read for good: its checksum is right, what follows is not torn.
          LOG.log(Logger.Level.WARNING, "a record of the WAL was left out: {0}", e.getMessage());
        }
        filter.endRecord();
      }
      filter.end();
    }
  }

  private static final class Filter implements RecordSink {
    private final WalWriter writer;
    private final WalBatch batch;
    private final LongPredicate keep;
    private final LongPredicate keepDeleted;
    private final long minMs;
    private final List<HistogramSample> histograms = new ArrayList<>();
    private final List<Tombstone> tombstones = new ArrayList<>();
    private final List<ExemplarSample> exemplars = new ArrayList<>();
    private final Map<Long, SeriesMetadata> metadata = new LinkedHashMap<>();
    private final SampleColumns kept = new SampleColumns();

    Filter(
        WalWriter writer,
        WalBatch batch,
        LongPredicate keep,
        long minMs,
        LongPredicate keepDeleted) {
      this.keepDeleted = keepDeleted;
      this.writer = writer;
      this.batch = batch;
      this.keep = keep;
      this.minMs = minMs;
    }

    @Override
    public void series(long ref, Labels labels) {
      if (keep.test(ref)) {
        RecordEncoder.series(batch, ref, labels);
      }
    }

    @Override
    public void samples(SampleColumns samples) {
      kept.clear();
      long[] startsMs = samples.startsMs;
      for (int i = 0; i < samples.size; i++) {
        if (samples.timesMs[i] >= minMs && keep.test(samples.refs[i])) {
          kept.add(
              samples.refs[i],
              samples.timesMs[i],
              samples.values[i],
              startsMs == null ? 0 : startsMs[i]);
        }
      }
      RecordEncoder.samples(batch, kept);
    }

    @Override
    public void histogram(long ref, long tMs, FloatHistogram histogram, long startMs) {
      if (tMs >= minMs && keep.test(ref)) {
        histograms.add(new HistogramSample(ref, tMs, histogram, startMs));
      }
    }

    @Override
    public void tombstone(long ref, long fromMs, long toMs) {
      // One from the beginning of time tells the series of two references under one name apart.
      boolean needed = fromMs == Long.MIN_VALUE || toMs >= minMs || keepDeleted.test(ref);
      if (needed && keep.test(ref)) {
        tombstones.add(new Tombstone(ref, fromMs, toMs));
      }
    }

    @Override
    public void exemplar(long ref, long tMs, double value, Labels labels) {
      if (tMs >= minMs && keep.test(ref)) {
        exemplars.add(new ExemplarSample(ref, tMs, value, labels));
      }
    }

    @Override
    public void metadata(long ref, Metadata newest) {
      if (keep.test(ref)) {
        metadata.put(ref, new SeriesMetadata(ref, newest));
      }
    }

    void endRecord() {
      if (batch.record().length() > 0) {
        batch.seal();
      }
      RecordEncoder.histograms(batch, histograms);
      RecordEncoder.tombstones(batch, tombstones);
      RecordEncoder.exemplars(batch, exemplars);
      histograms.clear();
      tombstones.clear();
      exemplars.clear();
      if (batch.size() >= BATCH_RECORDS) {
        flush();
      }
    }

    void end() {
      RecordEncoder.metadata(batch, new ArrayList<>(metadata.values()));
      flush();
    }

    private void flush() {
      writer.log(batch);
      batch.clear();
    }
  }
}
