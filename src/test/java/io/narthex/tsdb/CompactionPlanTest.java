package io.narthex.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.io.disk.Disk;
import io.narthex.io.json.Json;
import io.narthex.tsdb.block.BlockMeta;
import io.narthex.tsdb.block.BlockMeta.Compaction;
import io.narthex.tsdb.block.BlockMeta.Stats;
import io.narthex.tsdb.block.Ulid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which blocks are compacted, and what they wait for. Times in units of the shortest block.
class CompactionPlanTest {

  private static final long UNIT_MS = 7_200_000;

  @TempDir Path directory;

  private int made;

  private final CompactionPlan plan = new CompactionPlan(TsdbOptions.defaults());

  private BlockMeta block(int from, int to, String... hints) {
    return block(from, to, 10, 0, hints);
  }

  private BlockMeta block(int from, int to, long series, long tombstones, String... hints) {
    Ulid ulid = new Ulid(0, ++made);
    return new BlockMeta(
        ulid,
        from * UNIT_MS,
        to * UNIT_MS,
        new Stats(100, 100, 0, series, 10, tombstones),
        new Compaction(1, List.of(ulid), List.of(), false, false, List.of(hints)),
        new Json.Obj());
  }

  private BlockMeta late(int from, int to) {
    return block(from, to, Compaction.FROM_OUT_OF_ORDER);
  }

  @Test
  void fullRangesAreCompactedAndTheNewestBlockIsLeftOut() {
    BlockMeta a = block(0, 1);
    BlockMeta b = block(1, 2);
    BlockMeta c = block(2, 3);
    assertEquals(List.of(), plan.next(List.of(a, b, c)), "the newest is left out");
    assertEquals(List.of(a, b, c), plan.next(List.of(a, b, c, block(3, 4))));
    assertEquals(List.of(a, b), plan.next(List.of(a, b, block(3, 4), block(4, 5))), "with a gap");
  }

  @Test
  void overlapsComeFirst() {
    BlockMeta a = block(0, 3);
    BlockMeta b = late(1, 2);
    assertEquals(List.of(a, b), plan.next(List.of(a, b, block(3, 4))));
  }

  @Test
  void blocksOfSomeSeriesAreMergedAmongThemselvesOnly() {
    BlockMeta a = block(0, 1);
    BlockMeta b = block(1, 2);
    BlockMeta stale = block(1, 2, Compaction.FROM_STALE_SERIES);
    BlockMeta selected = block(1, 2, Compaction.FROM_SELECTED_SERIES);
    assertEquals(List.of(), plan.next(List.of(a, b, stale, selected)));
    BlockMeta again = block(1, 2, Compaction.FROM_STALE_SERIES);
    assertEquals(List.of(stale, again), plan.next(List.of(a, b, stale, selected, again)));
    BlockMeta over = late(0, 1);
    assertEquals(List.of(a, over), plan.next(List.of(a, over, b, stale, again)), "others first");
  }

  @Test
  void lateBlocksAheadOfTheHeadAreKeptApart() {
    BlockMeta a = block(0, 1);
    BlockMeta b = block(1, 2);
    BlockMeta ahead = late(2, 3);
    assertEquals(List.of(), plan.next(List.of(a, b, ahead, late(3, 4))));
    BlockMeta again = late(2, 3);
    assertEquals(List.of(ahead, again), plan.next(List.of(a, b, ahead, again)), "but for others");
    assertEquals(
        List.of(a, b, ahead), plan.next(List.of(a, b, ahead, block(3, 4))), "until it is done");
  }

  @Test
  void blocksWithManyDeletionsAreWrittenAnew() {
    BlockMeta few = block(0, 9, 1000, 10);
    BlockMeta many = block(0, 9, 1000, 60);
    BlockMeta newest = block(9, 10);
    assertEquals(List.of(), plan.next(List.of(few, newest)));
    assertEquals(List.of(many), plan.next(List.of(many, newest)));
    BlockMeta small = block(0, 1, 10, 5);
    assertEquals(List.of(), plan.next(List.of(small, newest)), "too small");
    BlockMeta empty = block(0, 1, 10, 10);
    assertEquals(List.of(empty), plan.next(List.of(empty, newest)), "nothing is left in it");
  }

  @Test
  void blocksWaitForTheShipper() throws IOException {
    BlockMeta a = block(0, 1);
    BlockMeta b = block(1, 2);
    List<BlockMeta> both = List.of(a, b);
    Path file = directory.resolve("thanos.shipper.json");
    assertEquals(both, new Uploads(Disk.system(), null).ready(both));
    assertEquals(both, new Uploads(Disk.system(), file).ready(both), "there is no list");
    Files.writeString(file, "{\"version\":1,\"uploaded\":[\"" + a.ulid() + "\"]}");
    assertEquals(List.of(a), new Uploads(Disk.system(), file).ready(both));
    assertEquals(
        List.of(), new Uploads(Disk.system(), file).ready(List.of(b, a)), "and those behind");
  }

  @Test
  void delayIsWaitedForOnce() {
    ManualTimers clock = new ManualTimers();
    CompactionDelay delay = new CompactionDelay(clock, new Random(1), 1000);
    int asked = 0;
    while (!delay.isOver()) {
      asked++;
    }
    assertTrue(asked > 0 && asked < 1000, "asked " + asked + " times, a millisecond each");
    assertTrue(delay.isOver());
    delay.reset();
    assertFalse(delay.isOver());
    assertTrue(new CompactionDelay(clock, new Random(1), 0).isOver());
  }
}
