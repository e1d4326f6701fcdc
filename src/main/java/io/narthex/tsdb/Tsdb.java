package io.narthex.tsdb;

import io.narthex.clock.Clock;
import io.narthex.clock.Timers;
import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import io.narthex.io.disk.DiskLock;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.Appendable;
import io.narthex.storage.Appender;
import io.narthex.storage.ExemplarQueryable;
import io.narthex.storage.MergeQuerier;
import io.narthex.storage.Querier;
import io.narthex.storage.Queryable;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.block.Block;
import io.narthex.tsdb.block.BlockMeta;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.head.ChunkSnapshots;
import io.narthex.tsdb.head.Head;
import io.narthex.tsdb.head.HeadOptions;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The storage of a server. Safe for any thread; no method but `open`, `delete`, `cleanTombstones`,
/// `snapshot`, `maintain` and `close` takes long.
///
/// Once a minute a task on the given executor looks at the folder, applies retention, turns full
/// hours of the head into blocks and compacts those.
public final class Tsdb implements Appendable, Queryable, ExemplarQueryable, AutoCloseable {

  private static final Logger LOG = System.getLogger(Tsdb.class.getName());

  /// What a querier is made of; replaced as a whole, so that each sample is seen exactly once.
  ///
  /// @param headFromMs from here on the head is asked
  record View(List<Block> blocks, long headFromMs) {}

  private final Disk disk;
  private final Path directory;
  private final Head head;
  private final Retention retention;
  private final Maintenance maintenance;
  private final FreeSpace freeSpace;
  private final ChunkSnapshots snapshots;
  private final boolean snapshotOnClose;
  private final Timers timers;
  private final Executor executor;
  private final @Nullable DiskLock lock;
  private volatile View view;
  private volatile boolean closed;
  private final long reloadMs;
  private volatile Timers.@Nullable Timer tick;
  private volatile Timers.@Nullable Timer spaceTick;

  private Tsdb(
      Disk disk,
      Path directory,
      TsdbOptions options,
      Clock clock,
      Metrics metrics,
      Timers timers,
      Executor executor,
      ReplayStatus status,
      @Nullable DiskLock lock,
      int cleanStart) {
    this.disk = disk;
    this.directory = directory;
    this.timers = timers;
    this.executor = executor;
    this.lock = lock;
    TsdbMetrics tsdbMetrics = new TsdbMetrics(metrics);
    retention = new Retention(disk, directory, tsdbMetrics, options.limits());
    BlockSet blocks = new BlockSet(disk, directory, retention, tsdbMetrics);
    blocks.clean();
    blocks.reload(0).forEach(blocks::delete);
    long startNanos = clock.nanoTime();
    long headFromMs = inOrderEndMs(blocks.blocks());
    status.opened(openBlocks(options, blocks.blocks(), headFromMs));
    head =
        Head.open(
            disk,
            directory,
            headOptions(options),
            headFromMs,
            clock,
            metrics,
            executor,
            status.progress);
    tsdbMetrics.replaySeconds.set((clock.nanoTime() - startNanos) / 1e9);
    // Behind the replay, which may fail, and before the first commit.
    snapshots = new ChunkSnapshots(disk, directory);
    snapshots.discard();
    SeriesStateFile.discard(disk, directory);
    reloadMs = options.blocks().reloadMs();
    snapshotOnClose = options.head().snapshotOnClose();
    view = new View(blocks.blocks(), head.minValidMs());
    maintenance = new Maintenance(this, disk, directory, options, blocks, head, clock, tsdbMetrics);
    freeSpace = new FreeSpace(disk, directory, head, metrics);
    freeSpace.check();
    registerCleanStart(metrics, cleanStart);
    status.finished();
  }

  /// Opens the storage in a data folder, which is made if it is missing. Takes as long as reading
  /// the WAL takes.
  ///
  /// @param timers ticks once a minute
  /// @param executor runs background work that may take minutes; not an event loop
  /// @param status told how far opening has come
  /// @throws StorageException if another process has the folder, or the disk fails
  public static Tsdb open(
      Path directory,
      TsdbOptions options,
      Disk disk,
      Clock clock,
      Metrics metrics,
      Timers timers,
      Executor executor,
      ReplayStatus status) {
    DiskLock lock = null;
    boolean opened = false;
    try {
      disk.createDirectories(directory);
      Path lockFile = directory.resolve("lock");
      int cleanStart = !options.lockFile() ? -1 : disk.exists(lockFile) ? 0 : 1;
      lock = options.lockFile() ? disk.lock(lockFile) : null;
      Tsdb tsdb =
          new Tsdb(
              disk, directory, options, clock, metrics, timers, executor, status, lock, cleanStart);
      tsdb.schedule();
      tsdb.scheduleSpace();
      opened = true;
      return tsdb;
    } catch (DiskException e) {
      throw new StorageException("opening storage failed: " + e.getMessage(), e);
    } finally {
      if (!opened && lock != null) {
        lock.close();
      }
    }
  }

  private static HeadOptions headOptions(TsdbOptions options) {
    return new HeadOptions(
        options.minBlockMs(),
        options.head().samplesPerChunk(),
        options.head().maxSeries(),
        options.head().maxSeriesPerJob(),
        options.limits().outOfOrderWindowMs(),
        options.head().metadataInWal(),
        options.limits().maxExemplars(),
        options.head().xor2() ? ChunkEncoding.XOR2 : ChunkEncoding.XOR,
        options.head().histogramStarts(),
        options.head().wal());
  }

  /// The blocks for readers while the log is read. Samples that came out of order may lie anywhere.
  private ReplayStatus.OpenBlocks openBlocks(
      TsdbOptions options, List<Block> blocks, long headFromMs) {
    boolean late =
        options.limits().outOfOrderWindowMs() > 0 || disk.exists(directory.resolve("wbl"));
    return new ReplayStatus.OpenBlocks(
        (minMs, maxMs) -> querier(blocks, minMs, maxMs, List.of()),
        late ? Long.MIN_VALUE : headFromMs);
  }

  /// Where the blocks end that the head wrote: it has nothing before.
  private static long inOrderEndMs(List<Block> blocks) {
    long endMs = Long.MIN_VALUE;
    for (Block block : blocks) {
      if (block.meta().compaction().endsHead()) {
        endMs = Math.max(endMs, block.meta().maxMs());
      }
    }
    return endMs;
  }

  private static void registerCleanStart(Metrics metrics, int cleanStart) {
    metrics
        .gauge(
            "prometheus_tsdb_clean_start",
            "-1: lockfile is disabled. 0: a lockfile from a previous execution was replaced. 1:"
                + " lockfile creation was clean")
        .set(cleanStart);
  }

  private void schedule() {
    if (!closed) {
      tick = timers.after(reloadMs, () -> executor.execute(this::tick));
    }
  }

  private void tick() {
    try {
      if (!closed) {
        maintain();
      }
    } catch (RuntimeException e) {
      LOG.log(Logger.Level.ERROR, "work on the storage failed, it is tried again", e);
    } finally {
      schedule();
    }
  }

  private void scheduleSpace() {
    if (!closed) {
      spaceTick =
          timers.after(
              FreeSpace.CHECK_MS,
              () ->
                  executor.execute(() -> {
                    checkSpace();
                    scheduleSpace();
                  }));
    }
  }

  /// Does now what is done every few seconds: pauses ingestion while the disk is nearly full.
  void checkSpace() {
    if (!closed) {
      freeSpace.check();
    }
  }

  /// Does now what is done once a minute. Not for an event loop.
  public void maintain() {
    maintenance.run();
  }

  /// Has `then` run behind each maintenance that made blocks, on its thread: they have left memory
  /// behind.
  public void afterCompactions(Runnable then) {
    maintenance.afterwards(then);
  }

  /// Bytes of files that were deleted since the start while they were mapped: the disk has the room
  /// again once the heap is collected.
  public long deletedMapBytes() {
    return head.deletedMapBytes();
  }

  /// Puts other limits in force; retention is applied with the next maintenance.
  public void apply(TsdbLimits limits) {
    retention.apply(limits);
    head.limits(limits.outOfOrderWindowMs(), limits.maxExemplars());
    maintenance.apply(limits);
  }

  /// Publishes blocks and head of one moment.
  void publish(List<Block> blocks, long headFromMs) {
    view = new View(blocks, headFromMs);
  }

  View view() {
    return view;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public Appender appender() {
    return head.appender();
  }

  @Override
  public Querier querier(long minMs, long maxMs) {
    while (true) {
      View now = view;
      try {
        Querier querier = querier(now, minMs, maxMs);
        if (now == view) {
          return querier;
        }
        // The head may have forgotten what blocks of the next view have: it waits for queriers only
        // that are open when that is published.
        querier.close();
      } catch (StorageException e) {
        // A block of a view that has just been replaced may be closed already.
        if (closed || now == view) {
          throw e;
        }
      }
    }
  }

  @Override
  public List<SeriesExemplars> exemplars(long minMs, long maxMs, List<List<Matcher>> selectors) {
    return head.exemplars(minMs, maxMs, selectors);
  }

  private Querier querier(View now, long minMs, long maxMs) {
    // The head first: a commit in between would be seen without what came before it.
    Querier newest = head.querier(now.headFromMs, minMs, maxMs);
    return querier(now.blocks, minMs, maxMs, List.of(newest));
  }

  private static Querier querier(List<Block> blocks, long minMs, long maxMs, List<Querier> newest) {
    List<Querier> queriers = new ArrayList<>();
    boolean complete = false;
    try {
      for (Block block : blocks) {
        if (block.overlaps(minMs, maxMs)) {
          queriers.add(block.querier(minMs, maxMs));
        }
      }
      queriers.addAll(newest);
      complete = true;
      return MergeQuerier.of(queriers);
    } finally {
      if (!complete) {
        queriers.forEach(Querier::close);
        newest.forEach(Querier::close);
      }
    }
  }

  /// Deletes the samples with `minMs <= t <= maxMs` of the series that fulfil all matchers. They
  /// are gone for queries at once; the space comes back with compaction or `cleanTombstones`.
  public void delete(long minMs, long maxMs, List<Matcher> matchers) {
    maintenance.delete(minMs, maxMs, matchers);
  }

  /// Writes every block with deleted samples anew.
  public void cleanTombstones() {
    maintenance.cleanTombstones();
  }

  /// Links all blocks, and the head as a block, into a folder below `snapshots/`.
  ///
  /// @return name of the folder
  public String snapshot(boolean skipHead) {
    return maintenance.snapshot(directory.resolve("snapshots"), skipHead);
  }

  /// What is in the head, the `limit` greatest of each kind.
  public TsdbStats stats(int limit) {
    return TsdbStats.of(head.stats(limit));
  }

  /// What is known of the blocks, oldest first.
  public List<BlockMeta> blocks() {
    return view.blocks.stream().map(Block::meta).toList();
  }

  /// Oldest time that can be asked for, or `Long.MAX_VALUE` if there is nothing.
  public long minMs() {
    View now = view;
    return now.blocks.isEmpty() ? head.minMs() : now.blocks.getFirst().meta().minMs();
  }

  /// Time of the newest sample in the head, `Long.MIN_VALUE` if it is empty.
  public long headMaxMs() {
    return head.maxMs();
  }

  /// Series in the head.
  public int headSeries() {
    return head.seriesCount();
  }

  /// Waits for background work, writes everything down and lets go of the folder; idempotent.
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    cancel(tick);
    cancel(spaceTick);
    maintenance.close();
    try {
      head.close();
      if (snapshotOnClose) {
        snapshots.write(head);
      }
    } catch (DiskException e) {
      throw new StorageException("closing storage: " + e.getMessage(), e);
    } finally {
      if (lock != null) {
        lock.close();
      }
    }
  }

  private static void cancel(Timers.@Nullable Timer timer) {
    if (timer != null) {
      timer.cancel();
    }
  }

  @Override
  public String toString() {
    return "storage in " + directory + " on " + disk;
  }
}
