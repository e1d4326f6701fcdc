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
import java.util.Arrays;
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
  private int[] indexes = new int[16];
  private int staged;

  /// Made with the first sample.
  private @Nullable WalWriter writer;

  LateLog(Disk disk, Path directory, WalOptions options, WalMetrics metrics, Executor background) {
    this.disk = disk;
    this.directory = directory;
    this.options = options;
    this.metrics = metrics;
    this.background = background;
    records = new WalBatch(options);
  }

  /// Stages a sample of the commit, which has the index `i` there.
  void add(
      int i, long ref, long tMs, double value, @Nullable FloatHistogram histogram, long startMs) {
    if (staged == indexes.length) {
      indexes = Arrays.copyOf(indexes, staged * 2);
    }
    indexes[staged++] = i;
    if (histogram == null) {
      floats.add(ref, tMs, value, startMs);
    } else {
      histograms.add(new HistogramSample(ref, tMs, histogram, startMs));
    }
  }

  /// How many samples are staged.
  int size() {
    return staged;
  }

  /// How many of them are histograms.
  int histogramCount() {
    return histograms.size();
  }

  /// Index in the commit of staged sample `k`.
  int index(int k) {
    return indexes[k];
  }

  /// Writes what is staged; false if the disk does not take it.
  boolean write() {
    records.clear();
    RecordEncoder.samples(records, floats);
    RecordEncoder.histograms(records, histograms);
    try {
      open().log(records);
      return true;
    } catch (DiskException e) {
      LOG.log(Logger.Level.ERROR, "out-of-order samples are refused: {0}", e.getMessage());
      return false;
    }
  }

  /// Forgets what is staged.
  void clear() {
    staged = 0;
    floats.clear();
    histograms.clear();
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
