package io.narthex.tsdb.offline;

import io.narthex.io.bytes.BytesIn;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;

/// A run on disk.
///
/// @param starts offset of each block's samples, by the begin of the block
record Run(Path path, NavigableMap<Long, Long> starts, long lengthBytes) {

  /// Whether there are samples of a block.
  boolean has(long block) {
    return starts.containsKey(block);
  }

  private long end(long block) {
    Map.Entry<Long, Long> next = starts.higherEntry(block);
    return next == null ? lengthBytes : next.getValue();
  }

  /// Reads the samples of a block that it has.
  BytesIn read(long block, MemorySegment mapped) {
    long start = Objects.requireNonNull(starts.get(block), "BUG: the run has no such block");
    return new BytesIn(path.toString(), mapped, start, end(block));
  }
}
