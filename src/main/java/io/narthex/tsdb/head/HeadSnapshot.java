package io.narthex.tsdb.head;

import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.model.sample.Exemplar;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.FloatChunk;
import io.narthex.tsdb.head.HistogramSeries.Run;
import io.narthex.tsdb.wal.RecordEncoder.ExemplarSample;
import io.narthex.tsdb.wal.RecordEncoder.Tombstone;
import io.narthex.tsdb.wal.SnapshotRecords;
import io.narthex.tsdb.wal.SnapshotRecords.OpenChunk;
import io.narthex.tsdb.wal.WalBatch;
import io.narthex.tsdb.wal.WalMetrics;
import io.narthex.tsdb.wal.WalOptions;
import io.narthex.tsdb.wal.WalWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes down what a head has in memory and in no chunk file, as Prometheus does at its end: all
/// series with their open chunks, what is deleted, the exemplars. Under the head's commit lock, and
/// once nothing is appended any more.
final class HeadSnapshot {

  private static final int BATCH_RECORDS = 64;
  private static final int EXEMPLARS_A_RECORD = 4096;

  private final HeadState state;
  private final WalWriter writer;
  private final WalBatch batch;
  private final LineCopy copy = new LineCopy();
  private final FloatChunk floats = new FloatChunk(ChunkEncoding.XOR2);
  private int seriesCount;

  private HeadSnapshot(HeadState state, WalWriter writer) {
    this.state = state;
    this.writer = writer;
    batch = new WalBatch(state.options.wal().compression());
  }

  /// Why Prometheus would not find everything if it had this instead of the log, or null. It knows
  /// chunks and late samples only under the references that are in here, and gives new series those
  /// behind the greatest one.
  static @Nullable String obstacle(HeadState state) {
    if (state.memory.isHalfApplied()) {
      return "a commit was not applied to its end";
    }
    long newest = state.table.nextRef() - 1;
    if (newest > 0 && state.table.labels(newest) == null) {
      return "the series with the greatest reference is gone, files may still have it";
    }
    if (!state.aliases.isEmpty() && !state.late.isEmpty()) {
      return "a series has two references, and samples that came late";
    }
    for (long own : state.aliases.values()) {
      if (hasOthersChunk(state, own)) {
        return "series " + own + " has chunks under another reference";
      }
    }
    return null;
  }

  private static boolean hasOthersChunk(HeadState state, long ref) {
    SeriesPage page = state.table.page(ref);
    long @Nullable [] mapped = page == null ? null : page.mapped[(int) ref & SeriesPage.MASK];
    ChunkView view = new ChunkView();
    for (int i = 0; mapped != null && i < mapped.length; i++) {
      if (state.files.read(mapped[i], view) && view.ref != ref) {
        return true;
      }
    }
    return false;
  }

  /// Writes all of it to a folder, and makes that durable.
  ///
  /// @return how many series there are
  static int write(HeadState state, Disk disk, Path folder) {
    WalOptions options =
        new WalOptions(WalOptions.defaults().segmentBytes(), state.options.wal().compression());
    WalMetrics unseen = new WalMetrics(new Metrics(), Clock.system(), "snapshot");
    HeadSnapshot snapshot;
    try (WalWriter writer = WalWriter.open(disk, folder, options, unseen, Runnable::run)) {
      snapshot = new HeadSnapshot(state, writer);
      snapshot.series();
      snapshot.tombstones();
      snapshot.exemplars();
      snapshot.flush();
    }
    disk.fsyncDirectory(folder);
    return snapshot.seriesCount;
  }

  private void sealed() {
    if (batch.size() >= BATCH_RECORDS) {
      flush();
    }
  }

  private void flush() {
    writer.log(batch);
    batch.clear();
  }

  private void series() {
    SeriesPage[] pages = state.table.pages();
    for (int p = 0; p < pages.length; p++) {
      SeriesPage page = pages[p];
      for (int i = 0; page != null && i < SeriesPage.SERIES; i++) {
        Labels labels = page.labels[i];
        if (labels != null) {
          series(page, (long) p << SeriesPage.SHIFT | i, labels);
          seriesCount++;
          sealed();
        }
      }
    }
  }

  private void series(SeriesPage page, long ref, Labels labels) {
    copy.take(state, page, ref, true);
    Run histograms = copy.histograms;
    if (copy.sampleCount() > 0) {
      double last = Double.longBitsToDouble(copy.line[SeriesPage.LAST_V]);
      SnapshotRecords.series(batch, ref, labels, openFloats(), last);
    } else if (histograms != null) {
      histograms.copy(Long.MIN_VALUE, Long.MAX_VALUE, new HistogramSink(ref, labels, histograms));
    } else {
      SnapshotRecords.series(batch, ref, labels);
    }
  }

  /// In memory floats have the older encoding, whatever becomes of them in files. It has no room
  /// for starts.
  private OpenChunk openFloats() {
    if (copy.starts == null) {
      return new OpenChunk(
          copy.openMinMs(), copy.lastMs(), ChunkEncoding.XOR, copy.chunk, copy.chunkBytes);
    }
    floats.transcode(copy.chunk, copy.chunkBytes, copy.starts);
    return new OpenChunk(
        copy.openMinMs(), copy.lastMs(), floats.encoding(), floats.array(), floats.lengthBytes());
  }

  /// Takes the one chunk of a run.
  private final class HistogramSink implements HeadBlockSource.Sink {
    private final long ref;
    private final Labels labels;
    private final Run run;

    private HistogramSink(long ref, Labels labels, Run run) {
      this.ref = ref;
      this.labels = labels;
      this.run = run;
    }

    @Override
    public void series(Labels ignored) {
      // They are known.
    }

    @Override
    public void chunk(long minMs, long maxMs, int encoding, byte[] data, int lengthBytes) {
      OpenChunk chunk = new OpenChunk(minMs, maxMs, encoding, data, lengthBytes);
      boolean whole = encoding == ChunkEncoding.HISTOGRAM || encoding == ChunkEncoding.HISTOGRAM_ST;
      SnapshotRecords.series(batch, ref, labels, chunk, run.last(), whole);
    }
  }

  private void tombstones() {
    List<Tombstone> all = new ArrayList<>();
    state.deleted.forEach((ref, spans) -> {
      for (int i = 0; i < spans.length; i += 2) {
        all.add(new Tombstone(ref, spans[i], spans[i + 1]));
      }
    });
    SnapshotRecords.tombstones(batch, all);
    sealed();
  }

  private void exemplars() {
    List<ExemplarSample> record = new ArrayList<>();
    Map<Long, Exemplar> newest = new HashMap<>();
    state.exemplars.forEach((series, exemplar) -> {
      long ref = state.table.find(series);
      if (ref != 0 && !isTwin(newest.put(ref, exemplar), exemplar)) {
        record.add(new ExemplarSample(ref, exemplar.tMs(), exemplar.value(), exemplar.labels()));
        if (record.size() == EXEMPLARS_A_RECORD) {
          exemplars(record);
        }
      }
    });
    if (!record.isEmpty()) {
      exemplars(record);
    }
  }

  private void exemplars(List<ExemplarSample> record) {
    SnapshotRecords.exemplars(batch, record);
    record.clear();
    sealed();
  }

  /// Whether nothing but labels tells two exemplars apart. Prometheus wants those in the order of a
  /// hash of its own, and gives up the whole snapshot if they are not.
  private static boolean isTwin(@Nullable Exemplar before, Exemplar exemplar) {
    return before != null
        && before.tMs() == exemplar.tMs()
        && Double.compare(before.value(), exemplar.value()) == 0;
  }
}
