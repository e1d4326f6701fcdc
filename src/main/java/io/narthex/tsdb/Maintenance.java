package io.narthex.tsdb;

import io.narthex.clock.Clock;
import io.narthex.clock.Durations;
import io.narthex.io.bytes.CorruptFileException;
import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.block.Block;
import io.narthex.tsdb.block.BlockMeta;
import io.narthex.tsdb.block.Compactor;
import io.narthex.tsdb.block.Ulid;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.head.Head;
import io.narthex.tsdb.head.LateBlockSource;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Everything that changes blocks: one thing at a time, under one lock.
final class Maintenance {

  private static final Logger LOG = System.getLogger(Maintenance.class.getName());

  /// How long the head waits for queries that began before its block was there.
  static final long PATIENCE_MS = 300_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Tsdb tsdb;
  private final Disk disk;
  private final Path directory;
  private final TsdbOptions options;
  private final BlockSet blocks;
  private final Head head;
  private final Clock clock;
  private final TsdbMetrics metrics;
  private final CompactionPlan plan;
  private final Compactor compactor;
  private final Snapshots snapshots;
  private final Uploads uploads;
  private final CompactionDelay delay;
  private final StaleCompaction stale;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private volatile Runnable afterwards = () -> {};

  Maintenance(
      Tsdb tsdb,
      Disk disk,
      Path directory,
      TsdbOptions options,
      BlockSet blocks,
      Head head,
      Clock clock,
      TsdbMetrics metrics) {
    this.tsdb = tsdb;
    this.disk = disk;
    this.directory = directory;
    this.options = options;
    this.blocks = blocks;
    this.head = head;
    this.clock = clock;
    this.metrics = metrics;
    plan = new CompactionPlan(options);
    int floatEncoding = options.head().xor2() ? ChunkEncoding.XOR2 : ChunkEncoding.XOR;
    compactor = new Compactor(disk, directory, floatEncoding, options.blocks().maxSegmentBytes());
    snapshots = new Snapshots(disk, head, headBlock(), clock, random, options.minBlockMs());
    uploads = new Uploads(disk, options.blocks().uploads());
    long mostDelayMs = options.minBlockMs() * options.blocks().delayPercent() / 100;
    delay = new CompactionDelay(clock, random, mostDelayMs);
    stale = new StaleCompaction(options, head, clock, metrics);
  }

  private HeadBlock headBlock() {
    return new HeadBlock(disk, head, metrics, options.blocks().maxSegmentBytes());
  }

  /// One round: look at the folder, make blocks of the head, compact.
  void run() {
    boolean made;
    lock.lock();
    try {
      reload(tsdb.view().headFromMs());
      made = compactHead();
      if (made) {
        compactLate();
      }
      made |= compactStale();
      made |= compactBlocks();
    } finally {
      lock.unlock();
    }
    if (made) {
      afterwards.run();
    }
  }

  /// Has `then` run behind each round that made blocks, when deletions may go on.
  void afterwards(Runnable then) {
    afterwards = then;
  }

  /// Puts other limits in force, with the next round.
  void apply(TsdbLimits limits) {
    stale.apply(limits);
  }

  private void reload(long headFromMs) {
    List<Block> obsolete = blocks.reload(headBytes());
    tsdb.publish(blocks.blocks(), headFromMs);
    obsolete.forEach(blocks::delete);
  }

  private long headBytes() {
    long sum = 0;
    for (String part : List.of("wal", "wbl", "chunks_head")) {
      Path path = directory.resolve(part);
      sum += disk.exists(path) ? disk.sizeBytes(path) : 0;
    }
    return sum;
  }

  /// Makes blocks of the head while it spans one and a half of them; whether it did.
  private boolean compactHead() {
    boolean made = false;
    long rangeMs = options.minBlockMs();
    while (!tsdb.isClosed() && !head.isEmpty()) {
      long fromMs = Math.max(head.minMs(), tsdb.view().headFromMs());
      if (head.minMs() < fromMs && !forget(fromMs)) {
        return made;
      }
      if (head.maxMs() - fromMs <= rangeMs / 2 * 3) {
        delay.reset();
        return made;
      }
      if (!delay.isOver()) {
        return made;
      }
      metrics.compactionsTriggered.inc();
      long endMs = Math.floorDiv(fromMs, rangeMs) * rangeMs + rangeMs;
      long startNanos = clock.nanoTime();
      Ulid ulid = Ulid.next(clock, random);
      BlockMeta block = timed(() -> headBlock().write(directory, ulid, fromMs, endMs));
      tell(block, startNanos);
      reload(endMs);
      made = true;
      if (!forget(endMs)) {
        return true;
      }
    }
    return made;
  }

  /// Makes blocks of what came out of order; they overlap those that are there, and are merged with
  /// them later.
  private void compactLate() {
    LateBlockSource source = head.lateBlockSource();
    if (source == null) {
      return;
    }
    metrics.compactionsTriggered.inc();
    timed(() -> {
      headBlock().writeLate(source, directory, clock, random, options.minBlockMs());
      return source;
    });
    reload(tsdb.view().headFromMs());
    try {
      head.forgetLate(source, PATIENCE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean compactStale() {
    long headFromMs = tsdb.view().headFromMs();
    boolean due = !tsdb.isClosed() && stale.isDue(headFromMs);
    if (due) {
      stale.run(directory, headBlock(), headFromMs, () -> reload(headFromMs));
    }
    return due;
  }

  private boolean forget(long beforeMs) {
    try {
      return head.truncate(beforeMs, PATIENCE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Whether there were some to compact.
  private boolean compactBlocks() {
    boolean made = false;
    while (!tsdb.isClosed()) {
      List<BlockMeta> next = plan.next(metas());
      if (next.isEmpty()) {
        break;
      }
      made = true;
      List<Block> parents = blocks.blocks().stream().filter(b -> next.contains(b.meta())).toList();
      compact(parents);
    }
    return made;
  }

  private List<BlockMeta> metas() {
    return uploads.ready(blocks.blocks().stream().map(Block::meta).toList());
  }

  private void compact(List<Block> parents) {
    metrics.compactionsTriggered.inc();
    LOG.log(Logger.Level.INFO, "compacting {0}", parents);
    try {
      Ulid ulid = Ulid.next(clock, random);
      Optional<BlockMeta> made =
          timed(() ->
              parents.size() == 1
                  ? compactor.rewrite(parents.getFirst(), ulid)
                  : compactor.compact(parents, ulid));
      if (made.isEmpty() || parents.size() == 1) {
        // Nothing names these as its parents.
        markDeletable(parents);
      }
    } catch (CorruptFileException e) {
      // Without the mark the same blocks would be tried again for ever.
      parents.forEach(p -> p.updateMeta(p.meta().withMarks(false, true)));
      LOG.log(Logger.Level.ERROR, "compaction of {0} failed: {1}", parents, e.getMessage());
    }
    reload(tsdb.view().headFromMs());
  }

  private void tell(BlockMeta block, long startNanos) {
    if (block.stats().samples() == 0) {
      return;
    }
    LOG.log(
        Logger.Level.INFO,
        "write block: mint={0,number,#} maxt={1,number,#} ulid={2} series={3,number,#} duration={4}",
        block.minMs(),
        block.maxMs(),
        block.ulid(),
        block.stats().series(),
        Durations.format((clock.nanoTime() - startNanos) / 1_000_000));
  }

  private static void markDeletable(List<Block> parents) {
    parents.forEach(p -> p.updateMeta(p.meta().withMarks(true, false)));
  }

  private <T> T timed(Supplier<T> compaction) {
    long start = clock.nanoTime();
    boolean good = false;
    metrics.populatingBlock.set(1);
    try {
      T result = compaction.get();
      good = true;
      return result;
    } finally {
      metrics.populatingBlock.set(0);
      (good ? metrics.compactions : metrics.compactionsFailed).inc();
      metrics.compactionSeconds.observe((clock.nanoTime() - start) / 1e9);
    }
  }

  void delete(long minMs, long maxMs, List<Matcher> matchers) {
    lock.lock();
    try {
      // A block may lie there whose writing failed with the last touch: it would come up later,
      // with all that was deleted meanwhile.
      reload(tsdb.view().headFromMs());
      for (Block block : blocks.blocks()) {
        if (block.overlaps(minMs, maxMs)) {
          block.delete(minMs, maxMs, matchers);
        }
      }
      head.delete(minMs, maxMs, matchers);
    } catch (DiskException e) {
      throw new StorageException("delete series: " + e.getMessage(), e);
    } finally {
      lock.unlock();
    }
  }

  void cleanTombstones() {
    lock.lock();
    try {
      List<Block> marked = new ArrayList<>();
      for (Block block : blocks.blocks()) {
        if (block.meta().stats().tombstones() > 0) {
          marked.add(block);
        }
      }
      long startNanos = clock.nanoTime();
      marked.forEach(b -> compact(List.of(b)));
      metrics.tombstoneCleanupSeconds.observe((clock.nanoTime() - startNanos) / 1e9);
    } catch (DiskException e) {
      throw new StorageException("clean tombstones: " + e.getMessage(), e);
    } finally {
      lock.unlock();
    }
  }

  String snapshot(Path parent, boolean skipHead) {
    lock.lock();
    try {
      return snapshots.make(parent, blocks.blocks(), skipHead, tsdb.view().headFromMs());
    } catch (DiskException e) {
      throw new StorageException("snapshot: " + e.getMessage(), e);
    } finally {
      lock.unlock();
    }
  }

  /// Waits for what is going on.
  void close() {
    lock.lock();
    try {
      blocks.close();
    } finally {
      lock.unlock();
    }
  }
}
