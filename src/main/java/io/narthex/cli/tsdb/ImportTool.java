package io.narthex.cli.tsdb;

import io.narthex.cli.command.Given;
import io.narthex.cli.terminal.Progress;
import io.narthex.cli.terminal.Terminal;
import io.narthex.cli.terminal.ToolException;
import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import io.narthex.model.exposition.ExpositionException;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.offline.Backfill;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/// `tsdb create-blocks-from openmetrics`: blocks out of a text with times.
final class ImportTool {

  private ImportTool() {}

  /// Runs it; returns the exit code.
  static int run(Given given, Disk disk, Clock clock, Terminal terminal) {
    Path file = Path.of(given.text("input file"));
    Path directory = Path.of(given.text("output directory"));
    if (!disk.exists(file)) {
      throw new ToolException("stat " + file + ": no such file or directory");
    }
    createDirectory(disk, directory);
    long blockMs = Backfill.blockMs(given.nanos("max-block-duration") / 1_000_000);
    try (Arena arena = Arena.ofShared();
        Backfill backfill =
            new Backfill(
                disk,
                directory,
                clock,
                RandomGenerator.getDefault(),
                blockMs,
                Backfill.memoryBytes())) {
      CreatedBlocks created =
          new CreatedBlocks(
              disk, directory, terminal, given.isOn("human-readable"), given.isOn("quiet"));
      OpenMetricsImport work =
          new OpenMetricsImport(
              content(disk, file, arena),
              given.pairs("label"),
              backfill,
              created,
              new Progress(terminal, clock));
      run(work);
      if (backfill.dropped() > 0) {
        terminal.complain(
            backfill.dropped()
                + " samples were left out: they are older than a sample of their series a few"
                + " thousand samples before; sort the input by time to keep them");
      }
    }
    return 0;
  }

  private static void run(OpenMetricsImport work) {
    try {
      work.check();
    } catch (ExpositionException e) {
      throw new ToolException("getting min and max timestamp: next: " + e.getMessage());
    }
    try {
      work.write();
    } catch (StorageException e) {
      throw new ToolException("block creation: process blocks: add sample: " + e.getMessage());
    } catch (ExpositionException e) {
      throw new ToolException("block creation: process blocks: parse: " + e.getMessage());
    }
  }

  private static MemorySegment content(Disk disk, Path file, Arena arena) {
    if (!Files.isRegularFile(file)) {
      return MemorySegment.ofArray(disk.read(file));
    }
    MemorySegment bytes = disk.map(file, arena);
    if (bytes.byteSize() == 0) {
      throw new ToolException("mmap, size 0: invalid argument");
    }
    return bytes;
  }

  private static void createDirectory(Disk disk, Path directory) {
    try {
      disk.createDirectories(directory);
    } catch (DiskException e) {
      throw new ToolException("create output dir: " + e.getMessage());
    }
  }
}
