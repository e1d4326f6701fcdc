package io.narthex.tsdb.head;

import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.tsdb.wal.RecordEncoder;
import io.narthex.tsdb.wal.RecordEncoder.HistogramSample;
import io.narthex.tsdb.wal.SampleColumns;
import io.narthex.tsdb.wal.WalBatch;
import io.narthex.tsdb.wal.WalFiles;
import io.narthex.tsdb.wal.WalMetrics;
import io.narthex.tsdb.wal.WalOptions;
import io.narthex.tsdb.wal.WalWriter;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Writes `wbl/`: what was accepted out of order, behind each commit. The main log has it too, but
/// when that is read again, it cannot be told from what was refused. Under the head's commit lock.
final class LateLog implements AutoCloseable {

  private static final Logger LOG = System.getLogger(LateLog.class.getName());

  private final Disk disk;
  private final Path directory;
  private final WalOptions options;
  private final WalMetrics metrics;
  private final Executor background;
  private final WalBatch records;
  private final SampleColumns floats = new SampleColumns();
  private final List<HistogramSample> histograms = new ArrayList<>();

  /// Made with the first sample.
  private @Nullable WalWriter writer;

  LateLog(Disk disk, Path directory, WalOptions options, WalMetrics metrics, Executor background) {
    this.disk = disk;
    this.directory = directory;
    this.options = options;
    this.metrics = metrics;
    this.background = background;
    records = new WalBatch(options.compression());
  }

  /// Stages a sample of the commit.
  void add(long ref, long tMs, double value, @Nullable FloatHistogram histogram) {
    if (histogram == null) {
      floats.add(ref, tMs, value);
    } else {
      histograms.add(new HistogramSample(ref, tMs, histogram));
    }
  }

  /// Writes what is staged. Where the disk does not take it, the samples are there until the
  /// process ends.
  void commit() {
    if (floats.size == 0 && histograms.isEmpty()) {
      return;
    }
    records.clear();
    RecordEncoder.samples(records, floats.refs, floats.timesMs, floats.values, floats.size);
    RecordEncoder.histograms(records, histograms);
    floats.size = 0;
    histograms.clear();
    try {
      open().log(records);
    } catch (DiskException e) {
      LOG.log(
          Logger.Level.ERROR,
          "out-of-order samples will not survive a restart: {0}",
          e.getMessage());
    }
  }

  private WalWriter open() {
    WalWriter known = writer;
    if (known == null) {
      known = WalWriter.open(disk, directory, options, metrics, background);
      writer = known;
    }
    return known;
  }

  /// Begins a new segment and returns its number: what was staged so far lies before it.
  int cut() {
    WalWriter open = open();
    open.cut();
    return open.segment();
  }

  /// Deletes the segments before `segment`.
  void deleteBefore(int segment) {
    for (WalFiles.Numbered old : WalFiles.segments(disk, directory)) {
      if (old.number() < segment) {
        disk.delete(old.path());
      }
    }
  }

  @Override
  public void close() {
    WalWriter open = writer;
    if (open != null) {
      open.close();
    }
  }
}
