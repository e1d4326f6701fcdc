package io.narthex.tsdb;

import io.narthex.io.disk.Disk;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random work on the whole storage against a map of maps: samples in and out of order, duplicates,
/// stale markers, histograms of all kinds, start timestamps, deletes, compaction, restarts,
/// crashes, retention, snapshots. `-Dnarthex.model.runs` and `-Dnarthex.model.seed` choose how many
/// runs, and the seed of the first.
class TsdbModelTest {

  private static final int RUNS = Integer.getInteger("narthex.model.runs", 150);
  private static final int STEPS = Integer.getInteger("narthex.model.steps", 60);
  private static final long SEED = Long.getLong("narthex.model.seed", 1);

  @TempDir Path directory;

  @Test
  void behavesLikeMapOfMaps() {
    Disk disk = new UnsyncedDisk(Disk.system());
    for (long seed = SEED; seed < SEED + RUNS; seed++) {
      Path path = directory.resolve("seed" + seed);
      disk.createDirectories(path);
      String context = "seed " + seed + ", ";
      TsdbModelRun run = new TsdbModelRun(seed, path, disk);
      try {
        run.run(STEPS);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(context + run.doing() + ": " + e.getMessage(), e);
      }
      disk.delete(path);
    }
    System.out.printf("storage against its model: %d runs from seed %d%n", RUNS, SEED);
  }
}
