package io.narthex.tsdb.offline;

import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import io.narthex.io.disk.SandboxDisk;
import io.narthex.metrics.Metrics;
import io.narthex.storage.MergeQuerier;
import io.narthex.storage.Querier;
import io.narthex.storage.Queryable;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.block.Block;
import io.narthex.tsdb.head.Head;
import io.narthex.tsdb.head.HeadOptions;
import io.narthex.tsdb.head.ReplayProgress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A data folder, blocks and log, as one storage that can only be read. The folder is not changed:
/// what replaying a log wants to write goes to a sandbox, a folder that is removed by `close`.
public final class OfflineTsdb implements Queryable, AutoCloseable {

  private final Disk disk;
  private final BlockFolder blocks;
  private final Path sandbox;
  private final @Nullable Head head;
  private final long headFromMs;

  private OfflineTsdb(
      Disk disk, BlockFolder blocks, Path sandbox, @Nullable Head head, long headFromMs) {
    this.disk = disk;
    this.blocks = blocks;
    this.sandbox = sandbox;
    this.head = head;
    this.headFromMs = headFromMs;
  }

  /// Opens a folder.
  ///
  /// @param sandboxRoot where the sandbox is made
  /// @param maxMs last instant of interest: a log that begins behind it is not read
  /// @throws StorageException if the folder is not there or not readable
  public static OfflineTsdb open(
      Disk disk, Path directory, Path sandboxRoot, Clock clock, long maxMs) {
    BlockFolder blocks = BlockFolder.open(disk, directory);
    Path sandbox = sandboxRoot.resolve("tmp_dbro_sandbox" + Math.abs(clock.nanoTime()));
    long headFromMs = blocks.inOrderEndMs();
    boolean opened = false;
    try {
      Head head = null;
      if (headFromMs <= maxMs && hasLog(disk, directory)) {
        disk.createDirectories(sandbox);
        Disk view = new SandboxDisk(disk, directory, sandbox);
        head =
            Head.open(
                view,
                directory,
                HeadOptions.defaults(),
                headFromMs,
                clock,
                new Metrics(),
                Runnable::run,
                new ReplayProgress());
      }
      opened = true;
      return new OfflineTsdb(disk, blocks, sandbox, head, headFromMs);
    } catch (DiskException e) {
      throw new StorageException("setting up sandbox dir: " + e.getMessage(), e);
    } finally {
      if (!opened) {
        blocks.close();
        disk.delete(sandbox);
      }
    }
  }

  private static boolean hasLog(Disk disk, Path directory) {
    return disk.exists(directory.resolve("wal")) || disk.exists(directory.resolve("wbl"));
  }

  /// Whether there is any block; without one, series lie in the order in which they were made.
  public boolean hasBlocks() {
    return !blocks.blocks().isEmpty();
  }

  @Override
  public Querier querier(long minMs, long maxMs) {
    List<Querier> queriers = new ArrayList<>();
    for (Block block : blocks.blocks()) {
      if (block.overlaps(minMs, maxMs)) {
        queriers.add(block.querier(minMs, maxMs));
      }
    }
    if (head != null) {
      queriers.add(head.querier(headFromMs, minMs, maxMs));
    }
    return MergeQuerier.of(queriers);
  }

  @Override
  public void close() {
    try {
      if (head != null) {
        head.close();
      }
    } finally {
      blocks.close();
      disk.delete(sandbox);
    }
  }
}
