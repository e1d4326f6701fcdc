package io.narthex.tsdb;

import io.narthex.io.bytes.CorruptFileException;
import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import io.narthex.tsdb.block.Block;
import io.narthex.tsdb.block.BlockMeta;
import io.narthex.tsdb.block.Ulid;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The blocks in the data folder: opens what is new, lets go of what is gone, deletes what others
/// replace or retention gives up. A block that cannot be opened is left alone, counted and told of
/// once. Used by the storage's background task only.
final class BlockSet {

  static final String TMP_CREATION = ".tmp-for-creation";
  static final String TMP_DELETION = ".tmp-for-deletion";

  private static final Logger LOG = System.getLogger(BlockSet.class.getName());

  private final Disk disk;
  private final Path directory;
  private final Retention retention;
  private final TsdbMetrics metrics;
  private final Set<Path> reported = new HashSet<>();
  private Map<Ulid, Block> open = new HashMap<>();

  BlockSet(Disk disk, Path directory, Retention retention, TsdbMetrics metrics) {
    this.disk = disk;
    this.directory = directory;
    this.retention = retention;
    this.metrics = metrics;
  }

  /// Removes what interrupted work left behind.
  void clean() {
    for (Path path : disk.list(directory)) {
      String name = name(path);
      if (name.endsWith(TMP_CREATION) || name.endsWith(TMP_DELETION) || isOldTemporary(name)) {
        LOG.log(Logger.Level.INFO, "removing {0}, left by an earlier run", path);
        disk.delete(path);
      }
    }
  }

  private static boolean isOldTemporary(String name) {
    return name.endsWith(".tmp") && Ulid.isUlid(name.substring(0, name.length() - 4));
  }

  /// Blocks that are open, oldest first.
  List<Block> blocks() {
    List<Block> sorted = new ArrayList<>(open.values());
    sorted.sort(
        Comparator.comparingLong((Block b) -> b.meta().minMs())
            .thenComparing(b -> b.meta().ulid()));
    return sorted;
  }

  /// Looks at the folder again.
  ///
  /// @param headBytes what WAL and head chunks take
  /// @return blocks that have to be deleted by {@link #delete} once nobody is handed them any more
  List<Block> reload(long headBytes) {
    metrics.reloads.inc();
    Map<Ulid, Block> found = new HashMap<>();
    List<Path> unreadable = new ArrayList<>();
    for (Path path : disk.list(directory)) {
      if (!Ulid.isUlid(name(path)) || !disk.isDirectory(path)) {
        continue;
      }
      Block block = open.get(Ulid.parse(name(path)));
      if (block == null) {
        block = openBlock(path);
        if (block == null) {
          unreadable.add(path);
        }
      }
      if (block != null) {
        found.put(block.meta().ulid(), block);
      }
    }
    open.values().stream().filter(b -> !found.containsKey(b.meta().ulid())).forEach(Block::close);
    unreadable.removeIf(path -> removeSuperseded(path, found));
    reported.retainAll(unreadable);
    if (!unreadable.isEmpty()) {
      metrics.reloadFailures.inc();
    }
    Set<Block> obsolete = new HashSet<>(obsolete(found));
    List<Block> rest = found.values().stream().filter(b -> !obsolete.contains(b)).toList();
    List<Block> old = retention.beyondTime(rest);
    List<Block> large = retention.beyondSize(rest, headBytes);
    metrics.timeRetentions.add(old.size());
    metrics.sizeRetentions.add(large.size());
    obsolete.addAll(old);
    obsolete.addAll(large);
    obsolete.forEach(b -> found.remove(b.meta().ulid()));
    open = found;
    metrics.blocks(blocks());
    metrics.quarantined.set(reported.size());
    return List.copyOf(obsolete);
  }

  /// Deletes a folder that cannot be read if another block has all of it; whether it did.
  private boolean removeSuperseded(Path path, Map<Ulid, Block> found) {
    Ulid ulid = Ulid.parse(name(path));
    boolean superseded =
        found.values().stream()
            .flatMap(b -> b.meta().compaction().parents().stream())
            .anyMatch(p -> p.ulid().equals(ulid));
    if (superseded) {
      LOG.log(
          Logger.Level.WARNING, "removing {0}: it cannot be read, but others have its data", path);
      disk.delete(path);
    }
    return superseded;
  }

  /// Blocks that say so themselves, and those that another one was made of.
  private static List<Block> obsolete(Map<Ulid, Block> found) {
    Set<Ulid> parents = new HashSet<>();
    for (Block block : found.values()) {
      block.meta().compaction().parents().forEach(p -> parents.add(p.ulid()));
    }
    return found.values().stream()
        .filter(b -> b.meta().compaction().deletable() || parents.contains(b.meta().ulid()))
        .toList();
  }

  private @Nullable Block openBlock(Path path) {
    if (!disk.exists(path.resolve("meta.json"))) {
      report(path, "has no meta.json");
      return null;
    }
    try {
      Block block = Block.open(disk, path);
      reported.remove(path);
      return block;
    } catch (CorruptFileException | DiskException e) {
      report(path, e.getMessage());
      return null;
    }
  }

  private void report(Path path, @Nullable String why) {
    if (reported.add(path)) {
      LOG.log(
          Logger.Level.ERROR,
          "block {0} is left out: {1}; restore it from a backup, or remove it",
          path,
          why);
    }
  }

  /// Deletes a block's folder; queriers that still have it open go on.
  void delete(Block block) {
    Path path = block.directory();
    Path doomed = path.resolveSibling(name(path) + TMP_DELETION);
    block.close();
    disk.delete(doomed);
    disk.rename(path, doomed);
    disk.delete(doomed);
    BlockMeta meta = block.meta();
    LOG.log(Logger.Level.INFO, "deleted {0} [{1}, {2})", block, meta.minMs(), meta.maxMs());
  }

  void close() {
    open.values().forEach(Block::close);
    open = new HashMap<>();
  }

  private static String name(Path path) {
    return Objects.requireNonNull(path.getFileName()).toString();
  }
}
