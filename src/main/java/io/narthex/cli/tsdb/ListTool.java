package io.narthex.cli.tsdb;

import io.narthex.cli.command.Given;
import io.narthex.cli.terminal.Terminal;
import io.narthex.io.disk.Disk;
import io.narthex.tsdb.offline.BlockFolder;
import java.nio.file.Path;

/// `tsdb list`: the blocks of a folder as a table.
final class ListTool {

  private ListTool() {}

  /// Runs it; returns the exit code.
  static int run(Given given, Disk disk, Terminal terminal) {
    try (BlockFolder folder = BlockFolder.open(disk, Path.of(given.text("db path")))) {
      boolean humanReadable = given.isOn("human-readable");
      terminal.out().print(new BlockTable(humanReadable).text(folder.blocks(), true));
    }
    return 0;
  }
}
