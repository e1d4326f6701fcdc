package io.narthex.cli.tsdb;

import io.narthex.cli.command.Given;
import io.narthex.cli.terminal.Progress;
import io.narthex.cli.terminal.Terminal;
import io.narthex.io.disk.Disk;
import io.narthex.tsdb.offline.BlockCheck;
import java.nio.file.Path;
import java.util.List;

/// `tsdb verify`: whether every block of a folder is sound, and if not, what is wrong and where.
final class VerifyTool {

  private VerifyTool() {}

  /// Runs it; returns the exit code.
  static int run(Given given, Disk disk, Terminal terminal, Progress progress) {
    List<Path> blocks = BlockCheck.blocks(disk, Path.of(given.text("db path")));
    boolean sound = true;
    for (int i = 0; i < blocks.size(); i++) {
      progress.at("verifying", i, blocks.size());
      BlockCheck.Report report = BlockCheck.run(disk, blocks.get(i));
      sound &= report.problems().isEmpty();
      print(blocks.get(i), report, terminal);
    }
    return sound ? 0 : 1;
  }

  private static void print(Path block, BlockCheck.Report report, Terminal terminal) {
    String counts =
        report.series()
            + " series, "
            + report.chunks()
            + " chunks, "
            + report.samples()
            + " samples";
    if (report.problems().isEmpty()) {
      terminal.line(block.getFileName() + " OK: " + counts);
      return;
    }
    terminal.line(block.getFileName() + " DAMAGED: " + counts + " read");
    report.problems().forEach(p -> terminal.line("  " + p));
    if (report.unlisted() > 0) {
      terminal.line("  and " + report.unlisted() + " more");
    }
  }
}
