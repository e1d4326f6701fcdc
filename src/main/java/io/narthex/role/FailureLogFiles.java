package io.narthex.role;

import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import io.narthex.io.disk.DiskFile;
import io.narthex.scrape.FailureLog;
import io.narthex.scrape.JsonFailureLog;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/// Opens the files of `scrape_failure_log_file`; lines are written by the threads that may wait for
/// the disk.
final class FailureLogFiles implements FailureLog.Opener {

  private static final Logger LOG = System.getLogger(FailureLogFiles.class.getName());

  private final Disk disk;
  private final Clock clock;
  private final Executor blocking;

  FailureLogFiles(Disk disk, Clock clock, Executor blocking) {
    this.disk = disk;
    this.clock = clock;
    this.blocking = blocking;
  }

  @Override
  public FailureLog open(String file) {
    DiskFile out;
    try {
      out = disk.append(Path.of(file));
    } catch (DiskException e) {
      throw new IllegalArgumentException("scrape failure log " + file + ": " + e.getMessage(), e);
    }
    return new JsonFailureLog(
        clock,
        line -> blocking.execute(() -> write(out, line)),
        () -> blocking.execute(out::close));
  }

  private static void write(DiskFile out, String line) {
    try {
      out.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
    } catch (DiskException e) {
      LOG.log(Level.WARNING, "scrape failure log: {0}", e.getMessage());
    }
  }
}
