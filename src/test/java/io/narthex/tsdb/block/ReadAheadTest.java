package io.narthex.tsdb.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.narthex.io.disk.Disk;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.Querier;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import io.narthex.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A selection of so many series that several threads read their entries.
final class ReadAheadTest {

  private static final Disk DISK = Disk.system();
  private static final int SERIES = 5000;

  @TempDir Path data;

  private final TestSeries series = TestSeries.random(3, SERIES, 2);

  @BeforeEach
  void needsTwoCores() {
    assumeTrue(
        Runtime.getRuntime().availableProcessors() > 1, "one core: nobody reads ahead there");
  }

  private Block open() {
    BlockMeta meta = series.write(DISK, data, new Ulid(1, 1), 1 << 20);
    return Block.open(DISK, data.resolve(meta.ulid().toString()));
  }

  private static SeriesSet all(Querier querier) {
    return querier.select(true, SelectHints.of(0, Long.MAX_VALUE), List.of());
  }

  @Test
  void givesAllSeriesInTheirOrder() {
    try (Block block = open();
        Querier querier = block.querier(0, Long.MAX_VALUE)) {
      assertEquals(series.expected(), Dump.all(block));
      SeriesSet set = all(querier);
      assertInstanceOf(ReadAhead.class, set);
      List<Labels> found = new ArrayList<>();
      while (set.next()) {
        found.add(set.at().labels());
      }
      assertFalse(set.next());
      assertEquals(SERIES, found.size());
      assertEquals(found.stream().sorted().toList(), found);
    }
  }

  /// Batches of which nothing is left do not end the set.
  @Test
  void leavesOutWhatIsDeleted() {
    try (Block block = open()) {
      block.delete(0, Long.MAX_VALUE, List.of(Matcher.equal("__name__", "m0")));
      try (Querier querier = block.querier(0, Long.MAX_VALUE)) {
        SeriesSet set = all(querier);
        int count = 0;
        while (set.next()) {
          assertFalse(set.at().labels().get("__name__").equals("m0"));
          count++;
        }
        assertEquals(SERIES - (SERIES + 2) / 3, count);
      }
    }
  }

  /// Who closes early does not take the map away from the helpers.
  @Test
  void canBeLeftEarly() {
    for (int round = 0; round < 50; round++) {
      Block block = open();
      Querier querier = block.querier(0, Long.MAX_VALUE);
      SeriesSet set = all(querier);
      for (int i = 0; i <= round * 40; i++) {
        assertTrue(set.next());
      }
      block.close();
      querier.close();
      DISK.delete(block.directory());
    }
  }

  @Test
  void damageIsAFailureOfTheStorage() throws IOException {
    Path directory;
    try (Block block = open()) {
      directory = block.directory();
    }
    Path index = directory.resolve("index");
    byte[] bytes = Files.readAllBytes(index);
    // Somewhere among the entries of the series.
    for (int i = bytes.length / 3; i < bytes.length / 3 + 64; i++) {
      bytes[i] ^= 0x55;
    }
    Files.write(index, bytes);
    try (Block block = Block.open(DISK, directory);
        Querier querier = block.querier(0, Long.MAX_VALUE)) {
      SeriesSet set = all(querier);
      StorageException failure =
          assertThrows(
              StorageException.class,
              () -> {
                while (set.next()) {
                  assertFalse(set.at().labels().isEmpty());
                }
              });
      assertTrue(String.valueOf(failure.getMessage()).contains("index"), failure.getMessage());
    }
  }
}
