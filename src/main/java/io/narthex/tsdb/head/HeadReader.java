package io.narthex.tsdb.head;

import io.narthex.io.bytes.CorruptFileException;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SampleRuns;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.chunk.ChunkDecoder;
import io.narthex.tsdb.chunk.StartRuns;
import io.narthex.tsdb.chunk.XorDecoder;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Reads samples as of one moment: what was committed when it was made, and nothing before the time
/// from which on the head is responsible. Series may be read by several threads.
final class HeadReader implements AutoCloseable {

  /// Buffers of one thread at a time.
  private static final class Scratch {
    final LineCopy copy = new LineCopy();
    final ChunkView view = new ChunkView();
    final ChunkDecoder decoder = new ChunkDecoder();
    long[] wanted = new long[16];
  }

  private final HeadState state;
  private final Isolation.Reader moment;
  private final long fromMs;
  private final ConcurrentLinkedQueue<Scratch> pool = new ConcurrentLinkedQueue<>();

  /// @param fromMs samples before this are not the head's any more, but for those that came late
  HeadReader(HeadState state, long fromMs) {
    this.state = state;
    this.fromMs = fromMs;
    moment = state.isolation.open();
  }

  /// Appends the samples of a series with `minMs <= t <= maxMs` to `out`.
  void read(SeriesPage page, long ref, long minMs, long maxMs, SampleBuffer out) {
    Scratch scratch = pool.poll();
    if (scratch == null) {
      scratch = new Scratch();
    }
    try {
      read(scratch, page, ref, minMs, maxMs, out);
    } catch (CorruptFileException e) {
      throw new StorageException("series " + page.labels[(int) ref & SeriesPage.MASK], e);
    } finally {
      pool.add(scratch);
    }
  }

  private void read(
      Scratch scratch, SeriesPage page, long ref, long minMs, long maxMs, SampleBuffer out) {
    LineCopy copy = scratch.copy;
    copy.take(state, page, ref, true);
    int before = out.size;
    if (copy.hasSamples()) {
      long sinceMs = Math.max(minMs, fromMs);
      long untilMs = Math.min(maxMs, visibleUntil(copy, ref));
      if (untilMs >= sinceMs) {
        readChunks(scratch, sinceMs, untilMs, out);
      }
    }
    if (state.late.has(ref)) {
      int middle = out.size;
      state.late.read(ref, minMs, maxMs, out);
      SampleRuns.join(out, before, middle);
    }
    DeletedSpans.remove(state.deleted.of(ref), out, before);
  }

  private long visibleUntil(LineCopy copy, long ref) {
    return state.isolation.visibleUntil(
        moment.watermark,
        ref,
        copy.lastCommit(),
        copy.previousCommit(),
        copy.cutMs(),
        copy.lastMs());
  }

  private void readChunks(Scratch scratch, long minMs, long maxMs, SampleBuffer out) {
    LineCopy copy = scratch.copy;
    boolean open = copy.sampleCount() > 0;
    HistogramSeries.Run histograms = copy.histograms;
    long firstMs =
        open ? copy.openMinMs() : histograms == null ? Long.MAX_VALUE : histograms.firstMs();
    int count = firstMs > minMs ? wanted(scratch, firstMs, minMs, maxMs) : 0;
    for (int i = count - 1; i >= 0; i--) {
      if (state.files.read(scratch.wanted[i], scratch.view)) {
        ChunkView view = scratch.view;
        scratch.decoder.decode(
            view.encoding, view.bytes, view.dataOffset, view.dataBytes, minMs, maxMs, out);
      }
    }
    if (open && firstMs <= maxMs) {
      int before = out.size;
      XorDecoder.decode(copy.chunk, 0, copy.chunkBytes, minMs, maxMs, out);
      StartRuns.fill(copy.starts, out, before);
    }
    if (histograms != null && firstMs <= maxMs) {
      histograms.read(minMs, maxMs, out);
    }
  }

  /// Collects the mapped chunks that have samples in the span, newest first. Looks into a chunk's
  /// record only if the chunk behind it begins late enough to need the one before.
  private int wanted(Scratch scratch, long openMinMs, long minMs, long maxMs) {
    long[] mapped = scratch.copy.mapped;
    long nextMinMs = openMinMs;
    int count = 0;
    for (int i = mapped.length - 1; i >= 0 && nextMinMs > minMs; i--) {
      if (!state.files.read(mapped[i], scratch.view)) {
        break;
      }
      nextMinMs = scratch.view.minMs;
      if (scratch.view.maxMs < minMs) {
        break;
      }
      if (nextMinMs <= maxMs) {
        if (count == scratch.wanted.length) {
          scratch.wanted = Arrays.copyOf(scratch.wanted, count * 2);
        }
        scratch.wanted[count++] = mapped[i];
      }
    }
    return count;
  }

  @Override
  public void close() {
    state.isolation.close(moment);
  }
}
