package io.narthex.role;

import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.Appendable;
import io.narthex.storage.Appender;
import io.narthex.storage.ExemplarQueryable;
import io.narthex.storage.Querier;
import io.narthex.storage.Queryable;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.ReplayStatus.OpenBlocks;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Stands in for the storage while that is still reading its log, so that a server can work
/// meanwhile and still never gives half an answer:
///
/// - who reads a span of time that lies wholly in blocks is answered at once;
/// - who reads anything else waits until the log is read, and no longer than it wants to;
/// - what is written is kept, and stored in its order when the log is read, see {@link
///   EarlyWrites}.
///
/// Waiting is for threads that may block. Thread-safe.
final class LateStorage implements Appendable, Queryable, ExemplarQueryable {

  private static final String NOT_READY = "TSDB not ready";

  private final long patienceMs;
  private final EarlyWrites early;
  private final CountDownLatch open = new CountDownLatch(1);
  private volatile @Nullable OpenBlocks blocks;
  private volatile @Nullable Appendable writes;
  private volatile @Nullable Queryable reads;
  private volatile @Nullable ExemplarQueryable exemplars;

  /// @param patienceMs how long readers wait that do not say it themselves
  /// @param earlyBytes memory for what is written before the storage is open
  LateStorage(long patienceMs, long earlyBytes, Metrics metrics) {
    this.patienceMs = patienceMs;
    early = new EarlyWrites(earlyBytes, metrics);
  }

  /// The blocks can be read from now on.
  void blocks(OpenBlocks opened) {
    blocks = opened;
  }

  /// Everything is there: stores what has waited, and lets go of who has.
  <T extends Appendable & Queryable & ExemplarQueryable> void ready(T storage) {
    early.open(storage);
    reads = storage;
    exemplars = storage;
    writes = storage;
    open.countDown();
  }

  @Override
  public Appender appender() {
    Appendable storage = writes;
    return storage == null ? early.appender() : storage.appender();
  }

  @Override
  public long settled(long ref) {
    return early.settled(ref);
  }

  @Override
  public boolean await(long minMs, long maxMs, long patienceMs) throws InterruptedException {
    return reads != null
        || blocksFor(maxMs) != null
        || open.await(patienceMs, TimeUnit.MILLISECONDS);
  }

  @Override
  public List<SeriesExemplars> exemplars(long minMs, long maxMs, List<List<Matcher>> selectors) {
    awaitOpen();
    return Objects.requireNonNull(exemplars).exemplars(minMs, maxMs, selectors);
  }

  @Override
  public Querier querier(long minMs, long maxMs) {
    Queryable storage = reads;
    if (storage == null) {
      storage = blocksFor(maxMs);
    }
    if (storage == null) {
      awaitOpen();
      storage = Objects.requireNonNull(reads);
    }
    return storage.querier(minMs, maxMs);
  }

  private void awaitOpen() {
    try {
      if (open.await(patienceMs, TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new StorageException(NOT_READY);
  }

  /// A reader of the blocks, if everything up to `maxMs` is there.
  private @Nullable Queryable blocksFor(long maxMs) {
    OpenBlocks opened = blocks;
    return opened != null && maxMs < opened.untilMs() ? opened.reader() : null;
  }
}
