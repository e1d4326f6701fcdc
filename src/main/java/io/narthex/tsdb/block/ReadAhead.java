package io.narthex.tsdb.block;

import io.narthex.storage.Series;
import io.narthex.storage.SeriesSet;
import io.narthex.tsdb.index.Postings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The many series of a selection in the order of their ids. They are read in batches: while the
/// asking thread reads one, helpers read the next ones. No more than some batches are in memory at
/// a time. To be stopped before the block is let go.
final class ReadAhead implements SeriesSet {

  /// Series of a batch: enough to be worth another thread's wake-up.
  private static final int BATCH = 512;

  /// One helper fewer than there are cores; more than some would only wait for the one who asks.
  private static final int HELPERS =
      Math.min(3, Math.min(cores() - 1, ForkJoinPool.getCommonPoolParallelism()));

  private final Postings postings;
  private final Supplier<BlockSeriesReader> readers;
  private final BlockSeriesReader own;
  private final Deque<Batch> batches = new ArrayDeque<>();
  private int scheduled;
  private List<Series> series = List.of();
  private int at = -1;
  private volatile boolean stopped;

  /// Ids that are read by a helper, or, without one, by who comes to them.
  private record Batch(long[] ids, @Nullable ForkJoinTask<List<Series>> task) {}

  ReadAhead(Postings postings, Supplier<BlockSeriesReader> readers) {
    this.postings = postings;
    this.readers = readers;
    own = readers.get();
  }

  /// Whether so many series are read faster with helpers.
  static boolean pays(Postings postings) {
    return HELPERS > 0 && postings.sizeBound() > 2 * BATCH;
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  @Override
  public boolean next() {
    while (++at >= series.size()) {
      schedule();
      Batch batch = batches.poll();
      if (batch == null) {
        series = List.of();
        return false;
      }
      series = batch.task == null ? read(own, batch.ids) : batch.task.join();
      at = -1;
    }
    return true;
  }

  /// Of each so many batches the first is left to the thread that asks.
  private void schedule() {
    while (batches.size() <= 2 * HELPERS) {
      long[] ids = ids();
      if (ids.length == 0) {
        return;
      }
      boolean ours = scheduled++ % (HELPERS + 1) == 0;
      batches.add(new Batch(ids, ours ? null : start(ids)));
    }
  }

  private ForkJoinTask<List<Series>> start(long[] ids) {
    return ForkJoinPool.commonPool().submit(() -> read(readers.get(), ids));
  }

  private long[] ids() {
    long[] ids = new long[BATCH];
    int count = 0;
    while (count < BATCH) {
      long id = BlockSeriesReader.next(postings);
      if (id == Postings.END) {
        return Arrays.copyOf(ids, count);
      }
      ids[count++] = id;
    }
    return ids;
  }

  private List<Series> read(BlockSeriesReader reader, long[] ids) {
    List<Series> found = new ArrayList<>(ids.length);
    for (long id : ids) {
      if (stopped) {
        break;
      }
      BlockSeries one = reader.read(id);
      if (one != null) {
        found.add(one);
      }
    }
    return found;
  }

  @Override
  public Series at() {
    if (at < 0 || at >= series.size()) {
      throw new NoSuchElementException("BUG: at() without a next() that returned true");
    }
    return series.get(at);
  }

  /// Ends the reading and waits for the helpers.
  void stop() {
    stopped = true;
    for (Batch batch : batches) {
      if (batch.task != null) {
        batch.task.quietlyJoin();
      }
    }
    batches.clear();
  }
}
