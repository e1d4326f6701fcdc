package io.narthex.tsdb.head;

import io.narthex.io.bytes.CorruptFileException;
import io.narthex.io.disk.Disk;
import io.narthex.model.labels.Labels;
import io.narthex.model.sample.Exemplar;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.Metadata;
import io.narthex.storage.Appender.Outcome;
import io.narthex.tsdb.wal.LabelTexts;
import io.narthex.tsdb.wal.RecordSink;
import io.narthex.tsdb.wal.SampleColumns;
import io.narthex.tsdb.wal.WalFiles;
import io.narthex.tsdb.wal.WalMetrics;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Brings the head back to where it was: mapped chunks first, then what the log has beyond them.
/// Runs once, before anybody else sees the head.
final class HeadReplay implements RecordSink {

  private static final Logger LOG = System.getLogger(HeadReplay.class.getName());

  /// Everything from an earlier run is visible to every reader.
  private static final int OLD_COMMIT = 0;

  private final HeadState state;
  private final Disk disk;
  private final Path walDirectory;
  private final Path wblDirectory;
  private final WalMetrics metrics;
  private final ReplayProgress progress;

  /// Strings of all labels in the log; they become those of the postings.
  private final LabelTexts texts = new LabelTexts();

  private final LateReplay lateReplay;
  private long samples;
  private long unknown;

  HeadReplay(
      HeadState state,
      Disk disk,
      Path walDirectory,
      Path wblDirectory,
      WalMetrics metrics,
      ReplayProgress progress) {
    this.state = state;
    this.disk = disk;
    this.walDirectory = walDirectory;
    this.wblDirectory = wblDirectory;
    this.metrics = metrics;
    this.progress = progress;
    lateReplay = new LateReplay(state.late, this::resolve);
  }

  void chunk(long chunkRef, ChunkView view) {
    if (view.outOfOrder) {
      lateReplay.chunk(view);
      return;
    }
    if (view.maxMs < state.minValidMs) {
      return;
    }
    state.table.skipRefs(view.ref);
    SeriesPage page = state.table.pageOrNew(view.ref);
    int at = (int) view.ref & SeriesPage.MASK;
    int base = at * SeriesPage.LINE;
    boolean first = page.mapped[at] == null;
    if (!first && view.minMs <= page.lines[base + SeriesPage.LAST_T]) {
      return;
    }
    SeriesWriter.addMapped(page, at, chunkRef);
    page.lines[base + SeriesPage.LAST_T] = view.maxMs;
    page.lines[base + SeriesPage.VERSION] |= SeriesPage.HAS_SAMPLES;
    state.writer.countAdopted(1);
    state.extendTo(Math.max(view.minMs, state.minValidMs), view.maxMs);
  }

  /// Reads the newest checkpoint and the segments behind it; mends the log where it is torn.
  void run() {
    WalFiles.Numbered checkpoint = WalFiles.lastCheckpoint(disk, walDirectory);
    if (checkpoint != null) {
      read(checkpoint.path(), WalFiles.segments(disk, checkpoint.path()));
    }
    List<WalFiles.Numbered> segments = new ArrayList<>();
    for (WalFiles.Numbered segment : WalFiles.segments(disk, walDirectory)) {
      if (checkpoint == null || segment.number() > checkpoint.number()) {
        segments.add(segment);
      }
    }
    if (!segments.isEmpty()) {
      progress.range(segments.getFirst().number(), segments.getLast().number());
      read(walDirectory, segments);
    }
    lateReplay.run(disk, wblDirectory, metrics);
    state.deleted.truncate(state.minValidMs, ref -> true, state.late::has);
    finish();
    LOG.log(
        Logger.Level.INFO,
        "WAL replayed: {0} segments, {1} series, {2} samples",
        segments.size(),
        state.table.live(),
        samples);
    if (unknown > 0) {
      LOG.log(Logger.Level.WARNING, "WAL: {0} records of unknown series were left out", unknown);
    }
  }

  private void read(Path directory, List<WalFiles.Numbered> segments) {
    try (ReplayPipeline pipeline = new ReplayPipeline(disk, segments, this, texts, progress)) {
      pipeline.run();
      for (CorruptFileException skipped : pipeline.skipped()) {
        metrics.corrupted();
        LOG.log(
            Logger.Level.ERROR,
            "the WAL is corrupt, what cannot be read is lost, the rest is not: {0}",
            skipped.getMessage());
      }
      CorruptFileException corruption = pipeline.corruption();
      if (corruption != null) {
        metrics.corrupted();
        LOG.log(
            Logger.Level.WARNING,
            "the WAL is cut off where it is corrupt: {0}",
            corruption.getMessage());
        pipeline.repair(directory);
      }
    }
  }

  /// Postings are made at the end, because they want references in order.
  private void finish() {
    SeriesPage[] pages = state.table.pages();
    for (int p = 0; p < pages.length; p++) {
      SeriesPage page = pages[p];
      if (page == null) {
        continue;
      }
      for (int i = 0; i < SeriesPage.SERIES; i++) {
        Labels labels = page.labels[i];
        if (labels != null) {
          state.postings.addInterned((long) p << SeriesPage.SHIFT | i, labels);
        } else if (page.mapped[i] != null) {
          // Chunks of a series that the log does not know any more.
          state.writer.countRemoved(page.mapped[i].length);
          page.mapped[i] = null;
        }
      }
      if (page.live == 0) {
        pages[p] = null;
      }
    }
    state.postings.endReplay();
  }

  @Override
  public void series(long ref, Labels labels) {
    Labels known = state.table.labels(ref);
    if (known != null && known.equals(labels)) {
      return;
    }
    long same = state.table.find(labels);
    if (same != 0) {
      state.aliases.put(ref, same);
      moveChunks(ref, same);
      state.table.skipRefs(ref);
      return;
    }
    state.table.add(ref, labels);
  }

  /// Gives the chunks of an alias to the series. They may be older than those it has: after a
  /// restart new ones are written under its own number.
  private void moveChunks(long from, long to) {
    SeriesPage source = state.table.page(from);
    SeriesPage target = state.table.page(to);
    int at = (int) from & SeriesPage.MASK;
    if (source == null || target == null || source.mapped[at] == null) {
      return;
    }
    int targetAt = (int) to & SeriesPage.MASK;
    long[] lines = target.lines;
    int line = targetAt * SeriesPage.LINE;
    // What is open goes on behind the newest chunk, which will be another one.
    if (OpenChunk.count(lines[line + SeriesPage.PREV_BITS_COUNT]) > 0) {
      state.writer.cut(target, to);
    }
    if ((lines[line + SeriesPage.VERSION] & SeriesPage.HISTOGRAMS) != 0) {
      state.histograms.cut(target, to);
    }
    long[] own = target.mapped[targetAt];
    long[] all = byTime(source.mapped[at], own == null ? new long[0] : own);
    boolean hasSamples = (lines[line + SeriesPage.VERSION] & SeriesPage.HAS_SAMPLES) != 0;
    long lastMs = source.lines[at * SeriesPage.LINE + SeriesPage.LAST_T];
    target.mapped[targetAt] = all.length == 0 ? null : all;
    lines[line + SeriesPage.LAST_T] =
        hasSamples ? Math.max(lastMs, lines[line + SeriesPage.LAST_T]) : lastMs;
    lines[line + SeriesPage.VERSION] |= SeriesPage.HAS_SAMPLES;
    source.mapped[at] = null;
    source.lines[at * SeriesPage.LINE + SeriesPage.VERSION] &= ~(long) SeriesPage.HAS_SAMPLES;
  }

  /// The chunks of both lists, which do not overlap, oldest first.
  private long[] byTime(long[] some, long[] others) {
    Map<Long, Long> sorted = new TreeMap<>();
    ChunkView view = new ChunkView();
    for (long[] list : List.of(some, others)) {
      for (long chunkRef : list) {
        if (state.files.read(chunkRef, view)) {
          sorted.put(view.minMs, chunkRef);
        }
      }
    }
    return sorted.values().stream().mapToLong(Long::longValue).toArray();
  }

  /// The series' own reference, or 0 if it is unknown.
  private long resolve(long ref) {
    long own = state.ownRef(ref);
    if (state.table.labels(own) == null) {
      // Its record is lost. A new series with this number would be given what is left of it.
      state.table.skipRefs(ref);
      return 0;
    }
    return own;
  }

  @Override
  public void samples(SampleColumns columns) {
    long minValidMs = state.minValidMs;
    long newestMs = Long.MIN_VALUE;
    long oldestMs = Long.MAX_VALUE;
    boolean aliased = !state.aliases.isEmpty();
    SeriesWriter writer = state.writer;
    for (int i = 0; i < columns.size; i++) {
      long tMs = columns.timesMs[i];
      if (tMs < minValidMs) {
        continue;
      }
      long ref = columns.refs[i];
      if (aliased) {
        ref = resolve(ref);
      }
      SeriesPage page = ref == 0 ? null : state.table.page(ref);
      if (page == null || page.labels[(int) ref & SeriesPage.MASK] == null) {
        unknown++;
        state.table.skipRefs(columns.refs[i]);
        continue;
      }
      long bits = Double.doubleToRawLongBits(columns.values[i]);
      if (writer.append(page, ref, tMs, bits, OLD_COMMIT) == Outcome.STORED) {
        newestMs = Math.max(newestMs, tMs);
        oldestMs = Math.min(oldestMs, tMs);
      }
    }
    samples += columns.size;
    state.extendTo(oldestMs, newestMs);
  }

  @Override
  public void histogram(long ref, long tMs, FloatHistogram histogram) {
    long own = resolve(ref);
    SeriesPage page = own == 0 ? null : state.table.page(own);
    if (page == null) {
      unknown++;
    } else if (tMs >= state.minValidMs) {
      samples++;
      if (state.histograms.append(page, own, tMs, histogram, OLD_COMMIT) == Outcome.STORED) {
        state.extendTo(tMs, tMs);
      }
    }
  }

  @Override
  public void minValid(long minMs) {
    // The block may be gone: what it had must not come back.
    state.minValidMs = Math.max(state.minValidMs, minMs);
  }

  @Override
  public void tombstone(long ref, long minMs, long maxMs) {
    long own = resolve(ref);
    if (own == 0) {
      unknown++;
    } else {
      // Older ones too: late samples are still to come.
      state.deleted.add(own, minMs, maxMs);
    }
  }

  @Override
  public void exemplar(long ref, long tMs, double value, Labels labels) {
    long own = resolve(ref);
    Labels series = own == 0 ? null : state.table.labels(own);
    if (series == null) {
      unknown++;
    } else if (tMs >= state.minValidMs) {
      state.exemplars.add(series, new Exemplar(labels, value, tMs, true));
    }
  }

  @Override
  public void metadata(long ref, Metadata metadata) {
    // Metadata is what the targets say now.
  }
}
