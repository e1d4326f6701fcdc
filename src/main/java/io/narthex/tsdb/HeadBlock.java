package io.narthex.tsdb;

import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.model.labels.Labels;
import io.narthex.tsdb.block.BlockMeta;
import io.narthex.tsdb.block.BlockWriter;
import io.narthex.tsdb.block.Ulid;
import io.narthex.tsdb.chunk.ChunkDecoder;
import io.narthex.tsdb.head.Head;
import io.narthex.tsdb.head.HeadBlockSource;
import io.narthex.tsdb.head.LateBlockSource;
import io.narthex.tsdb.head.StaleSeries;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.random.RandomGenerator;

/// Turns a span of the head into a block.
final class HeadBlock {

  private final Disk disk;
  private final Head head;
  private final TsdbMetrics metrics;
  private final long maxSegmentBytes;

  /// @param metrics counts the chunks, also those of snapshots
  /// @param maxSegmentBytes of a file of chunks, at most
  HeadBlock(Disk disk, Head head, TsdbMetrics metrics, long maxSegmentBytes) {
    this.maxSegmentBytes = maxSegmentBytes;
    this.metrics = metrics;
    this.disk = disk;
    this.head = head;
  }

  /// Writes the block of `[minMs, maxMs)`. None is left on disk if there is no sample.
  BlockMeta write(Path directory, Ulid ulid, long minMs, long maxMs) {
    try (HeadBlockSource source = head.blockSource(minMs, maxMs);
        BlockWriter writer = begin(directory, ulid, minMs, maxMs, source.symbols())) {
      source.write(new WriterSink(writer, metrics));
      return writer.finish(BlockMeta.Compaction.ofHead(ulid, List.of()));
    }
  }

  /// Writes the block of `[minMs, maxMs)` that has nothing but these series.
  void write(Path directory, Ulid ulid, long minMs, long maxMs, StaleSeries series) {
    try (HeadBlockSource source = head.blockSource(minMs, maxMs, series);
        BlockWriter writer = begin(directory, ulid, minMs, maxMs, source.symbols())) {
      source.write(new WriterSink(writer, metrics));
      writer.finish(BlockMeta.Compaction.ofHead(ulid, BlockMeta.Compaction.OF_STALE_SERIES));
    }
  }

  /// Writes blocks with samples that came out of order, one for each span of `rangeMs` that has
  /// some.
  void writeLate(
      LateBlockSource source, Path directory, Clock clock, RandomGenerator random, long rangeMs) {
    long fromMs = Math.floorDiv(source.minMs(), rangeMs) * rangeMs;
    for (long minMs = fromMs; minMs <= source.maxMs(); minMs += rangeMs) {
      if (source.hasSamples(minMs, minMs + rangeMs)) {
        writeLate(source, directory, Ulid.next(clock, random), minMs, minMs + rangeMs);
      }
    }
  }

  private BlockMeta writeLate(
      LateBlockSource source, Path directory, Ulid ulid, long minMs, long maxMs) {
    try (BlockWriter writer = begin(directory, ulid, minMs, maxMs, source.symbols())) {
      source.write(minMs, maxMs, new WriterSink(writer, metrics));
      return writer.finish(
          BlockMeta.Compaction.ofHead(ulid, List.of(BlockMeta.Compaction.FROM_OUT_OF_ORDER)));
    }
  }

  private BlockWriter begin(
      Path directory, Ulid ulid, long minMs, long maxMs, Collection<String> symbols) {
    return BlockWriter.begin(disk, directory, ulid, minMs, maxMs, symbols, maxSegmentBytes);
  }

  private record WriterSink(BlockWriter writer, TsdbMetrics metrics)
      implements HeadBlockSource.Sink {

    @Override
    public void series(Labels labels) {
      writer.series(labels);
    }

    @Override
    public void chunk(
        long chunkMinMs, long chunkMaxMs, int encoding, byte[] data, int lengthBytes) {
      writer.chunk(chunkMinMs, chunkMaxMs, encoding, data, 0, lengthBytes);
      int samples = ChunkDecoder.samples(encoding, data, 0, lengthBytes);
      metrics.firstChunk(chunkMaxMs - chunkMinMs, samples, lengthBytes);
    }
  }
}
