package io.narthex.tsdb;

import io.narthex.tsdb.block.Block;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Which blocks are too old or too many. Only whole blocks go. Source: prometheus `tsdb/db.go`.
final class Retention {

  private final long retentionMs;
  private final long retentionBytes;

  Retention(TsdbOptions options) {
    retentionMs = options.retentionMs();
    retentionBytes = options.retentionBytes();
  }

  /// Blocks whose end is the retention or more behind the newest block's end.
  List<Block> beyondTime(List<Block> blocks) {
    List<Block> newestFirst = newestFirst(blocks);
    List<Block> beyond = new ArrayList<>();
    for (int i = 1; i < newestFirst.size() && retentionMs > 0; i++) {
      long behindMs = newestFirst.getFirst().meta().maxMs() - newestFirst.get(i).meta().maxMs();
      if (behindMs >= retentionMs) {
        beyond.add(newestFirst.get(i));
      }
    }
    return beyond;
  }

  /// The oldest blocks, as many as it takes to get below the limit.
  ///
  /// @param headBytes what the WAL and the head's chunk files take
  List<Block> beyondSize(List<Block> blocks, long headBytes) {
    List<Block> newestFirst = newestFirst(blocks);
    long sum = headBytes;
    for (int i = 0; i < newestFirst.size() && retentionBytes > 0; i++) {
      sum += newestFirst.get(i).sizeBytes();
      if (sum > retentionBytes) {
        return List.copyOf(newestFirst.subList(i, newestFirst.size()));
      }
    }
    return List.of();
  }

  private static List<Block> newestFirst(List<Block> blocks) {
    List<Block> sorted = new ArrayList<>(blocks);
    sorted.sort(Comparator.comparingLong((Block b) -> b.meta().maxMs()).reversed());
    return sorted;
  }
}
