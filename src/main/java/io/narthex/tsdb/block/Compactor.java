package io.narthex.tsdb.block;

import io.narthex.io.disk.Disk;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Utf8Order;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.index.ChunkMetas;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;

/// Makes one block of several, or of one with deleted samples. Chunks are copied as they are; only
/// those that overlap another one of their series in time, or have deleted samples, are decoded and
/// written anew. Memory: the symbols of all blocks, and one series at a time. Stateless; the blocks
/// must stay open meanwhile and are not changed.
public final class Compactor {

  private final Disk disk;
  private final Path dataDirectory;
  private final int floatEncoding;
  private final long maxSegmentBytes;

  /// @param dataDirectory where the new block will lie
  public Compactor(Disk disk, Path dataDirectory) {
    this(disk, dataDirectory, ChunkEncoding.XOR, ChunkSegmentWriter.MAX_SEGMENT_BYTES);
  }

  /// @param floatEncoding of float chunks that have to be written anew
  /// @param maxSegmentBytes of a file of chunks, at most
  public Compactor(Disk disk, Path dataDirectory, int floatEncoding, long maxSegmentBytes) {
    this.floatEncoding = floatEncoding;
    this.maxSegmentBytes = maxSegmentBytes;
    this.disk = disk;
    this.dataDirectory = dataDirectory;
  }

  /// Merges blocks into one of a higher level that spans all of them. Of samples with the same
  /// series and time, that of the earlier block in the list stays.
  ///
  /// @return what was written, or nothing if no sample is left: the blocks can then be removed
  public Optional<BlockMeta> compact(List<Block> blocks, Ulid ulid) {
    int level = 0;
    boolean isLate = true;
    Set<String> ofParents = new TreeSet<>();
    TreeSet<Ulid> sources = new TreeSet<>();
    List<BlockMeta.Parent> parents = new ArrayList<>();
    for (Block block : blocks) {
      BlockMeta meta = block.meta();
      level = Math.max(level, meta.compaction().level());
      isLate &= !meta.compaction().endsHead();
      ofParents.addAll(meta.compaction().hints());
      sources.addAll(meta.compaction().sources());
      parents.add(new BlockMeta.Parent(meta.ulid(), meta.minMs(), meta.maxMs()));
    }
    parents.sort(Comparator.comparingLong(BlockMeta.Parent::minMs));
    return write(
        blocks,
        ulid,
        new BlockMeta.Compaction(
            level + 1,
            List.copyOf(sources),
            List.copyOf(parents),
            false,
            false,
            hints(ofParents, isLate)));
  }

  /// A block says that it is late only if none of its parents ends the head: what they have is done
  /// there. It is partial if one of them is: that one would have the head done where it is not.
  private static List<String> hints(Set<String> ofParents, boolean isLate) {
    return ofParents.stream()
        .filter(hint -> isLate || !hint.equals(BlockMeta.Compaction.FROM_OUT_OF_ORDER))
        .toList();
  }

  /// Writes a block again without its deleted samples; level and sources stay.
  ///
  /// @return what was written, or nothing if no sample is left: the block can then be removed
  public Optional<BlockMeta> rewrite(Block block, Ulid ulid) {
    BlockMeta meta = block.meta();
    BlockMeta.Compaction c = meta.compaction();
    return write(
        List.of(block),
        ulid,
        new BlockMeta.Compaction(
            c.level(),
            c.sources(),
            List.of(new BlockMeta.Parent(meta.ulid(), meta.minMs(), meta.maxMs())),
            false,
            false,
            c.hints()));
  }

  private Optional<BlockMeta> write(
      List<Block> blocks, Ulid ulid, BlockMeta.Compaction compaction) {
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException("BUG: no blocks to compact");
    }
    long minMs = Long.MAX_VALUE;
    long maxMs = Long.MIN_VALUE;
    TreeSet<String> symbols = new TreeSet<>(Utf8Order::compare);
    for (Block block : blocks) {
      minMs = Math.min(minMs, block.meta().minMs());
      maxMs = Math.max(maxMs, block.meta().maxMs());
      symbols.addAll(block.index().symbols());
    }
    try (BlockWriter writer =
        BlockWriter.begin(disk, dataDirectory, ulid, minMs, maxMs, symbols, maxSegmentBytes)) {
      merge(blocks, writer);
      BlockMeta meta = writer.finish(compaction);
      return meta.stats().samples() == 0 ? Optional.empty() : Optional.of(meta);
    }
  }

  private void merge(List<Block> blocks, BlockWriter writer) {
    PriorityQueue<CompactionInput> inputs = new PriorityQueue<>();
    for (int i = 0; i < blocks.size(); i++) {
      enqueue(inputs, new CompactionInput(i, blocks.get(i)));
    }
    SeriesMerge merge = new SeriesMerge(writer, floatEncoding);
    List<CompactionInput> same = new ArrayList<>();
    while (!inputs.isEmpty()) {
      Labels labels = inputs.element().labels();
      same.clear();
      while (!inputs.isEmpty() && inputs.element().labels().equals(labels)) {
        same.add(inputs.remove());
      }
      writer.series(labels);
      for (CompactionInput input : same) {
        ChunkMetas chunks = input.chunks();
        for (int i = 0; i < chunks.size(); i++) {
          merge.add(input, chunks.minMs(i), chunks.maxMs(i), chunks.ref(i));
        }
      }
      merge.writeAll();
      same.forEach(input -> enqueue(inputs, input));
    }
  }

  private static void enqueue(PriorityQueue<CompactionInput> inputs, CompactionInput input) {
    if (input.next()) {
      inputs.add(input);
    }
  }
}
