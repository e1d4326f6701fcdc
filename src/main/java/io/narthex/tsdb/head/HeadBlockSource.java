package io.narthex.tsdb.head;

import io.narthex.io.bytes.CorruptFileException;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Utf8Order;
import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.XorAppender;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/// Gives a block writer the head's series of `[minMs, maxMs)` in label order. Chunks never cross
/// the end of their range, so they are handed over as they are; only where samples were deleted or
/// a chunk sticks out of the span are they written anew.
public final class HeadBlockSource implements AutoCloseable {

  private static final int SAMPLES_A_CHUNK = 120;

  /// Takes series and chunks.
  public interface Sink {

    void series(Labels labels);

    /// Times inclusive; the array may be used again after the call.
    void chunk(long minMs, long maxMs, int encoding, byte[] data, int lengthBytes);
  }

  private final HeadState state;
  private final HeadReader reader;
  private final long minMs;
  private final long lastMs;
  private final LineCopy copy = new LineCopy();
  private final ChunkView view = new ChunkView();
  private final SampleBuffer samples = new SampleBuffer();
  private byte[] data = new byte[2048];

  HeadBlockSource(HeadState state, long minMs, long maxMs) {
    this.state = state;
    this.minMs = minMs;
    this.lastMs = maxMs - 1;
    reader = new HeadReader(state, minMs);
  }

  /// All label names and values of the head, sorted.
  public Collection<String> symbols() {
    TreeSet<String> symbols = new TreeSet<>(Utf8Order::compare);
    for (Postings.Name name : state.postings.names()) {
      symbols.add(name.name());
      symbols.addAll(name.values().keySet());
    }
    return symbols;
  }

  /// Hands everything to `sink`.
  public void write(Sink sink) {
    for (long ref : sortedRefs()) {
      SeriesPage page = state.table.page(ref);
      Labels labels = page == null ? null : page.labels[(int) ref & SeriesPage.MASK];
      if (page != null && labels != null) {
        copy.take(state.slabs, page, ref, true);
        if (copy.hasSamples()) {
          sink.series(labels);
          boolean plain = !copy.hasHistograms() && state.deleted.of(ref).length == 0;
          if (!plain || !copyChunks(sink)) {
            rewrite(page, ref, sink);
          }
        }
      }
    }
  }

  private List<Long> sortedRefs() {
    record Entry(Labels labels, long ref) {}

    List<Entry> entries = new ArrayList<>(state.table.live());
    SeriesPage[] pages = state.table.pages();
    for (int p = 0; p < pages.length; p++) {
      SeriesPage page = pages[p];
      for (int i = 0; page != null && i < SeriesPage.SERIES; i++) {
        Labels labels = page.labels[i];
        if (labels != null) {
          entries.add(new Entry(labels, (long) p << SeriesPage.SHIFT | i));
        }
      }
    }
    entries.sort((a, b) -> a.labels.compareTo(b.labels));
    return entries.stream().map(Entry::ref).toList();
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
      sink.chunk(copy.openMinMs(), copy.lastMs(), ChunkEncoding.XOR, copy.chunk, copy.chunkBytes);
    }
    return true;
  }

  private void rewrite(SeriesPage page, long ref, Sink sink) {
    samples.clear();
    reader.read(page, ref, minMs, lastMs, samples);
    int at = 0;
    while (at < samples.size) {
      at =
          samples.histogram(at) != null
              ? HistogramChunks.write(samples, at, sink)
              : writeFloats(at, Math.min(samples.size, at + SAMPLES_A_CHUNK), sink);
    }
  }

  private int writeFloats(int from, int end, Sink sink) {
    XorAppender chunk = new XorAppender();
    int at = from;
    while (at < end && samples.histogram(at) == null) {
      chunk.append(samples.timesMs[at], samples.values[at]);
      at++;
    }
    byte[] bytes = Arrays.copyOf(chunk.array(), chunk.lengthBytes());
    sink.chunk(
        samples.timesMs[from], samples.timesMs[at - 1], ChunkEncoding.XOR, bytes, bytes.length);
    return at;
  }

  @Override
  public void close() {
    reader.close();
  }
}
