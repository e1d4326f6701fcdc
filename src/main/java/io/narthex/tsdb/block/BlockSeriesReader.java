package io.narthex.tsdb.block;

import io.narthex.io.bytes.CorruptFileException;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.index.ChunkMetas;
import io.narthex.tsdb.index.Postings;
import io.narthex.tsdb.index.SeriesEntry;
import org.jspecify.annotations.Nullable;

/// Reads the entries of series in a block's index. Not thread-safe; the block has to be held.
final class BlockSeriesReader {

  private final Block block;
  private final Tombstones tombstones;
  private final long minMs;
  private final long maxMs;
  private final SeriesEntry entry;

  /// Reads of each series what lies in `[minMs, maxMs]`.
  BlockSeriesReader(Block block, Tombstones tombstones, long minMs, long maxMs) {
    this.block = block;
    this.tombstones = tombstones;
    this.minMs = minMs;
    this.maxMs = maxMs;
    entry = block.index().newEntry();
  }

  /// The series of an id; null if all its chunks lie outside of the span or are deleted.
  ///
  /// @throws StorageException if the index is damaged there
  @Nullable BlockSeries read(long id) {
    try {
      long[] deleted = tombstones.of(id);
      ChunkMetas metas = entry.read(id).chunks(minMs, maxMs);
      long[] chunks = new long[3 * metas.size()];
      int n = 0;
      for (int i = 0; i < metas.size(); i++) {
        if (!Tombstones.covers(deleted, metas.minMs(i), metas.maxMs(i))) {
          chunks[n++] = metas.minMs(i);
          chunks[n++] = metas.maxMs(i);
          chunks[n++] = metas.ref(i);
        }
      }
      return n == 0 ? null : new BlockSeries(entry.labels(), block.chunks(), chunks, n, deleted);
    } catch (CorruptFileException e) {
      throw new StorageException(String.valueOf(e.getMessage()), e);
    }
  }

  /// The next id of postings, which are a part of the index.
  ///
  /// @throws StorageException if the index is damaged there
  static long next(Postings postings) {
    try {
      return postings.next();
    } catch (CorruptFileException e) {
      throw new StorageException(String.valueOf(e.getMessage()), e);
    }
  }
}
