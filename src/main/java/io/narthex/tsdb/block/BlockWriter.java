package io.narthex.tsdb.block;

import io.narthex.io.disk.Disk;
import io.narthex.io.json.Json;
import io.narthex.model.labels.Labels;
import io.narthex.tsdb.chunk.ChunkDecoder;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.index.ChunkMetas;
import io.narthex.tsdb.index.IndexWriter;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Writes a block series by series, under a temporary name that is changed at the very end. What is
/// left of a writer that was not finished is the folder `<ULID>.tmp-for-creation`. Not thread-safe.
///
/// Use: `begin`, then for each series in label order `series` and its chunks in time order, then
/// `finish`; `close` in any case.
public final class BlockWriter implements AutoCloseable {

  /// Ends the name of a folder that is being written.
  public static final String TEMPORARY_SUFFIX = ".tmp-for-creation";

  private final Disk disk;
  private final Path dataDirectory;
  private final Path directory;
  private final Ulid ulid;
  private final long minMs;
  private final long maxMs;
  private final IndexWriter index;
  private final ChunkSegmentWriter chunks;
  private final ChunkMetas metas = new ChunkMetas();
  private final ChunkDecoder copier = new ChunkDecoder();
  private @Nullable Labels labels;
  private long floatSamples;
  private long histogramSamples;
  private long chunkCount;
  private boolean finished;

  private BlockWriter(
      Disk disk,
      Path dataDirectory,
      Ulid ulid,
      long minMs,
      long maxMs,
      Collection<String> sortedSymbols,
      long maxSegmentBytes) {
    this.disk = disk;
    this.dataDirectory = dataDirectory;
    this.directory = dataDirectory.resolve(ulid + TEMPORARY_SUFFIX);
    this.ulid = ulid;
    this.minMs = minMs;
    this.maxMs = maxMs;
    disk.delete(directory);
    Path chunkDirectory = directory.resolve(Block.CHUNKS);
    disk.createDirectories(chunkDirectory);
    chunks = new ChunkSegmentWriter(disk, chunkDirectory, maxSegmentBytes);
    index = new IndexWriter(disk, directory.resolve(Block.INDEX), sortedSymbols);
  }

  /// Begins a block of `[minMs, maxMs)`.
  ///
  /// @param dataDirectory folder in which the block's folder will be
  /// @param sortedSymbols all label names and values of the series to come, distinct, in UTF-8
  ///   order; more of them do no harm
  public static BlockWriter begin(
      Disk disk,
      Path dataDirectory,
      Ulid ulid,
      long minMs,
      long maxMs,
      Collection<String> sortedSymbols) {
    return begin(
        disk,
        dataDirectory,
        ulid,
        minMs,
        maxMs,
        sortedSymbols,
        ChunkSegmentWriter.MAX_SEGMENT_BYTES);
  }

  /// As above, with files of chunks of another size.
  ///
  /// @param maxSegmentBytes of a file of chunks, at most
  public static BlockWriter begin(
      Disk disk,
      Path dataDirectory,
      Ulid ulid,
      long minMs,
      long maxMs,
      Collection<String> sortedSymbols,
      long maxSegmentBytes) {
    return new BlockWriter(disk, dataDirectory, ulid, minMs, maxMs, sortedSymbols, maxSegmentBytes);
  }

  /// Begins a series, which comes behind all before it in label order. One that gets no chunk is
  /// left out.
  public void series(Labels seriesLabels) {
    endSeries();
    labels = seriesLabels;
  }

  /// Adds a chunk to the series at hand.
  ///
  /// @param chunkMinMs time of its first sample
  /// @param chunkMaxMs time of its last sample, inclusive
  /// @param encoding see {@link ChunkEncoding}
  public void chunk(
      long chunkMinMs, long chunkMaxMs, int encoding, byte[] data, int offset, int lengthBytes) {
    int samples = ChunkDecoder.samples(encoding, data, offset, lengthBytes);
    if (ChunkEncoding.isHistogram(encoding)) {
      histogramSamples += samples;
    } else {
      floatSamples += samples;
    }
    metas.add(chunkMinMs, chunkMaxMs, chunks.write(encoding, data, offset, lengthBytes));
    chunkCount++;
  }

  /// Adds a chunk that lies in mapped memory.
  public void chunk(
      long chunkMinMs,
      long chunkMaxMs,
      int encoding,
      MemorySegment data,
      long offset,
      int lengthBytes) {
    byte[] copy = copier.copy(data, offset, lengthBytes);
    chunk(chunkMinMs, chunkMaxMs, encoding, copy, 0, lengthBytes);
  }

  private void endSeries() {
    Labels ended = labels;
    if (ended != null && metas.size() > 0) {
      index.addSeries(ended, metas);
    }
    labels = null;
    metas.clear();
  }

  /// Writes the rest and gives the block its name. A block without a sample is not left on disk:
  /// its stats then say 0 samples.
  public BlockMeta finish(BlockMeta.Compaction compaction) {
    endSeries();
    BlockMeta.Stats stats =
        new BlockMeta.Stats(
            floatSamples + histogramSamples,
            floatSamples,
            histogramSamples,
            index.seriesCount(),
            chunkCount,
            0);
    BlockMeta meta = new BlockMeta(ulid, minMs, maxMs, stats, compaction, new Json.Obj());
    if (stats.samples() > 0) {
      chunks.finish();
      index.finish();
      Tombstones.NONE.write(disk, directory);
      meta.write(disk, directory);
      disk.fsyncDirectory(directory.resolve(Block.CHUNKS));
      disk.fsyncDirectory(directory);
      disk.rename(directory, dataDirectory.resolve(ulid.toString()));
      disk.fsyncDirectory(dataDirectory);
      finished = true;
    }
    return meta;
  }

  /// Closes the files; removes the folder if the block was not finished.
  @Override
  public void close() {
    chunks.close();
    index.close();
    if (!finished) {
      disk.delete(directory);
    }
  }
}
