package io.narthex.tsdb.head;

import io.narthex.io.bytes.CorruptFileException;
import io.narthex.io.disk.Disk;
import io.narthex.model.labels.Labels;
import io.narthex.model.sample.Exemplar;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.Metadata;
import io.narthex.storage.Appender.Outcome;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.wal.LabelTexts;
import io.narthex.tsdb.wal.RecordSink;
import io.narthex.tsdb.wal.SampleColumns;
import io.narthex.tsdb.wal.WalFiles;
import io.narthex.tsdb.wal.WalMetrics;
import io.narthex.tsdb.wal.WalSkips;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
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
  private final UnknownRefs unknown = new UnknownRefs();

  /// What the head has already.
  private final WalSkips skips;

  /// Series that have samples in memory already.
  private final BitSet recalled;

  /// @param skips what of the log the head has already
  /// @param recalled the series that it has it of
  HeadReplay(
      HeadState state,
      Disk disk,
      Path walDirectory,
      Path wblDirectory,
      WalMetrics metrics,
      ReplayProgress progress,
      WalSkips skips,
      BitSet recalled) {
    this.recalled = recalled;
    this.state = state;
    this.skips = skips;
    this.disk = disk;
    this.walDirectory = walDirectory;
    this.wblDirectory = wblDirectory;
    this.metrics = metrics;
    this.progress = progress;
    lateReplay = new LateReplay(state, this::resolve);
  }

  private boolean isRecalled() {
    return skips.samplesFrom() != Long.MIN_VALUE;
  }

  void chunk(long chunkRef, ChunkView view) {
    if (view.outOfOrder) {
      lateReplay.chunk(view);
      return;
    }
    // The log will refuse a series with such a reference, if it has one.
    if (view.maxMs < state.minValidMs || !SeriesTable.isPossible(view.ref)) {
      return;
    }
    state.table.skipRefs(view.ref);
    SeriesPage page = state.table.pageOrNew(view.ref);
    int at = (int) view.ref & SeriesPage.MASK;
    long[] ends = page.chunkEnds();
    if (page.mapped[at] != null && view.minMs <= ends[at]) {
      return;
    }
    long line = page.line(view.ref);
    long word7 = Words.get(line, SeriesPage.VERSION);
    boolean hasSamples = (word7 & SeriesPage.HAS_SAMPLES) != 0;
    if (hasSamples && isOpenUntil(line, view.maxMs)) {
      throw new RecallException("a chunk of series " + view.ref + " is in a file, but open, too");
    }
    SeriesWriter.addMapped(page, at, chunkRef);
    ends[at] = view.maxMs;
    if (!hasSamples || Words.get(line, SeriesPage.LAST_T) < view.maxMs) {
      Words.put(line, SeriesPage.LAST_T, view.maxMs);
      Words.put(line, SeriesPage.VERSION, word7 | SeriesPage.HAS_SAMPLES);
    }
    state.writer.countAdopted(1);
    state.extendTo(Math.max(view.minMs, state.minValidMs), view.maxMs);
  }

  /// Whether the open chunk of a line begins at `timeMs` or before.
  private static boolean isOpenUntil(long line, long timeMs) {
    return OpenChunk.count(Words.get(line, SeriesPage.PREV_BITS_COUNT)) > 0
        && SeriesPage.openMinMs(
                Words.get(line, SeriesPage.LAST_T), Words.get(line, SeriesPage.CUT_MIN))
            <= timeMs;
  }

  /// Reads the newest checkpoint and the segments behind it; mends the log where it is torn.
  void run() {
    WalFiles.Numbered checkpoint = WalFiles.lastCheckpoint(disk, walDirectory);
    if (checkpoint != null) {
      read(
          checkpoint.path(),
          WalFiles.segments(disk, checkpoint.path()),
          isRecalled() ? WalSkips.SAMPLES : WalSkips.NONE);
    }
    List<WalFiles.Numbered> segments = new ArrayList<>();
    for (WalFiles.Numbered segment : WalFiles.segments(disk, walDirectory)) {
      if (checkpoint == null || segment.number() > checkpoint.number()) {
        segments.add(segment);
      }
    }
    if (!segments.isEmpty()) {
      progress.range(segments.getFirst().number(), segments.getLast().number());
      read(walDirectory, segments, skips);
    }
    lateReplay.run(disk, wblDirectory, metrics);
    state.deleted.truncate(state.minValidMs, state.late::has);
    finish();
    LOG.log(
        Logger.Level.INFO,
        "WAL replayed: {0} segments, {1} series, {2} samples",
        segments.size(),
        state.table.live(),
        samples);
    unknown.tell("wal", metrics);
  }

  private void read(Path directory, List<WalFiles.Numbered> segments, WalSkips known) {
    try (ReplayPipeline pipeline =
        new ReplayPipeline(disk, segments, this, texts, progress, known)) {
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
      page.forgetChunkEnds();
      for (int i = 0; i < SeriesPage.SERIES; i++) {
        Labels labels = page.labels[i];
        if (labels == null) {
          forgetOpen(page, i);
        }
        if (labels != null) {
          state.postings.addInterned((long) p << SeriesPage.SHIFT | i, labels);
        } else if (page.mapped[i] != null) {
          // Chunks of a series that the log does not know any more.
          state.writer.countRemoved(page.mapped[i].length);
          page.mapped[i] = null;
        }
      }
      if (page.live == 0) {
        state.table.drop(p);
      }
    }
    state.postings.endReplay();
  }

  /// Forgets the open chunk of a series that the log does not know any more.
  private void forgetOpen(SeriesPage page, int at) {
    long line = page.line(at);
    if (OpenChunk.count(Words.get(line, SeriesPage.PREV_BITS_COUNT)) > 0) {
      SeriesPage.beginWrite(line);
      state.writer.discard(page, line);
      SeriesPage.endWrite(line);
    }
  }

  @Override
  public void series(long ref, Labels labels) {
    if (!SeriesTable.isPossible(ref)) {
      throw new StorageException(walDirectory + ": " + SeriesTable.tooGreat(ref));
    }
    Labels known = state.table.labels(ref);
    if (known != null && known.equals(labels)) {
      return;
    }
    long same = state.table.find(labels);
    if (same != 0) {
      alias(ref, same, labels);
      return;
    }
    state.table.add(ref, labels);
  }

  /// A series comes under a second reference: it was forgotten, and came back while the log still
  /// spoke of it. It keeps the first one, but where memory was recalled, the one that it has there.
  private void alias(long ref, long first, Labels labels) {
    boolean isLater = isRecalled(ref);
    if (isLater && isRecalled(first)) {
      throw new RecallException("series " + first + " has samples as " + ref + ", too");
    }
    long own = isLater ? ref : first;
    long other = isLater ? first : ref;
    state.table.skipRefs(ref);
    state.aliases.replaceAll((alias, known) -> known == other ? own : known);
    state.aliases.put(other, own);
    if (isLater) {
      // A page without series would be given up with all that is in it.
      state.table.pageOrNew(own).live++;
    }
    moveChunks(other, own);
    if (isLater) {
      state.table.remove(other);
      state.table.pageOrNew(own).live--;
      state.table.add(own, labels);
      state.deleted.move(other, own);
    }
  }

  private boolean isRecalled(long ref) {
    return ref <= Integer.MAX_VALUE && recalled.get((int) ref);
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
    long line = target.line(to);
    // What is open goes on behind the newest chunk, which will be another one.
    SeriesPage.beginWrite(line);
    if (OpenChunk.count(Words.get(line, SeriesPage.PREV_BITS_COUNT)) > 0) {
      state.writer.cut(target, to);
    }
    if ((Words.get(line, SeriesPage.VERSION) & SeriesPage.HISTOGRAMS) != 0) {
      state.histograms.cut(target, to);
    }
    long[] own = target.mapped[targetAt];
    long[] all = byTime(source.mapped[at], own == null ? new long[0] : own);
    boolean hasSamples = (Words.get(line, SeriesPage.VERSION) & SeriesPage.HAS_SAMPLES) != 0;
    long lastMs = Words.get(source.line(from), SeriesPage.LAST_T);
    target.mapped[targetAt] = all.length == 0 ? null : all;
    Words.put(
        line,
        SeriesPage.LAST_T,
        hasSamples ? Math.max(lastMs, Words.get(line, SeriesPage.LAST_T)) : lastMs);
    Words.put(
        line, SeriesPage.VERSION, Words.get(line, SeriesPage.VERSION) | SeriesPage.HAS_SAMPLES);
    SeriesPage.endWrite(line);
    source.mapped[at] = null;
    long gone = source.line(from);
    Words.put(
        gone,
        SeriesPage.VERSION,
        Words.get(gone, SeriesPage.VERSION) & ~(long) SeriesPage.HAS_SAMPLES);
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
    samples += columns.size;
    if (state.keepsStarts) {
      samplesWithStarts(columns);
    } else {
      plainSamples(columns);
    }
  }

  private void plainSamples(SampleColumns columns) {
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
        unknown.add(UnknownRefs.Kind.SAMPLES);
        state.table.skipRefs(columns.refs[i]);
        continue;
      }
      long bits = Double.doubleToRawLongBits(columns.values[i]);
      if (writer.append(page, ref, tMs, bits, OLD_COMMIT) == Outcome.STORED) {
        newestMs = Math.max(newestMs, tMs);
        oldestMs = Math.min(oldestMs, tMs);
      }
    }
    state.extendTo(oldestMs, newestMs);
  }

  /// The same for samples that have starts, or follow such.
  private void samplesWithStarts(SampleColumns columns) {
    long newestMs = Long.MIN_VALUE;
    long oldestMs = Long.MAX_VALUE;
    long[] startsMs = columns.startsMs;
    for (int i = 0; i < columns.size; i++) {
      long tMs = columns.timesMs[i];
      if (tMs < state.minValidMs) {
        continue;
      }
      long ref = resolve(columns.refs[i]);
      SeriesPage page = ref == 0 ? null : state.table.page(ref);
      if (page == null) {
        unknown.add(UnknownRefs.Kind.SAMPLES);
        continue;
      }
      long bits = Double.doubleToRawLongBits(columns.values[i]);
      long startMs = startsMs == null ? 0 : startsMs[i];
      if (state.writer.append(page, ref, tMs, bits, startMs, OLD_COMMIT) == Outcome.STORED) {
        newestMs = Math.max(newestMs, tMs);
        oldestMs = Math.min(oldestMs, tMs);
      }
    }
    state.extendTo(oldestMs, newestMs);
  }

  @Override
  public void histogram(long ref, long tMs, FloatHistogram histogram, long startMs) {
    long own = resolve(ref);
    SeriesPage page = own == 0 ? null : state.table.page(own);
    if (page == null) {
      unknown.add(UnknownRefs.Kind.HISTOGRAMS);
    } else if (tMs >= state.minValidMs) {
      samples++;
      if (state.histograms.append(page, own, tMs, histogram, startMs, OLD_COMMIT)
          == Outcome.STORED) {
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
    // Those of deletions begin where the head does.
    if (minMs == Long.MIN_VALUE) {
      forget(own);
    } else if (own == 0) {
      unknown.add(UnknownRefs.Kind.TOMBSTONES);
    } else {
      // Older ones too: late samples are still to come.
      state.deleted.add(own, minMs, maxMs);
    }
  }

  /// Forgets a series that was moved to a block: what comes later under its labels is another one.
  private void forget(long own) {
    SeriesPage page = own == 0 ? null : state.table.page(own);
    if (page == null) {
      return;
    }
    // The page may have lines of series that the log speaks of later: it must not be given up.
    page.live++;
    SeriesRemoval.empty(state, page, own);
    state.table.remove(own);
    page.live--;
    state.deleted.remove(own);
  }

  @Override
  public void exemplar(long ref, long tMs, double value, Labels labels) {
    long own = resolve(ref);
    Labels series = own == 0 ? null : state.table.labels(own);
    if (series == null) {
      unknown.add(UnknownRefs.Kind.EXEMPLARS);
    } else if (tMs >= state.minValidMs) {
      state.exemplars.add(series, new Exemplar(labels, value, tMs, true));
    }
  }

  @Override
  public void metadata(long ref, Metadata metadata) {
    // Metadata is what the targets say now.
  }
}
