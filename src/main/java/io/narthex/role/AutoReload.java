package io.narthex.role;

import io.narthex.clock.Timers;
import io.narthex.config.Section;
import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import io.narthex.io.disk.Globs;
import io.narthex.role.flags.ServerFlags;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Looks at the configuration file and the files of jobs that it names, and reloads when they have
/// another content than before. Source: prometheus `config.GenerateChecksum`.
final class AutoReload implements AutoCloseable {

  private static final Logger LOG = System.getLogger(AutoReload.class.getName());

  private final Disk disk;
  private final Path file;
  private final Supplier<Section> current;
  private final BooleanSupplier reload;
  private final long intervalMs;
  private final Timers timers;
  private final Executor blocking;
  private byte[] known;
  private volatile boolean closed;
  private volatile Timers.@Nullable Timer next;

  private AutoReload(
      Disk disk,
      Path file,
      Supplier<Section> current,
      BooleanSupplier reload,
      long intervalMs,
      Timers timers,
      Executor blocking) {
    this.disk = disk;
    this.file = file;
    this.current = current;
    this.reload = reload;
    this.intervalMs = intervalMs;
    this.timers = timers;
    this.blocking = blocking;
    known = checksum();
    schedule();
  }

  /// Begins to look, if the flags want that.
  ///
  /// @param current the file as it is in force
  /// @param reload reads it again and says whether it is in force now; if not it is tried again.
  ///   Called on `blocking`
  static AutoCloseable start(
      ServerFlags.Config flags,
      Disk disk,
      Supplier<Section> current,
      BooleanSupplier reload,
      Timers timers,
      Executor blocking) {
    Path file = Path.of(flags.file());
    if (!flags.autoReload()) {
      return () -> {};
    }
    if (!disk.exists(file)) {
      LOG.log(Level.WARNING, "--config.auto-reload has no effect without a configuration file");
      return () -> {};
    }
    return new AutoReload(
        disk, file, current, reload, flags.autoReloadIntervalMs(), timers, blocking);
  }

  private void schedule() {
    if (!closed) {
      next = timers.after(intervalMs, () -> blocking.execute(this::look));
    }
  }

  private void look() {
    if (closed) {
      return;
    }
    try {
      byte[] found = checksum();
      if (!MessageDigest.isEqual(found, known)) {
        LOG.log(Level.INFO, "Configuration file change detected, reloading the configuration.");
        if (reload.getAsBoolean()) {
          known = found;
        }
      }
    } catch (DiskException e) {
      LOG.log(
          Level.ERROR,
          "Failed to generate checksum during configuration reload: {0}",
          e.getMessage());
    } finally {
      schedule();
    }
  }

  /// Of the content and the names of all files; job files are those that the file in force names.
  private byte[] checksum() {
    MessageDigest digest = sha256();
    digest.update(disk.read(file));
    for (String pattern : current.get().strings("scrape_config_files")) {
      for (Path jobs : Globs.expand(disk, pattern)) {
        digest.update(jobs.toString().getBytes(StandardCharsets.UTF_8));
        digest.update(ByteBuffer.wrap(disk.read(jobs)));
      }
    }
    return digest.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("BUG: every Java has SHA-256", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    Timers.Timer scheduled = next;
    if (scheduled != null) {
      scheduled.cancel();
    }
  }
}
