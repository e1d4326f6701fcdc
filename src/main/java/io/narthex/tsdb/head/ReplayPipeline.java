package io.narthex.tsdb.head;

import io.narthex.io.bytes.CorruptFileException;
import io.narthex.io.disk.Disk;
import io.narthex.tsdb.wal.LabelTexts;
import io.narthex.tsdb.wal.RecordDecoder;
import io.narthex.tsdb.wal.RecordSink;
import io.narthex.tsdb.wal.SampleColumns;
import io.narthex.tsdb.wal.SeriesColumns;
import io.narthex.tsdb.wal.WalFiles;
import io.narthex.tsdb.wal.WalReader;
import io.narthex.tsdb.wal.WalRepair;
import io.narthex.tsdb.wal.WalSkips;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/// Reads a log with two threads: one reads, checks, decompresses and takes series and samples
/// apart, the other (the caller's) applies. Between them lie a few records, so memory does not grow
/// with the log.
final class ReplayPipeline implements AutoCloseable {

  private static final Logger LOG = System.getLogger(ReplayPipeline.class.getName());
  private static final int RECORDS_BETWEEN = 16;

  private enum Kind {
    SAMPLES,
    SERIES,
    OTHER,
    END
  }

  /// One record on its way; used again and again.
  private static final class Slot {
    final SampleColumns samples = new SampleColumns();
    final SeriesColumns series = new SeriesColumns();
    byte[] other = {};
    Kind kind = Kind.OTHER;
    int segment;
    @Nullable Throwable failure;
  }

  private final WalReader reader;
  private final Disk disk;
  private final RecordSink sink;
  private final RecordDecoder decoder;
  private final ReplayProgress progress;
  private final LabelTexts texts;
  private final ArrayBlockingQueue<Slot> full = new ArrayBlockingQueue<>(RECORDS_BETWEEN);
  private final ArrayBlockingQueue<Slot> free = new ArrayBlockingQueue<>(RECORDS_BETWEEN);
  private @Nullable Thread thread;
  private @Nullable CorruptFileException corruption;

  /// Where the record that could not be decoded begins; only the reading thread knows it before the
  /// pipeline has ended.
  private WalFiles.@Nullable Numbered badSegment;

  private long badOffset;

  /// @param texts what the labels of the series are made of
  /// @param skips what of the log is left out
  ReplayPipeline(
      Disk disk,
      List<WalFiles.Numbered> segments,
      RecordSink sink,
      LabelTexts texts,
      ReplayProgress progress,
      WalSkips skips) {
    this.disk = disk;
    this.sink = sink;
    this.progress = progress;
    this.texts = texts;
    reader = new WalReader(disk, segments, skips);
    decoder = new RecordDecoder(sink);
    for (int i = 0; i < RECORDS_BETWEEN; i++) {
      free.add(new Slot());
    }
  }

  /// Reads all there is, up to the first corruption.
  void run() {
    Thread started = Thread.ofPlatform().name("wal-replay").daemon().start(this::readAll);
    thread = started;
    try {
      while (true) {
        Slot slot = full.take();
        if (slot.kind == Kind.END) {
          finish(slot);
          return;
        }
        progress.at(slot.segment);
        apply(slot);
        free.put(slot);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the WAL was read", e);
    }
  }

  private void apply(Slot slot) {
    switch (slot.kind) {
      case SAMPLES -> sink.samples(slot.samples);
      case SERIES -> series(slot.series);
      case OTHER -> {
        try {
          decoder.decode(slot.other, slot.other.length);
        } catch (CorruptFileException e) {
          leftOut(e);
        }
      }
      case END -> throw new IllegalStateException("BUG: nothing to apply");
    }
  }

  private void series(SeriesColumns series) {
    for (int i = 0; i < series.size; i++) {
      sink.series(series.refs[i], Objects.requireNonNull(series.labels[i]));
    }
  }

  /// The checksum was right, so this is what a writer meant: nothing behind it is torn.
  private static void leftOut(CorruptFileException e) {
    LOG.log(Logger.Level.WARNING, "a record of the WAL was left out: {0}", e.getMessage());
  }

  private void finish(Slot slot) throws InterruptedException {
    Thread done = thread;
    if (done != null) {
      done.join();
    }
    switch (slot.failure) {
      case null -> {
        // The end of the log.
      }
      case CorruptFileException e -> corruption = e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException("BUG: WAL reader", slot.failure);
    }
  }

  private void readAll() {
    @Nullable Throwable failure = null;
    try {
      while (reader.next()) {
        if (reader.isLeftOut()) {
          progress.passed(reader.segment().number());
          continue;
        }
        Slot slot = free.take();
        slot.segment = reader.segment().number();
        take(slot, reader.record(), reader.length());
        full.put(slot);
      }
    } catch (InterruptedException _) {
      return;
    } catch (RuntimeException | Error e) {
      badSegment = reader.segment();
      badOffset = reader.recordOffset();
      failure = e;
    }
    Slot last = new Slot();
    last.kind = Kind.END;
    last.failure = failure;
    try {
      full.put(last);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// What was left out although the log goes on behind it.
  List<CorruptFileException> skipped() {
    return reader.skipped();
  }

  private void take(Slot slot, byte[] record, int length) {
    if (RecordDecoder.isSamples(record, length)) {
      slot.kind = Kind.SAMPLES;
      slot.samples.clear();
      RecordDecoder.samples(record, length, slot.samples);
    } else if (RecordDecoder.isSeries(record, length)) {
      slot.kind = Kind.SERIES;
      try {
        slot.series.read(record, length, texts);
      } catch (CorruptFileException e) {
        leftOut(e);
      }
    } else {
      slot.kind = Kind.OTHER;
      slot.other = Arrays.copyOf(record, length);
    }
  }

  /// What stopped the reading, or null if all could be read.
  @Nullable CorruptFileException corruption() {
    return corruption;
  }

  /// Cuts the log off where it is corrupt.
  void repair(Path directory) {
    reader.close();
    WalFiles.Numbered bad = badSegment;
    if (bad != null) {
      WalRepair.truncate(disk, directory, bad, badOffset);
    }
  }

  @Override
  public void close() {
    Thread running = thread;
    if (running != null && running.isAlive()) {
      running.interrupt();
      try {
        running.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
    reader.close();
  }
}
