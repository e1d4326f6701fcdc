package io.narthex.tsdb.block;

import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SampleRuns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Writes the chunks of one series that come from several blocks, in time order. Reusable, not
/// thread-safe.
final class SeriesMerge {

  private final BlockWriter writer;
  private final SampleChunks sampleChunks;
  private final List<Chunk> chunks = new ArrayList<>();
  private final SampleBuffer samples = new SampleBuffer();

  SeriesMerge(BlockWriter writer, int floatEncoding) {
    this.writer = writer;
    this.sampleChunks = new SampleChunks(writer, floatEncoding);
  }

  private record Chunk(CompactionInput input, long minMs, long maxMs, long ref) {

    boolean hasDeleted() {
      return Tombstones.touches(input.deleted(), minMs, maxMs);
    }
  }

  /// Adds a chunk of the series at hand; those of an input that comes first win.
  void add(CompactionInput input, long minMs, long maxMs, long ref) {
    if (!Tombstones.covers(input.deleted(), minMs, maxMs)) {
      chunks.add(new Chunk(input, minMs, maxMs, ref));
    }
  }

  /// Writes what was added.
  void writeAll() {
    chunks.sort(
        Comparator.comparingLong(Chunk::minMs)
            .thenComparingLong(Chunk::maxMs)
            .thenComparing(Chunk::input));
    int from = 0;
    while (from < chunks.size()) {
      long endMs = chunks.get(from).maxMs;
      int to = from + 1;
      while (to < chunks.size() && chunks.get(to).minMs <= endMs) {
        endMs = Math.max(endMs, chunks.get(to++).maxMs);
      }
      if (to == from + 1 && !chunks.get(from).hasDeleted()) {
        copy(chunks.get(from));
      } else {
        rewrite(chunks.subList(from, to));
      }
      from = to;
    }
    chunks.clear();
  }

  private void copy(Chunk chunk) {
    ChunkReader reader = chunk.input.reader().load(chunk.ref);
    writer.chunk(
        chunk.minMs, chunk.maxMs, reader.encoding(), reader.array(), 1, reader.dataBytes());
  }

  private void rewrite(List<Chunk> overlapping) {
    samples.clear();
    // Inputs that win first, because joining keeps the sample that was there.
    overlapping.stream()
        .sorted(Comparator.comparing(Chunk::input))
        .forEach(chunk -> {
          int from = samples.size;
          chunk.input.reader().load(chunk.ref).decode(Long.MIN_VALUE, Long.MAX_VALUE, samples);
          Tombstones.remove(chunk.input.deleted(), samples, from);
          SampleRuns.join(samples, 0, from);
        });
    sampleChunks.write(samples);
  }
}
