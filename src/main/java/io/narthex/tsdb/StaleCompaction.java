package io.narthex.tsdb;

import io.narthex.clock.Clock;
import io.narthex.tsdb.block.Ulid;
import io.narthex.tsdb.head.Head;
import io.narthex.tsdb.head.StaleSeries;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/// Moves series that have ended out of the head before its hours are over, once they are too large
/// a part of it: after a rollout of everything, half of the head is of pods that are gone. Their
/// blocks overlap those that the head makes later, of the series that go on.
final class StaleCompaction {

  private static final Logger LOG = System.getLogger(StaleCompaction.class.getName());

  /// So much of a block's span (ten minutes of two hours) before the head's own block, it is not
  /// worth while.
  private static final int SOON = 12;

  private final Head head;
  private final Clock clock;
  private final TsdbMetrics metrics;
  private final long rangeMs;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private volatile double threshold;

  StaleCompaction(TsdbOptions options, Head head, Clock clock, TsdbMetrics metrics) {
    this.head = head;
    this.clock = clock;
    this.metrics = metrics;
    rangeMs = options.minBlockMs();
    apply(options.limits());
  }

  void apply(TsdbLimits limits) {
    threshold = limits.staleSeriesThreshold();
  }

  /// Whether there are so many that it should run now.
  ///
  /// @param headFromMs what is in the head from here on is in no block of all series
  boolean isDue(long headFromMs) {
    double most = threshold;
    int all = head.seriesCount();
    if (most <= 0 || all == 0 || head.isEmpty()) {
      return false;
    }
    long spanMs = head.maxMs() - Math.max(head.minMs(), headFromMs);
    boolean isSoon = spanMs > rangeMs / 2 * 3 - rangeMs / SOON;
    return !isSoon && (double) head.staleCount() / all >= most;
  }

  /// Writes the series to blocks, one for each span of the head, and makes the head forget them.
  ///
  /// @param directory where the blocks go
  /// @param publish shows the blocks to queriers
  void run(Path directory, HeadBlock writer, long headFromMs, Runnable publish) {
    long startNanos = clock.nanoTime();
    boolean good = false;
    metrics.staleCompactionsTriggered.inc();
    try {
      StaleSeries series = head.staleSeries();
      write(series, directory, writer, headFromMs);
      publish.run();
      good = head.evict(series, Maintenance.PATIENCE_MS);
      if (good && series.count() > 0) {
        LOG.log(Logger.Level.INFO, "{0} stale series went to a block", series.count());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (good) {
        metrics.staleCompactionSeconds.observe((clock.nanoTime() - startNanos) / 1e9);
      } else {
        metrics.staleCompactionsFailed.inc();
      }
    }
  }

  private void write(StaleSeries series, Path directory, HeadBlock writer, long headFromMs) {
    // Nothing in order comes before this any more, and nothing of these series after the newest.
    long minMs = Math.max(head.minMs(), headFromMs);
    long maxMs = head.maxMs();
    while (minMs <= maxMs && series.count() > 0) {
      long endMs = Math.floorDiv(minMs, rangeMs) * rangeMs + rangeMs;
      writer.write(directory, Ulid.next(clock, random), minMs, endMs, series);
      minMs = endMs;
    }
  }
}
