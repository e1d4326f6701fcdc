package io.narthex.tsdb.block;

import io.narthex.io.disk.Disk;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Utf8Order;
import io.narthex.storage.SampleBuffer;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.chunk.FloatChunk;
import java.nio.file.Path;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/// Float series made up for tests, and what reading them must give.
final class TestSeries {

  static final long START_MS = 1_767_225_600_000L;
  static final long STEP_MS = 15_000;

  private static final int CHUNK_SAMPLES = 120;

  private final TreeMap<Labels, SampleBuffer> series = new TreeMap<>();

  /// So many series of so many samples.
  static TestSeries random(long seed, int count, int samples) {
    TestSeries made = new TestSeries();
    Random random = new Random(seed);
    String[] jobs = {"a", "b", "é\"q\\", "😀\n"};
    for (int i = 0; i < count; i++) {
      SampleBuffer buffer = new SampleBuffer();
      double value = random.nextInt(100);
      for (int s = 0; s < samples; s++) {
        value += random.nextInt(3) == 0 ? random.nextGaussian() : 1;
        buffer.add(START_MS + s * STEP_MS, value);
      }
      made.add(
          Labels.of("__name__", "m" + i % 3, "job", jobs[i % 4], "i", Integer.toString(i)), buffer);
    }
    return made;
  }

  void add(Labels labels, SampleBuffer samples) {
    series.put(labels, samples);
  }

  TreeSet<String> symbols() {
    TreeSet<String> symbols = new TreeSet<>(Utf8Order::compare);
    for (Labels labels : series.keySet()) {
      labels
          .toMap()
          .forEach((name, value) -> {
            symbols.add(name);
            symbols.add(value);
          });
    }
    return symbols;
  }

  BlockMeta write(Disk disk, Path data, Ulid ulid, long maxSegmentBytes) {
    long minMs = Long.MAX_VALUE;
    long maxMs = Long.MIN_VALUE;
    for (SampleBuffer samples : series.values()) {
      minMs = Math.min(minMs, samples.timesMs[0]);
      maxMs = Math.max(maxMs, samples.timesMs[samples.size - 1]);
    }
    try (BlockWriter writer =
        BlockWriter.begin(disk, data, ulid, minMs, maxMs + 1, symbols(), maxSegmentBytes)) {
      series.forEach((labels, samples) -> {
        writer.series(labels);
        chunks(writer, samples);
      });
      return writer.finish(BlockMeta.Compaction.ofHead(ulid, java.util.List.of()));
    }
  }

  private static void chunks(BlockWriter writer, SampleBuffer samples) {
    for (int from = 0; from < samples.size; from += CHUNK_SAMPLES) {
      int to = Math.min(samples.size, from + CHUNK_SAMPLES);
      FloatChunk chunk =
          new FloatChunk(samples.hasStart(from, to) ? ChunkEncoding.XOR2 : ChunkEncoding.XOR);
      chunk.take(samples, from, to);
      writer.chunk(
          samples.timesMs[from],
          samples.timesMs[to - 1],
          chunk.encoding(),
          chunk.array(),
          0,
          chunk.lengthBytes());
    }
  }

  /// As {@link Dump} has it.
  TreeMap<String, String> expected() {
    TreeMap<String, String> expected = new TreeMap<>();
    series.forEach((labels, samples) -> {
      for (int i = 0; i < samples.size; i++) {
        expected.put(labels + " " + samples.timesMs[i], Double.toString(samples.values[i]));
      }
    });
    return expected;
  }
}
