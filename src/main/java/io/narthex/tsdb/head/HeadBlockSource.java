package io.narthex.tsdb.head;

import io.narthex.io.bytes.CorruptFileException;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Utf8Order;
import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.FloatChunk;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Gives a block writer the head's series of `[minMs, maxMs)` in label order. Chunks never cross
/// the end of their range, so they are handed over as they are; only where samples were deleted or
/// a chunk sticks out of the span are they written anew.
public final class HeadBlockSource implements AutoCloseable {

  /// Takes series and chunks.
  public interface Sink {

    void series(Labels labels);

    /// Times inclusive; the array may be used again after the call.
    void chunk(long minMs, long maxMs, int encoding, byte[] data, int lengthBytes);
  }

  private record Entry(Labels labels, SeriesPage page, long ref) {}

  private final HeadState state;
  private final HeadReader reader;

  /// The series that were there when this was made; later ones have nothing in the span.
  private final List<Entry> entries;

  private final long minMs;
  private final long lastMs;
  private final LineCopy copy = new LineCopy();
  private final ChunkView view = new ChunkView();
  private final SampleBuffer samples = new SampleBuffer();
  private final FloatChunk floats;
  private byte[] data = new byte[2048];

  /// @param only the series that are given, null for all
  HeadBlockSource(HeadState state, long minMs, long maxMs, @Nullable StaleSeries only) {
    this.state = state;
    this.minMs = minMs;
    this.lastMs = maxMs - 1;
    floats = new FloatChunk(state.options.floatEncoding());
    reader = new HeadReader(state, minMs);
    entries = only == null ? all() : only(only);
    entries.sort((a, b) -> a.labels.compareTo(b.labels));
  }

  /// All label names and values of the series that `write` gives, sorted.
  public Collection<String> symbols() {
    // The head has each string once, so identity tells them apart, and most are met many times.
    Set<String> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Entry entry : entries) {
      for (int i = 0; i < entry.labels.size(); i++) {
        distinct.add(entry.labels.name(i));
        distinct.add(entry.labels.value(i));
      }
    }
    TreeSet<String> sorted = new TreeSet<>(Utf8Order::compare);
    sorted.addAll(distinct);
    return sorted;
  }

  /// Hands everything to `sink`.
  public void write(Sink sink) {
    for (Entry entry : entries) {
      copy.take(state, entry.page, entry.ref, true);
      sink.series(entry.labels);
      if (state.deleted.of(entry.ref).length > 0 || !copyChunks(sink)) {
        rewrite(entry.page, entry.ref, sink);
      }
    }
  }

  private List<Entry> only(StaleSeries series) {
    List<Entry> found = new ArrayList<>(series.count());
    for (int i = 0; i < series.count(); i++) {
      SeriesPage page = state.table.page(series.ref(i));
      if (page != null) {
        addTo(found, page, series.ref(i));
      }
    }
    return found;
  }

  private List<Entry> all() {
    List<Entry> found = new ArrayList<>(state.table.live());
    SeriesPage[] pages = state.table.pages();
    for (int p = 0; p < pages.length; p++) {
      SeriesPage page = pages[p];
      for (int i = 0; page != null && i < SeriesPage.SERIES; i++) {
        addTo(found, page, (long) p << SeriesPage.SHIFT | i);
      }
    }
    return found;
  }

  private void addTo(List<Entry> found, SeriesPage page, long ref) {
    Labels labels = page.labels[(int) ref & SeriesPage.MASK];
    if (labels != null) {
      copy.take(state, page, ref, false);
      if (copy.hasSamples() && copy.lastMs() >= minMs) {
        found.add(new Entry(labels, page, ref));
      }
    }
  }

  /// Copies the series' chunks; false, and nothing done, if one sticks out of the span.
  private boolean copyChunks(Sink sink) {
    int from = -1;
    int to = 0;
    for (int i = 0; i < copy.mapped.length; i++) {
      if (state.files.read(copy.mapped[i], view) && view.maxMs >= minMs && view.minMs <= lastMs) {
        if (view.minMs < minMs || view.maxMs > lastMs) {
          return false;
        }
        from = from < 0 ? i : from;
        to = i + 1;
      }
    }
    boolean open = copy.sampleCount() > 0 && copy.openMinMs() <= lastMs && copy.lastMs() >= minMs;
    if (open && (copy.openMinMs() < minMs || copy.lastMs() > lastMs)) {
      return false;
    }
    HistogramSeries.Run histograms = copy.histograms;
    if (histograms != null && !histograms.isWithin(minMs, lastMs)) {
      return false;
    }
    for (int i = Math.max(0, from); i < to; i++) {
      if (!state.files.read(copy.mapped[i], view)) {
        throw new CorruptFileException("chunks_head", i, "a mapped chunk is gone");
      }
      if (data.length < view.dataBytes) {
        data = new byte[view.dataBytes * 2];
      }
      view.copyTo(data);
      sink.chunk(view.minMs, view.maxMs, view.encoding, data, view.dataBytes);
    }
    if (open) {
      putOpen(sink);
    }
    if (histograms != null) {
      histograms.copy(minMs, lastMs, sink);
    }
    return true;
  }

  private void putOpen(Sink sink) {
    if (floats.encoding() == ChunkEncoding.XOR) {
      sink.chunk(copy.openMinMs(), copy.lastMs(), ChunkEncoding.XOR, copy.chunk, copy.chunkBytes);
    } else {
      floats.transcode(copy.chunk, copy.chunkBytes, copy.starts);
      sink.chunk(
          copy.openMinMs(), copy.lastMs(), floats.encoding(), floats.array(), floats.lengthBytes());
    }
  }

  private void rewrite(SeriesPage page, long ref, Sink sink) {
    samples.clear();
    reader.read(page, ref, minMs, lastMs, samples);
    SampleChunks.write(samples, floats, sink);
  }

  @Override
  public void close() {
    reader.close();
    state.files.unload();
  }
}
