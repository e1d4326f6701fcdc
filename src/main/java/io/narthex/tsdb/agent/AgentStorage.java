package io.narthex.tsdb.agent;

import io.narthex.clock.Clock;
import io.narthex.clock.Timers;
import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import io.narthex.io.disk.DiskLock;
import io.narthex.metrics.Metrics;
import io.narthex.model.sample.StaleMarker;
import io.narthex.storage.Appendable;
import io.narthex.storage.Appender;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.wal.Checkpoint;
import io.narthex.tsdb.wal.WalMetrics;
import io.narthex.tsdb.wal.WalWriter;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The storage of an agent: takes commits, writes them to a log, and forgets what was sent. Safe
/// for any thread; no method but `open`, `truncate` and `close` takes long.
///
/// A sample that is not newer than what its series has is refused as `OUT_OF_ORDER`, also if it is
/// the same once more.
public final class AgentStorage implements Appendable, AutoCloseable {

  private static final Logger LOG = System.getLogger(AgentStorage.class.getName());

  private final ReentrantLock commitLock = new ReentrantLock();
  private final ReentrantLock truncateLock = new ReentrantLock();
  private final AgentSeriesTable table = new AgentSeriesTable();
  private final AgentOptions options;
  private final Clock clock;
  private final Timers timers;
  private final Executor executor;
  private final LongSupplier sentMs;
  private final AgentMetrics metrics;
  private final WalWriter wal;
  private final AgentCommitter committer;
  private final AgentTruncation truncation;
  private final @Nullable DiskLock lock;
  private volatile boolean closed;
  private volatile Timers.@Nullable Timer tick;

  private AgentStorage(
      Disk disk,
      Path directory,
      AgentOptions options,
      Clock clock,
      Metrics metrics,
      Timers timers,
      Executor executor,
      LongSupplier sentMs,
      @Nullable DiskLock lock,
      int cleanStart) {
    this.options = options;
    this.clock = clock;
    this.timers = timers;
    this.executor = executor;
    this.sentMs = sentMs;
    this.lock = lock;
    this.metrics = new AgentMetrics(metrics, cleanStart);
    Path walDirectory = directory.resolve("wal");
    WalMetrics walMetrics = new WalMetrics(metrics, clock, "prometheus_tsdb_wal");
    Checkpoint checkpoint = Checkpoint.ofAgent(disk, walDirectory, options.wal());
    checkpoint.clean();
    long startNanos = clock.nanoTime();
    Map<Long, AgentSeries> aliases = new AgentReplay(table, this.metrics, disk, walDirectory).run();
    this.metrics.replaySeconds.set((clock.nanoTime() - startNanos) / 1e9);
    this.metrics.activeSeries.set(table.size());
    metrics.gaugeFunction(
        "prometheus_tsdb_wal_storage_size_bytes",
        "Size of the write log directory.",
        () -> sizeBytes(disk, walDirectory));
    wal = WalWriter.open(disk, walDirectory, options.wal(), walMetrics, executor);
    committer = new AgentCommitter(table, wal, this.metrics, options);
    truncation =
        new AgentTruncation(
            commitLock,
            table,
            aliases,
            wal,
            disk,
            walDirectory,
            checkpoint,
            walMetrics,
            this.metrics);
  }

  private static double sizeBytes(Disk disk, Path directory) {
    try {
      return disk.sizeBytes(directory);
    } catch (DiskException e) {
      // A file that was there when the folder was listed may be gone.
      return Double.NaN;
    }
  }

  /// Opens the storage in a data folder, which is made if it is missing. Takes as long as reading
  /// the log takes.
  ///
  /// @param timers ticks when the log is to be shortened
  /// @param executor runs background work; not an event loop
  /// @param sentMs up to which time everything was sent on; 0 if nothing was
  /// @throws StorageException if another process has the folder, or the disk fails
  public static AgentStorage open(
      Path directory,
      AgentOptions options,
      Disk disk,
      Clock clock,
      Metrics metrics,
      Timers timers,
      Executor executor,
      LongSupplier sentMs) {
    DiskLock lock = null;
    boolean opened = false;
    try {
      disk.createDirectories(directory);
      Path lockFile = directory.resolve("lock");
      int cleanStart = !options.lockFile() ? -1 : disk.exists(lockFile) ? 0 : 1;
      lock = options.lockFile() ? disk.lock(lockFile) : null;
      AgentStorage storage =
          new AgentStorage(
              disk, directory, options, clock, metrics, timers, executor, sentMs, lock, cleanStart);
      storage.schedule();
      opened = true;
      return storage;
    } catch (DiskException e) {
      throw new StorageException("opening storage failed: " + e.getMessage(), e);
    } finally {
      if (!opened && lock != null) {
        lock.close();
      }
    }
  }

  private void schedule() {
    if (!closed) {
      tick = timers.after(options.truncateEveryMs(), () -> executor.execute(this::tick));
    }
  }

  private void tick() {
    try {
      truncate();
    } catch (RuntimeException e) {
      LOG.log(Logger.Level.ERROR, "shortening the WAL failed, it is tried again later", e);
    } finally {
      schedule();
    }
  }

  /// Does now what is done every two hours: forgets what was sent and is old enough, and what is
  /// too old whether it was sent or not.
  public void truncate() {
    truncateLock.lock();
    try {
      if (closed) {
        return;
      }
      long startNanos = clock.nanoTime();
      long sentBeforeMs = Math.max(0, sentMs.getAsLong() - options.minAgeMs());
      truncation.run(Math.max(sentBeforeMs, clock.nowMs() - options.maxAgeMs()));
      metrics.truncateSeconds.observe((clock.nanoTime() - startNanos) / 1e9);
    } finally {
      truncateLock.unlock();
    }
  }

  @Override
  public Appender appender() {
    return new AgentBatch(this::commit, options.wal().starts());
  }

  private void commit(AgentBatch batch) {
    commitLock.lock();
    try {
      if (closed) {
        throw new StorageException("the storage is closed");
      }
      committer.commit(batch);
    } finally {
      commitLock.unlock();
    }
  }

  /// How many series are known.
  public int seriesCount() {
    commitLock.lock();
    try {
      return table.size();
    } finally {
      commitLock.unlock();
    }
  }

  /// Logs the end of every series, at `tMs`, for an agent that goes for good: whoever is sent it
  /// sees at once that nothing follows.
  ///
  /// @return how many series were ended; those with a later sample were not
  public int endSeries(long tMs) {
    List<AgentSeries> all = new ArrayList<>();
    commitLock.lock();
    try {
      table.forEach(all::add);
    } finally {
      commitLock.unlock();
    }
    Appender appender = appender();
    all.forEach(series -> appender.append(series.ref, series.labels, tMs, StaleMarker.STALE));
    return appender.commit().accepted();
  }

  /// Waits for what is going on, makes everything durable and lets go of the folder; idempotent.
  @Override
  public void close() {
    Timers.Timer last = tick;
    if (last != null) {
      last.cancel();
    }
    truncateLock.lock();
    commitLock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      wal.close();
    } catch (DiskException e) {
      throw new StorageException("closing storage: " + e.getMessage(), e);
    } finally {
      commitLock.unlock();
      truncateLock.unlock();
      if (lock != null) {
        lock.close();
      }
    }
  }
}
