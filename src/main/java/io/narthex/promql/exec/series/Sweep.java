package io.narthex.promql.exec.series;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// Walks over all series of a set, on several lanes if that pays.
public final class Sweep {

  /// Steps times series below which a second thread costs more than it brings.
  private static final int WORTH_A_THREAD = 4096;

  private static final int MIN_SERIES_A_LANE = 8;

  private Sweep() {}

  /// Work on the series `[from, to)`.
  public interface Part {
    void run(Lane lane, int from, int to);
  }

  /// How many lanes {@link #run} would use.
  public static int lanes(QueryScope scope, VectorSet set, int steps) {
    if (set instanceof MaterialSet || (long) set.size() * (steps + 64) < WORTH_A_THREAD) {
      return 1;
    }
    return Math.clamp(set.size() / MIN_SERIES_A_LANE, 1, scope.workers().lanes());
  }

  /// Runs `part` for contiguous shares of the series.
  public static void run(QueryScope scope, VectorSet set, int steps, Part part) {
    runShares(scope, set, steps, (lane, share, from, to) -> part.run(lane, from, to));
  }

  /// Work on the series `[from, to)`, which are share number `share`.
  public interface SharePart {
    void run(Lane lane, int share, int from, int to);
  }

  /// Like {@link #run}; the shares are numbered from 0 in the order of the series.
  public static void runShares(QueryScope scope, VectorSet set, int steps, SharePart part) {
    int lanes = lanes(scope, set, steps);
    int size = set.size();
    if (lanes == 1) {
      part.run(scope.lane(), 0, 0, size);
      return;
    }
    List<CompletableFuture<Void>> others = new ArrayList<>();
    for (int share = 1; share < lanes; share++) {
      int number = share;
      Lane lane = scope.lane(share);
      int from = bound(size, number, lanes);
      int to = bound(size, number + 1, lanes);
      others.add(start(scope, () -> part.run(lane, number, from, to)));
    }
    RuntimeException failure = null;
    try {
      part.run(scope.lane(), 0, 0, bound(size, 1, lanes));
    } catch (RuntimeException e) {
      failure = e;
    }
    for (CompletableFuture<Void> other : others) {
      // All must have ended before the querier may be closed, failed or not.
      failure = await(other, failure);
    }
    if (failure != null) {
      throw failure;
    }
  }

  /// Runs a share beside the query's thread, or on it where the workers have ended already.
  private static CompletableFuture<Void> start(QueryScope scope, Runnable share) {
    try {
      return CompletableFuture.runAsync(share, scope.workers().executor());
    } catch (RejectedExecutionException e) {
      return CompletableFuture.runAsync(share, Runnable::run);
    }
  }

  private static int bound(int size, int share, int lanes) {
    return (int) ((long) size * share / lanes);
  }

  private static @Nullable RuntimeException await(
      CompletableFuture<Void> future, @Nullable RuntimeException failure) {
    try {
      future.join();
      return failure;
    } catch (CompletionException e) {
      if (failure != null) {
        return failure;
      }
      return e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
