package io.narthex.tsdb.block;

import io.narthex.io.bytes.CorruptFileException;
import io.narthex.model.labels.Labels;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SampleRuns;
import io.narthex.storage.Series;
import io.narthex.storage.StorageException;

/// One series of a block: where its chunks lie. Immutable; chunks are read when samples are asked
/// for.
final class BlockSeries implements Series {

  /// Nearly every chunk of floats fits.
  private static final int SCRATCH_BYTES = 2048;

  private final Labels labels;
  private final ChunkSegments segments;

  /// First time, last time, reference of each chunk in turn.
  private final long[] chunks;

  private final int length;
  private final long[] deleted;

  BlockSeries(Labels labels, ChunkSegments segments, long[] chunks, int length, long[] deleted) {
    this.labels = labels;
    this.segments = segments;
    this.chunks = chunks;
    this.length = length;
    this.deleted = deleted;
  }

  @Override
  public Labels labels() {
    return labels;
  }

  @Override
  public void read(long minMs, long maxMs, SampleBuffer out) {
    try {
      ChunkReader reader = new ChunkReader(segments, out.scratch(SCRATCH_BYTES));
      int start = out.size;
      for (int i = 0; i < length; i += 3) {
        if (chunks[i] <= maxMs && chunks[i + 1] >= minMs) {
          int from = out.size;
          reader.load(chunks[i + 2]).decode(minMs, maxMs, out);
          if (deleted.length > 0) {
            Tombstones.remove(deleted, out, from);
          }
          SampleRuns.join(out, start, from);
        }
      }
    } catch (CorruptFileException e) {
      throw new StorageException(String.valueOf(e.getMessage()), e);
    }
  }
}
