package io.narthex.tsdb.block;

import io.narthex.io.bytes.CorruptFileException;
import io.narthex.model.labels.Labels;
import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.chunk.ChunkDecoder;
import io.narthex.tsdb.index.ChunkMetas;
import io.narthex.tsdb.index.Postings;
import io.narthex.tsdb.index.SeriesEntry;

/// A pass over series of a block as it lies on disk, deleted samples included: for those who look
/// at the storage itself. The block stays open meanwhile. Not thread-safe.
public final class BlockScan {

  private final Postings postings;
  private final SeriesEntry entry;
  private final ChunkReader reader;
  private long id;

  /// @param postings ids of the series
  public BlockScan(Block block, Postings postings) {
    this.postings = postings;
    entry = block.index().newEntry();
    reader = new ChunkReader(block.chunks());
  }

  /// Moves to the next series; false at the end.
  ///
  /// @throws CorruptFileException if its entry in the index is damaged; the pass can go on
  public boolean next() {
    id = postings.next();
    if (id == Postings.END) {
      return false;
    }
    entry.read(id);
    return true;
  }

  /// Id of the series at hand in the index.
  public long id() {
    return id;
  }

  /// Labels of the series at hand.
  public Labels labels() {
    return entry.labels();
  }

  /// All chunks of the series at hand, valid until the next call.
  public ChunkMetas chunks() {
    return entry.chunks(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /// Moves to a chunk; the other methods on chunks speak of it.
  ///
  /// @throws CorruptFileException if there is none, or its checksum is wrong
  public void load(long chunkRef) {
    reader.load(chunkRef);
  }

  public int encoding() {
    return reader.encoding();
  }

  /// Length of the chunk's data, without its frame.
  public int dataBytes() {
    return reader.dataBytes();
  }

  /// How many samples the chunk says it has.
  public int samples() {
    return ChunkDecoder.samples(encoding(), reader.array(), 1, dataBytes());
  }

  /// Appends the samples of the chunk to `out`.
  public void decode(SampleBuffer out) {
    reader.decode(Long.MIN_VALUE, Long.MAX_VALUE, out);
  }
}
