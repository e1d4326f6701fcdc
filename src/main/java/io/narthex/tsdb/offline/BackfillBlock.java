package io.narthex.tsdb.offline;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Utf8Order;
import io.narthex.tsdb.block.BlockMeta;
import io.narthex.tsdb.block.BlockWriter;
import io.narthex.tsdb.block.Ulid;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What has to be known of a block's samples before its first byte can be written. Reads all of
/// them, and so says of a mistake in them before anything is there.
///
/// @param minMs time of the first sample
/// @param maxMs time of the last sample
/// @param symbols label names and values, sorted
/// @param dropped how many samples are left out
record BackfillBlock(long minMs, long maxMs, Collection<String> symbols, long dropped) {

  static BackfillBlock of(RunMerge merge) {
    long minMs = Long.MAX_VALUE;
    long maxMs = Long.MIN_VALUE;
    Set<String> symbols = new HashSet<>();
    while (merge.next()) {
      minMs = Math.min(minMs, merge.samples().firstMs());
      maxMs = Math.max(maxMs, merge.samples().lastMs());
      Labels labels = merge.labels();
      for (int i = 0; i < labels.size(); i++) {
        symbols.add(labels.name(i));
        symbols.add(labels.value(i));
      }
    }
    String[] sorted = symbols.toArray(new String[0]);
    Arrays.sort(sorted, Utf8Order::compare);
    return new BackfillBlock(minMs, maxMs, Arrays.asList(sorted), merge.samples().dropped());
  }

  /// Writes the series, whose chunks cross no border of `chunkRangeMs`.
  static BlockMeta write(RunMerge merge, BlockWriter writer, Ulid ulid, long chunkRangeMs) {
    ChunkCutter cutter = new ChunkCutter(writer, chunkRangeMs);
    while (merge.next()) {
      writer.series(merge.labels());
      merge.samples().writeTo(cutter);
    }
    return writer.finish(BlockMeta.Compaction.ofHead(ulid, List.of()));
  }
}
