package io.narthex.tsdb.offline;

import io.narthex.model.labels.Matcher;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.block.Block;
import io.narthex.tsdb.block.BlockScan;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.index.ChunkMetas;
import java.util.Arrays;
import java.util.List;

/// How large the chunks of a block are: one number for each chunk, ascending.
///
/// @param buckets buckets of all samples of a histogram chunk together
/// @param chunks how many chunks there are
public record ChunkShapes(
    int[] floatSamples,
    int[] floatBytes,
    int[] histogramSamples,
    int[] histogramBytes,
    int[] buckets,
    long chunks) {

  /// Reads the chunks of the series that fulfil all matchers.
  public static ChunkShapes of(Block block, List<Matcher> matchers) {
    BlockScan scan = new BlockScan(block, BlockAnalysis.postings(block.index(), matchers));
    Ints floatSamples = new Ints();
    Ints floatBytes = new Ints();
    Ints histogramSamples = new Ints();
    Ints histogramBytes = new Ints();
    Ints buckets = new Ints();
    SampleBuffer samples = new SampleBuffer();
    long chunks = 0;
    while (scan.next()) {
      ChunkMetas metas = scan.chunks();
      for (int i = 0; i < metas.size(); i++) {
        scan.load(metas.ref(i));
        chunks++;
        boolean histogram = ChunkEncoding.isHistogram(scan.encoding());
        (histogram ? histogramSamples : floatSamples).add(scan.samples());
        (histogram ? histogramBytes : floatBytes).add(scan.dataBytes());
        if (histogram) {
          samples.clear();
          scan.decode(samples);
          buckets.add(buckets(samples));
        }
      }
    }
    return new ChunkShapes(
        floatSamples.sorted(),
        floatBytes.sorted(),
        histogramSamples.sorted(),
        histogramBytes.sorted(),
        buckets.sorted(),
        chunks);
  }

  private static int buckets(SampleBuffer samples) {
    int sum = 0;
    for (int i = 0; i < samples.size; i++) {
      FloatHistogram histogram = samples.histogram(i);
      if (histogram != null) {
        sum += histogram.positiveBuckets.length + histogram.negativeBuckets.length;
      }
    }
    return sum;
  }

  private static final class Ints {
    private int[] values = new int[64];
    private int size;

    void add(int value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size * 2);
      }
      values[size++] = value;
    }

    int[] sorted() {
      int[] sorted = Arrays.copyOf(values, size);
      Arrays.sort(sorted);
      return sorted;
    }
  }
}
