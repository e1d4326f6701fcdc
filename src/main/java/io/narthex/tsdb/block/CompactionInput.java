package io.narthex.tsdb.block;

import io.narthex.model.labels.Labels;
import io.narthex.tsdb.index.ChunkMetas;
import io.narthex.tsdb.index.Postings;
import io.narthex.tsdb.index.SeriesEntry;

/// All series of one block in label order, with their chunks; one that is being compacted.
final class CompactionInput implements Comparable<CompactionInput> {

  private final int number;
  private final Postings postings;
  private final SeriesEntry entry;
  private final Tombstones tombstones;
  private final ChunkReader reader;
  private Labels labels = Labels.EMPTY;
  private long[] deleted = {};

  /// @param number place among the inputs: of two samples of the same time, the one of the lower
  ///   number stays
  CompactionInput(int number, Block block) {
    this.number = number;
    postings = block.index().all();
    entry = block.index().newEntry();
    tombstones = block.tombstones();
    reader = new ChunkReader(block.chunks());
  }

  /// Moves to the next series; false at the end.
  boolean next() {
    long id = postings.next();
    if (id == Postings.END) {
      return false;
    }
    labels = entry.read(id).labels();
    deleted = tombstones.of(id);
    return true;
  }

  Labels labels() {
    return labels;
  }

  /// Chunks of the series at hand, valid until the next call.
  ChunkMetas chunks() {
    return entry.chunks(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /// Deleted spans of the series at hand.
  long[] deleted() {
    return deleted;
  }

  ChunkReader reader() {
    return reader;
  }

  @Override
  public int compareTo(CompactionInput other) {
    int order = labels.compareTo(other.labels);
    return order != 0 ? order : Integer.compare(number, other.number);
  }

  @Override
  public boolean equals(Object object) {
    return this == object;
  }

  @Override
  public int hashCode() {
    return number;
  }
}
