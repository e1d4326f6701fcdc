package io.narthex.tsdb;

import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import io.narthex.tsdb.block.Block;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Which blocks are too old or too many. Only whole blocks go. Source: prometheus `tsdb/db.go`.
final class Retention {

  private static final Logger LOG = System.getLogger(Retention.class.getName());

  private final Disk disk;
  private final Path directory;
  private final TsdbMetrics metrics;
  private volatile TsdbLimits limits;
  private boolean told;

  Retention(Disk disk, Path directory, TsdbMetrics metrics, TsdbLimits limits) {
    this.disk = disk;
    this.directory = directory;
    this.metrics = metrics;
    this.limits = limits;
    metrics.limits(limits);
  }

  void apply(TsdbLimits changed) {
    limits = changed;
    metrics.limits(changed);
  }

  /// Blocks whose end is the retention or more behind the newest block's end.
  List<Block> beyondTime(List<Block> blocks) {
    long retentionMs = limits.retentionMs();
    List<Block> newestFirst = newestFirst(blocks);
    List<Block> beyond = new ArrayList<>();
    for (int i = 1; i < newestFirst.size() && retentionMs > 0; i++) {
      long behindMs = newestFirst.getFirst().meta().maxMs() - newestFirst.get(i).meta().maxMs();
      if (behindMs >= retentionMs) {
        beyond.add(newestFirst.get(i));
      }
    }
    return beyond;
  }

  /// The oldest blocks, as many as it takes to get below the limit.
  ///
  /// @param headBytes what the WAL and the head's chunk files take
  List<Block> beyondSize(List<Block> blocks, long headBytes) {
    long mostBytes = mostBytes();
    List<Block> newestFirst = newestFirst(blocks);
    long sum = headBytes;
    for (int i = 0; i < newestFirst.size() && mostBytes > 0; i++) {
      sum += newestFirst.get(i).sizeBytes();
      if (sum > mostBytes) {
        return List.copyOf(newestFirst.subList(i, newestFirst.size()));
      }
    }
    return List.of();
  }

  /// The limit of size, 0 for none. A share of the disk goes before a number of bytes, unless the
  /// size of the disk cannot be told.
  private long mostBytes() {
    TsdbLimits now = limits;
    if (now.retentionPercentage() > 0) {
      long diskBytes = diskBytes();
      if (diskBytes > 0) {
        return Math.max(1, (long) (diskBytes * (now.retentionPercentage() / 100)));
      }
    }
    return now.retentionBytes();
  }

  private long diskBytes() {
    try {
      long bytes = disk.totalBytes(directory);
      if (bytes <= 0) {
        tell("it has " + bytes + " bytes in all, as it says");
      }
      return bytes;
    } catch (DiskException e) {
      tell(String.valueOf(e.getMessage()));
      return 0;
    }
  }

  private void tell(String why) {
    if (!told) {
      told = true;
      LOG.log(
          Logger.Level.WARNING,
          "the size of the disk is unknown, retention by percentage has no effect, those by size and"
              + " time have: {0}: {1}",
          directory,
          why);
    }
  }

  private static List<Block> newestFirst(List<Block> blocks) {
    List<Block> sorted = new ArrayList<>(blocks);
    sorted.sort(Comparator.comparingLong((Block b) -> b.meta().maxMs()).reversed());
    return sorted;
  }
}
