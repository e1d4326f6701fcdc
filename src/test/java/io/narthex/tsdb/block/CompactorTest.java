package io.narthex.tsdb.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.io.disk.Disk;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.Querier;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import io.narthex.testing.Conformance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactorTest {

  private static final Disk DISK = Disk.system();

  @TempDir Path data;

  private Block open(BlockMeta meta) {
    return Block.open(DISK, data.resolve(meta.ulid().toString()));
  }

  @Test
  void blocksThatOverlapBecomeOneAndTheFirstWins() {
    long seed = 17;
    Random random = new Random(seed);
    TreeMap<String, String> expected = new TreeMap<>();
    List<Block> blocks = new ArrayList<>();
    for (int b = 0; b < 4; b++) {
      TestSeries series = new TestSeries();
      for (int s = 0; s < 30; s++) {
        if (random.nextInt(4) > 0) {
          SampleBuffer samples = new SampleBuffer();
          long time = TestSeries.START_MS + b * 3_000_000L + random.nextInt(3) * 1000L;
          for (int i = 0; i < 300; i++) {
            time += 1000L * (1 + random.nextInt(40));
            samples.add(time, random.nextInt(50));
          }
          series.add(Labels.of("__name__", "m", "s", Integer.toString(s)), samples);
        }
      }
      series.expected().forEach(expected::putIfAbsent);
      blocks.add(open(series.write(DISK, data, new Ulid(1, b), 1 << 20)));
    }
    Optional<BlockMeta> written = new Compactor(DISK, data).compact(blocks, new Ulid(2, 0));
    assertEquals(2, written.orElseThrow().compaction().level());
    assertEquals(4, written.orElseThrow().compaction().sources().size());
    assertEquals(4, written.orElseThrow().compaction().parents().size());
    try (Block merged = open(written.orElseThrow())) {
      assertEquals(expected, Dump.all(merged), "seed " + seed);
      assertEquals(expected.size(), merged.meta().stats().samples());
    }
    blocks.forEach(Block::close);
  }

  @Test
  void startTimestampsOfTheSamplesThatStayStay() {
    Labels labels = Labels.of("__name__", "m");
    List<Block> blocks = new ArrayList<>();
    for (int b = 0; b < 2; b++) {
      SampleBuffer samples = new SampleBuffer();
      // The first block has every other sample, starts that change, and some without.
      for (int i = 0; i < 400; i += 2 - b) {
        samples.add(TestSeries.START_MS + i * 1000L, i);
        samples.setStartMs(b == 1 ? 7 : i % 10 == 0 ? 0 : 1000 + i / 20);
      }
      TestSeries series = new TestSeries();
      series.add(labels, samples);
      blocks.add(open(series.write(DISK, data, new Ulid(1, b), 1 << 20)));
    }
    BlockMeta meta = new Compactor(DISK, data).compact(blocks, new Ulid(2, 0)).orElseThrow();
    SampleBuffer found = new SampleBuffer();
    try (Block merged = open(meta);
        Querier querier = merged.querier(Long.MIN_VALUE, Long.MAX_VALUE)) {
      SeriesSet set =
          querier.select(
              true,
              SelectHints.of(Long.MIN_VALUE, Long.MAX_VALUE),
              List.of(Matcher.equal("__name__", "m")));
      assertTrue(set.next());
      set.at().read(Long.MIN_VALUE, Long.MAX_VALUE, found);
    }
    assertEquals(400, found.size);
    for (int i = 0; i < 400; i++) {
      long expected = i % 2 == 1 ? 7 : i % 10 == 0 ? 0 : 1000 + i / 20;
      assertEquals(expected, found.startMs(i), "sample " + i);
    }
    blocks.forEach(Block::close);
  }

  @Test
  void chunksThatFollowEachOtherAreCopied() {
    List<Block> blocks = new ArrayList<>();
    TreeMap<String, String> expected = new TreeMap<>();
    for (String name : List.of("01M81EK05VGJDMFAAGRJG9ZFTV", "01M81EK06D8YFX25WC5ZV9AT02")) {
      Block block = Block.open(DISK, Conformance.path("tsdb/promtool_blocks").resolve(name));
      expected.putAll(Dump.all(block));
      blocks.add(block);
    }
    BlockMeta meta = new Compactor(DISK, data).compact(blocks, new Ulid(2, 0)).orElseThrow();
    assertEquals(29, meta.stats().chunks());
    assertEquals(1368, meta.stats().samples());
    assertEquals(1767225600000L, meta.minMs());
    assertEquals(1767237570126L, meta.maxMs());
    try (Block merged = open(meta)) {
      assertEquals(expected, Dump.all(merged));
    }
    blocks.forEach(Block::close);
  }

  @Test
  void histogramsWithDeletedSamplesAreWrittenAnew() {
    Path folder = Conformance.path("tsdb/head_snapshot_block/01M81EK0JA3S7X0HCVC8DDV6ZA");
    DISK.createDirectories(data.resolve("copy/chunks"));
    for (String file : List.of("index", "meta.json", "tombstones", "chunks/000001")) {
      DISK.replace(data.resolve("copy").resolve(file), DISK.read(folder.resolve(file)));
    }
    try (Block block = Block.open(DISK, data.resolve("copy"))) {
      TreeMap<String, String> before = Dump.all(block);
      assertTrue(block.delete(1767225600000L, 1767225630000L, List.of()) > 10);
      TreeMap<String, String> after = Dump.all(block);
      assertTrue(after.size() < before.size());
      BlockMeta meta = new Compactor(DISK, data).rewrite(block, new Ulid(9, 9)).orElseThrow();
      assertEquals(after.size(), meta.stats().samples());
      assertEquals(0, meta.stats().tombstones());
      assertEquals(1, meta.compaction().level());
      try (Block written = open(meta)) {
        assertEquals(after, Dump.all(written));
      }
    }
  }

  @Test
  void nothingIsWrittenIfNothingIsLeft() {
    TestSeries series = TestSeries.random(1, 5, 10);
    try (Block block = open(series.write(DISK, data, new Ulid(1, 1), 1 << 20))) {
      block.delete(0, Long.MAX_VALUE, List.of(Matcher.equal("nope", "")));
      assertEquals(Optional.empty(), new Compactor(DISK, data).rewrite(block, new Ulid(2, 2)));
    }
    assertEquals(1, DISK.list(data).size());
  }
}
