package io.narthex.tsdb.offline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.model.labels.Labels;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.block.Block;
import io.narthex.tsdb.block.BlockMeta;
import io.narthex.tsdb.block.Dump;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Blocks are the same however little memory there was to make them in.
class BackfillTest {

  private static final Disk DISK = Disk.system();
  private static final long PLENTY = 1 << 24;
  private static final long LITTLE = 5000;

  @TempDir Path directory;

  /// A sample of a series.
  private record Given(Labels series, long tMs, double value) {}

  /// What came out: all samples, in each block by itself, and how many were left out.
  private record Made(List<TreeMap<String, String>> blocks, long dropped) {}

  @Test
  void spilledSamplesMakeTheSameBlocks() {
    long seed = System.nanoTime();
    List<Given> samples = samples(new Random(seed));
    Made whole = make(samples, PLENTY);
    assertEquals(whole, make(samples, LITTLE), "seed " + seed);
    assertEquals(5, whole.blocks().size(), "seed " + seed);
    int kept = whole.blocks().stream().mapToInt(TreeMap::size).sum();
    assertEquals(samples.size(), kept + whole.dropped(), "seed " + seed);
    assertTrue(whole.dropped() > 0, "seed " + seed);
  }

  /// Rounds of samples of all series; at times a later one comes before an earlier one.
  private static List<Given> samples(Random random) {
    List<Labels> series = new ArrayList<>();
    for (String odd : List.of("a", "a\0", "a\0b", "ab", "é", "\uffee", "\ud83d\ude00", "\u0001")) {
      series.add(Labels.of("__name__", "m", "odd", odd));
      series.add(Labels.of("__name__", "m", "odd", odd, "z", "1"));
      series.add(Labels.of("__name__", "m" + odd));
    }
    List<Given> samples = new ArrayList<>();
    for (int round = 0; round < 550; round++) {
      for (Labels each : series) {
        int late = random.nextInt(200) == 0 ? 90_000 : 0;
        samples.add(new Given(each, round * 60_000L + 30_000 - late, random.nextInt(9)));
      }
    }
    return samples;
  }

  private Made make(List<Given> samples, long memoryBytes) {
    List<TreeMap<String, String>> blocks = new ArrayList<>();
    try (Backfill backfill =
        new Backfill(
            DISK, directory, Clock.system(), new Random(1), Backfill.BLOCK_MS, memoryBytes)) {
      for (Given sample : samples) {
        if (backfill.isFull()) {
          backfill.spill();
        }
        backfill.add(backfill.series(sample.series()), sample.tMs(), sample.value());
      }
      backfill.write(
          new Backfill.Listener() {
            @Override
            public void created(BlockMeta block) {
              blocks.add(dump(block));
            }

            @Override
            public void written(long doneBytes, long allBytes) {
              assertTrue(doneBytes <= allBytes);
            }
          });
      return new Made(blocks, backfill.dropped());
    } finally {
      DISK.list(directory).forEach(left -> assertTrue(DISK.exists(left.resolve("index"))));
    }
  }

  private TreeMap<String, String> dump(BlockMeta meta) {
    try (Block block = Block.open(DISK, directory.resolve(meta.ulid().toString()))) {
      return Dump.all(block);
    }
  }

  /// Those of an earlier commit, which may lie in an earlier run.
  @Test
  void samplesThatDoNotFitToCommittedOnesAreMistakes() {
    Labels series = Labels.of("__name__", "m");
    List<Given> samples = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      samples.add(new Given(series, i, 1));
    }
    for (long memoryBytes : List.of(PLENTY, LITTLE)) {
      assertEquals("out of order sample", mistake(samples, 4998, 1, memoryBytes));
      assertEquals("duplicate sample for timestamp", mistake(samples, 4999, 2, memoryBytes));
    }
  }

  private String mistake(List<Given> samples, long tMs, double value, long memoryBytes) {
    List<Given> all = new ArrayList<>(samples);
    all.add(new Given(samples.getFirst().series(), tMs, value));
    StorageException mistake = assertThrows(StorageException.class, () -> make(all, memoryBytes));
    return String.valueOf(mistake.getMessage());
  }
}
