package io.narthex.tsdb.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.io.bytes.CorruptFileException;
import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import io.narthex.io.disk.FaultyDisk;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.Querier;
import io.narthex.storage.StorageException;
import io.narthex.testing.Peers;
import io.narthex.tsdb.chunk.ChunkEncoding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockWriterTest {

  private static final Disk DISK = Disk.system();

  @TempDir Path data;

  @Test
  void whatWasWrittenIsRead() {
    long seed = 7;
    TestSeries series = TestSeries.random(seed, 500, 300);
    BlockMeta meta = series.write(DISK, data, new Ulid(1, 1), 1 << 16);
    try (Block block = Block.open(DISK, data.resolve(meta.ulid().toString()))) {
      assertEquals(series.expected(), Dump.all(block), "seed " + seed);
      assertEquals(series.expected().size(), block.meta().stats().samples());
      assertTrue(DISK.list(block.directory().resolve(Block.CHUNKS)).size() > 2);
      spansAreClosed(block, series);
    }
  }

  private static void spansAreClosed(Block block, TestSeries series) {
    long from = TestSeries.START_MS + 100 * TestSeries.STEP_MS;
    long to = TestSeries.START_MS + 200 * TestSeries.STEP_MS;
    TreeMap<String, String> expected = new TreeMap<>(series.expected());
    expected
        .keySet()
        .removeIf(key -> {
          long time = Long.parseLong(key.substring(key.lastIndexOf(' ') + 1));
          return time < from || time > to;
        });
    assertEquals(expected, Dump.of(block, from, to));
  }

  @Test
  void theSymbolsOfLabelsAreTheSameObjects() {
    BlockMeta meta = TestSeries.random(3, 50, 10).write(DISK, data, new Ulid(1, 1), 1 << 20);
    try (Block block = Block.open(DISK, data.resolve(meta.ulid().toString()))) {
      long[] ids = block.index().all().toArray();
      var one = block.index().newEntry().read(ids[0]).labels();
      var two = block.index().newEntry().read(ids[1]).labels();
      assertTrue(one.name(0) == two.name(0) && one.value(0) == two.value(0));
    }
  }

  @Test
  void promtoolReadsWhatWasWritten() throws IOException, InterruptedException {
    Path promtool = Peers.program("promtool");
    TestSeries series = TestSeries.random(11, 200, 250);
    BlockMeta meta = series.write(DISK, data, new Ulid(7L << 50, 99), 1 << 16);
    Files.createDirectories(data.resolve("wal"));
    String list = run(promtool, "tsdb", "list", data.toString());
    assertTrue(list.contains(meta.ulid().toString()), list);
    assertTrue(list.contains(Integer.toString(series.expected().size())), list);
    String analysis = run(promtool, "tsdb", "analyze", data.toString());
    assertTrue(analysis.contains("Total Series: 200\n"), analysis);
    assertEquals(series.expected(), Dump.parse(run(promtool, "tsdb", "dump", data.toString())));
  }

  private static String run(Path program, String... arguments)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(program.toString());
    builder.command().addAll(List.of(arguments));
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    return out;
  }

  @Test
  void deletedSamplesAreGoneAndStayGone() {
    TestSeries series = TestSeries.random(5, 20, 300);
    BlockMeta meta = series.write(DISK, data, new Ulid(1, 1), 1 << 20);
    Path directory = data.resolve(meta.ulid().toString());
    long from = TestSeries.START_MS + 50 * TestSeries.STEP_MS;
    long to = TestSeries.START_MS + 60 * TestSeries.STEP_MS;
    TreeMap<String, String> expected = new TreeMap<>(series.expected());
    expected
        .keySet()
        .removeIf(key -> {
          long time = Long.parseLong(key.substring(key.lastIndexOf(' ') + 1));
          return key.contains("job=\"a\"") && time >= from && time <= to + 1;
        });
    try (Block block = Block.open(DISK, directory)) {
      int half = block.delete(from, to - 100, List.of(Matcher.equal("job", "a")));
      assertEquals(half, block.delete(to - 200, to + 1, List.of(Matcher.equal("job", "a"))));
      assertEquals(0, block.delete(0, 1, List.of()));
      assertEquals(expected, Dump.all(block));
      assertEquals(half, block.meta().stats().tombstones());
    }
    try (Block block = Block.open(DISK, directory)) {
      assertEquals(expected, Dump.all(block));
    }
  }

  @Test
  void aClosedBlockStaysReadableForItsQueriers() {
    BlockMeta meta = TestSeries.random(5, 3, 10).write(DISK, data, new Ulid(1, 1), 1 << 20);
    Block block = Block.open(DISK, data.resolve(meta.ulid().toString()));
    try (Querier querier = block.querier(0, Long.MAX_VALUE)) {
      block.close();
      block.close();
      assertFalse(querier.labelNames(0, List.of()).isEmpty());
      assertThrows(StorageException.class, () -> block.querier(0, 1));
    }
    assertThrows(StorageException.class, () -> block.querier(0, 1));
  }

  @Test
  void aBlockIsThereWholeOrNotAtAll() throws IOException {
    TestSeries series = TestSeries.random(5, 5, 20);
    FaultyDisk counting = FaultyDisk.never(DISK);
    series.write(counting, data, new Ulid(1, 1), 1 << 20);
    for (int n = 0; n < counting.changes(); n++) {
      Path folder = Files.createDirectory(data.resolve("run" + n));
      FaultyDisk faulty = FaultyDisk.stopsAfter(DISK, n);
      assertThrows(
          DiskException.class, () -> series.write(faulty, folder, new Ulid(2, 2), 1 << 20));
      for (Path left : DISK.list(folder)) {
        if (Ulid.isUlid(left.getFileName().toString())) {
          try (Block block = Block.open(DISK, left)) {
            assertEquals(series.expected(), Dump.all(block), "stopped after change " + n);
          }
        } else {
          assertTrue(left.toString().endsWith(BlockWriter.TEMPORARY_SUFFIX), left.toString());
        }
      }
    }
  }

  @Test
  void aBlockWithoutSamplesLeavesNothing() {
    try (BlockWriter writer = BlockWriter.begin(DISK, data, new Ulid(1, 1), 0, 10, List.of())) {
      BlockMeta meta = writer.finish(BlockMeta.Compaction.ofHead(new Ulid(1, 1), List.of()));
      assertEquals(0, meta.stats().samples());
    }
    assertEquals(List.of(), DISK.list(data));
  }

  @Test
  void damageIsNamedAndNeverKillsTheProcess() throws IOException {
    TestSeries series = TestSeries.random(5, 8, 30);
    BlockMeta meta = series.write(DISK, data, new Ulid(1, 1), 1 << 20);
    Path directory = data.resolve(meta.ulid().toString());
    for (String name : List.of("index", "chunks/000001", "tombstones", "meta.json")) {
      Path file = directory.resolve(name);
      byte[] good = Files.readAllBytes(file);
      for (int at = 0; at < good.length; at += 1 + good.length / 41) {
        byte[] bad = good.clone();
        bad[at] ^= 0x55;
        Files.write(file, bad);
        readsOrComplains(directory, file, series);
        Files.write(file, Arrays.copyOf(good, at));
        readsOrComplains(directory, file, series);
      }
      Files.write(file, good);
    }
    try (Block block = Block.open(DISK, directory)) {
      assertEquals(series.expected(), Dump.all(block));
    }
  }

  private static void readsOrComplains(Path directory, Path file, TestSeries series) {
    try (Block block = Block.open(DISK, directory)) {
      TreeMap<String, String> dump = Dump.all(block);
      if (!file.endsWith("meta.json")) {
        // Padding and what stands in front of a section's checksum may change unseen, data never.
        dump.forEach((key, value) -> assertEquals(series.expected().get(key), value, key));
      }
    } catch (CorruptFileException | StorageException e) {
      assertTrue(
          String.valueOf(e.getMessage()).contains(directory.toString())
              || String.valueOf(e.getMessage()).startsWith("chunks:"),
          e.getMessage());
    }
  }

  @Test
  void encodingsThatCannotBeReadAreNamed() {
    try (BlockWriter writer =
        BlockWriter.begin(DISK, data, new Ulid(1, 1), 0, 10, List.of("a", "b"))) {
      writer.series(Labels.of("a", "b"));
      writer.chunk(1, 1, ChunkEncoding.XOR2, new byte[] {0, 1, 0}, 0, 3);
      writer.finish(BlockMeta.Compaction.ofHead(new Ulid(1, 1), List.of()));
    }
    try (Block block = Block.open(DISK, data.resolve(new Ulid(1, 1).toString()))) {
      StorageException e = assertThrows(StorageException.class, () -> Dump.all(block));
      assertTrue(String.valueOf(e.getMessage()).contains("XOR2"), e.getMessage());
    }
  }
}
