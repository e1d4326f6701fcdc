package io.narthex.tsdb;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import io.narthex.io.disk.FaultyDisk;
import io.narthex.storage.StorageException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The disk stops at every single change of a run, or fails at one of them: nothing that was
/// committed is lost, and the folder always opens. The runs are those of the model test, with
/// samples out of order, histograms, deletes, compaction and restarts. `-Dnarthex.crash.points` and
/// `-Dnarthex.crash.seed` choose how many points of each kind are tried, and the seed of the first
/// run.
class CrashTest {

  private static final int POINTS = Integer.getInteger("narthex.crash.points", 300);
  private static final long SEED = Long.getLong("narthex.crash.seed", 1);
  private static final int STEPS = 30;

  @TempDir Path directory;

  private final Disk good = new UnsyncedDisk(Disk.system());

  /// How many changes a run makes.
  private int changes(long seed) {
    FaultyDisk disk = FaultyDisk.never(good);
    Path path = path("never");
    new TsdbModelRun(seed, path, disk).run(STEPS);
    good.delete(path);
    return disk.changes();
  }

  private Path path(String name) {
    Path path = directory.resolve(name);
    good.createDirectories(path);
    return path;
  }

  private interface Point {
    void reach(long seed, int change, String context);
  }

  /// All points of a few runs, not a few of all: what goes wrong hangs on the order of changes.
  private void everyPoint(String what, Point point) {
    int points = 0;
    long seed = SEED;
    for (; points < POINTS; seed++) {
      int changes = changes(seed);
      for (int k = 0; k < changes && points < POINTS; k++, points++) {
        point.reach(seed, k, "seed " + seed + ", change " + k + " of " + changes);
      }
    }
    System.out.printf("%s: %d points, seeds %d to %d%n", what, points, SEED, seed - 1);
  }

  @Test
  void powerIsCutAtEveryChange() {
    everyPoint("power cut", this::cut);
  }

  /// What went wrong once, as seed and change.
  @Test
  void powerIsCutWhereItWentWrongBefore() {
    for (int[] point : new int[][] {{5202, 20}, {5300, 24}}) {
      cut(point[0], point[1], "seed " + point[0] + ", change " + point[1]);
    }
  }

  private void cut(long seed, int change, String context) {
    Path path = path("cut" + change);
    TsdbModelRun run = null;
    try {
      run = new TsdbModelRun(seed, path, FaultyDisk.stopsAfter(good, change));
      run.runUntilFailure(STEPS);
    } catch (StorageException | DiskException e) {
      // It did not even open; nothing was committed.
      assertTrue(run == null, () -> context + ": " + e);
    }
    recover(seed, run, path, context);
    good.delete(path);
  }

  @Test
  void diskFailsForAMoment() {
    everyPoint("disk full for a moment", this::fail);
  }

  /// What went wrong once, as seed and change.
  @Test
  void diskFailsWhereItWentWrongBefore() {
    for (int[] point : new int[][] {{5202, 88}, {5202, 140}}) {
      fail(point[0], point[1], "seed " + point[0] + ", change " + point[1]);
    }
  }

  private void fail(long seed, int change, String pointContext) {
    Path path = path("full" + change);
    String context = pointContext + " fails";
    TsdbModelRun run = null;
    try {
      run = new TsdbModelRun(seed, path, FaultyDisk.failsOnceAfter(good, change));
      run.runThroughFailure(STEPS);
    } catch (StorageException | DiskException e) {
      assertTrue(run == null, () -> context + ": " + e);
    } catch (AssertionError e) {
      String doing = run == null ? "opening" : run.doing();
      throw new AssertionError(context + ", " + doing + ": " + e.getMessage(), e);
    }
    recover(seed, run, path, context);
    good.delete(path);
  }

  /// Opens the folder on a disk that works, looks whether all is there, and goes on for a while.
  private void recover(long seed, @Nullable TsdbModelRun run, Path path, String context) {
    TsdbModelRun next = run == null ? new TsdbModelRun(seed, path, good) : run;
    try {
      next.recover(good);
      next.run(12);
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          context + ", after recovery, " + next.doing() + ": " + e.getMessage(), e);
    }
  }
}
