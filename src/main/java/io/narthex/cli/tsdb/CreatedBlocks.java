package io.narthex.cli.tsdb;

import io.narthex.cli.terminal.Terminal;
import io.narthex.io.disk.Disk;
import io.narthex.tsdb.block.Block;
import io.narthex.tsdb.block.BlockMeta;
import java.nio.file.Path;
import java.util.List;

/// Tells of each block when it is there.
final class CreatedBlocks {

  private final Disk disk;
  private final Path directory;
  private final Terminal terminal;
  private final BlockTable table;
  private final boolean quiet;
  private boolean begun;

  CreatedBlocks(
      Disk disk, Path directory, Terminal terminal, boolean humanReadable, boolean quiet) {
    this.disk = disk;
    this.directory = directory;
    this.terminal = terminal;
    this.quiet = quiet;
    table = new BlockTable(humanReadable);
  }

  void created(BlockMeta meta) {
    if (quiet) {
      return;
    }
    try (Block block = Block.open(disk, directory.resolve(meta.ulid().toString()))) {
      terminal.out().print(table.text(List.of(block), !begun));
      terminal.out().flush();
    }
    begun = true;
  }
}
