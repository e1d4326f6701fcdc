package io.narthex.tsdb.offline;

import io.narthex.io.bytes.CorruptFileException;
import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.block.Block;
import io.narthex.tsdb.block.Ulid;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// All blocks of a data folder, open.
public final class BlockFolder implements AutoCloseable {

  private final List<Block> blocks = new ArrayList<>();

  private BlockFolder() {}

  /// Opens the blocks of `directory`.
  ///
  /// @throws StorageException if there is no such folder, or a block in it cannot be read whose
  ///   data is not in another one too
  public static BlockFolder open(Disk disk, Path directory) {
    BlockFolder folder = new BlockFolder();
    Map<Ulid, String> corrupt = new TreeMap<>();
    for (Path path : paths(disk, directory)) {
      try {
        folder.blocks.add(Block.open(disk, path));
      } catch (CorruptFileException | DiskException e) {
        corrupt.put(Ulid.parse(name(path)), String.valueOf(e.getMessage()));
      }
    }
    for (Block block : folder.blocks) {
      block.meta().compaction().parents().forEach(p -> corrupt.remove(p.ulid()));
    }
    if (!corrupt.isEmpty()) {
      folder.close();
      List<String> lines = new ArrayList<>();
      corrupt.forEach((ulid, why) -> lines.add("corrupted block " + ulid + ": " + why));
      throw new StorageException(String.join("\n", lines));
    }
    folder.blocks.sort(Comparator.comparingLong(b -> b.meta().minMs()));
    return folder;
  }

  /// The folders in `directory` that have a block's name, by name.
  ///
  /// @throws StorageException if there is no such folder
  static List<Path> paths(Disk disk, Path directory) {
    if (!disk.exists(directory)) {
      throw new StorageException(
          "opening the db dir: stat " + directory + ": no such file or directory");
    }
    return disk.list(directory).stream()
        .filter(path -> Ulid.isUlid(name(path)) && disk.isDirectory(path))
        .toList();
  }

  private static String name(Path path) {
    return Objects.requireNonNull(path.getFileName()).toString();
  }

  /// Opens one block of a folder.
  ///
  /// @param id its name; empty for the one that was made last
  /// @throws StorageException if there is none
  public static Block block(Disk disk, Path directory, String id) {
    if (id.isEmpty()) {
      Optional<Path> last =
          paths(disk, directory).stream().max(Comparator.comparing(p -> Ulid.parse(name(p))));
      return Block.open(disk, last.orElseThrow(() -> new StorageException("no blocks found")));
    }
    Path path = directory.resolve(id);
    paths(disk, directory);
    if (!disk.exists(path)) {
      throw new StorageException("invalid block ID " + id);
    }
    return Block.open(disk, path);
  }

  /// The blocks, oldest first.
  public List<Block> blocks() {
    return List.copyOf(blocks);
  }

  /// Where the blocks end that a head wrote in order: a log has nothing before.
  long inOrderEndMs() {
    long endMs = Long.MIN_VALUE;
    for (Block block : blocks) {
      if (block.meta().compaction().endsHead()) {
        endMs = Math.max(endMs, block.meta().maxMs());
      }
    }
    return endMs;
  }

  @Override
  public void close() {
    blocks.forEach(Block::close);
  }
}
