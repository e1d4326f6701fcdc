package io.narthex.scrape;

import io.narthex.clock.Clock;
import io.narthex.clock.Timers;
import io.narthex.discovery.TargetGroup;
import io.narthex.io.http.BodyPool;
import io.narthex.metrics.Metrics;
import io.narthex.storage.Appendable;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// All scraping of a server: a pool per job. Jobs come with the configuration, target groups from
/// discovery, at whatever pace; groups reach the pools at most once per sync interval. Thread-safe.
public final class ScrapeManager implements AutoCloseable {

  private static final Logger LOG = System.getLogger(ScrapeManager.class.getName());

  private final ScrapeParts parts;
  private final FailureLog.Opener failureLogs;
  private final Map<String, ScrapePool> pools = new TreeMap<>();
  private Map<String, ScrapeJob> jobs = Map.of();
  private Map<String, FailureLog> logs = new HashMap<>();
  private Map<String, List<TargetGroup>> found = Map.of();
  private boolean isSyncPlanned;
  private boolean isClosed;

  /// @param workers run parsing and storing: bounded, sized to the cores
  /// @param bodies shared with the fetchers
  /// @param failureLogs opens the logs that jobs name
  public ScrapeManager(
      ScrapeOptions options,
      Appendable storage,
      Clock clock,
      Timers timers,
      Executor workers,
      BodyPool bodies,
      FailureLog.Opener failureLogs,
      Metrics metrics) {
    this.parts =
        new ScrapeParts(
            storage, clock, timers, workers, bodies, options, new ScrapeMetrics(metrics));
    this.failureLogs = failureLogs;
  }

  /// Goes on with these jobs: pools whose job is gone stop, those whose job has changed begin anew,
  /// the others do not notice. Failure logs are opened again.
  ///
  /// @throws IllegalArgumentException if a failure log cannot be opened, before anything has
  ///   changed, or if the clients of some pools cannot be made: those go on as before
  public synchronized void apply(List<ScrapeJob> wanted) {
    Map<String, FailureLog> opened = openLogs(wanted);
    Map<String, FailureLog> before = logs;
    logs = opened;
    Map<String, ScrapeJob> byName = new HashMap<>();
    wanted.forEach(job -> byName.put(job.config().jobName(), job));
    jobs = byName;
    pools
        .entrySet()
        .removeIf(e -> {
          boolean gone = !byName.containsKey(e.getKey());
          if (gone) {
            e.getValue().stop();
          }
          return gone;
        });
    String failed = reloadChanged();
    before.values().forEach(FailureLog::close);
    planSync(0);
    if (!failed.isEmpty()) {
      throw new IllegalArgumentException("failed to apply the new configuration: " + failed);
    }
  }

  private String reloadChanged() {
    StringBuilder failed = new StringBuilder();
    pools.forEach((name, pool) -> {
      ScrapeJob job = jobs.get(name);
      if (job == null) {
        throw new IllegalStateException("BUG: pool without a job: " + name);
      }
      pool.failureLog(logOf(job));
      if (!pool.job().equals(job)) {
        try {
          pool.reload(job);
        } catch (IllegalArgumentException e) {
          failed.append(failed.isEmpty() ? "" : "; ");
          failed.append("error reloading scrape pool ").append(name).append(": ");
          failed.append(e.getMessage());
        }
      }
    });
    return failed.toString();
  }

  private Map<String, FailureLog> openLogs(List<ScrapeJob> wanted) {
    Map<String, FailureLog> opened = new HashMap<>();
    try {
      for (ScrapeJob job : wanted) {
        String file = job.config().failureLogFile();
        if (!file.isEmpty() && !opened.containsKey(file)) {
          opened.put(file, failureLogs.open(file));
        }
      }
    } catch (IllegalArgumentException e) {
      opened.values().forEach(FailureLog::close);
      throw e;
    }
    return opened;
  }

  private @Nullable FailureLog logOf(ScrapeJob job) {
    return logs.get(job.config().failureLogFile());
  }

  /// Loops that begin from now on take their offsets from another seed, as when external labels
  /// have changed; those that run keep their instants.
  public void offsetSeed(long seed) {
    parts.offsetSeed = seed;
  }

  /// Takes what discovery found: all groups of all jobs, by job name. Returns at once.
  public synchronized void sync(Map<String, List<TargetGroup>> groups) {
    found = Map.copyOf(groups);
    planSync(parts.options.syncIntervalMs());
  }

  private void planSync(long delayMs) {
    if (!isSyncPlanned && !isClosed) {
      isSyncPlanned = true;
      parts.timers.after(delayMs, () -> parts.workers.execute(this::syncNow));
    }
  }

  private synchronized void syncNow() {
    isSyncPlanned = false;
    if (isClosed) {
      return;
    }
    found.forEach((name, groups) -> {
      ScrapePool pool = pool(name);
      if (pool != null) {
        pool.sync(groups);
      }
    });
  }

  private @Nullable ScrapePool pool(String name) {
    ScrapePool pool = pools.get(name);
    ScrapeJob job = jobs.get(name);
    if (pool != null || job == null) {
      // Groups of a job that is gone may still be on their way.
      return pool;
    }
    parts.metrics.pools.inc();
    try {
      ScrapePool made = new ScrapePool(job, parts);
      made.failureLog(logOf(job));
      pools.put(name, made);
      return made;
    } catch (IllegalArgumentException e) {
      parts.metrics.poolsFailed.inc();
      LOG.log(
          Level.ERROR,
          () -> "error creating new scrape pool: scrape_pool=" + name + " err=" + e.getMessage());
      return null;
    }
  }

  /// Names of the pools, sorted.
  public synchronized List<String> poolNames() {
    return List.copyOf(pools.keySet());
  }

  /// The targets that are scraped, by job.
  public synchronized Map<String, List<Target>> activeTargets() {
    Map<String, List<Target>> all = new TreeMap<>();
    pools.forEach((name, pool) -> all.put(name, pool.active()));
    return all;
  }

  /// The targets that relabelling dropped, by job, as many as are kept.
  public synchronized Map<String, List<Target>> droppedTargets() {
    Map<String, List<Target>> all = new TreeMap<>();
    pools.forEach((name, pool) -> all.put(name, pool.dropped()));
    return all;
  }

  /// How many targets relabelling dropped, by job.
  public synchronized Map<String, Integer> droppedCounts() {
    Map<String, Integer> all = new TreeMap<>();
    pools.forEach((name, pool) -> all.put(name, pool.droppedCount()));
    return all;
  }

  /// Stops scraping. Series are not ended: they go on when the server is back.
  @Override
  public synchronized void close() {
    isClosed = true;
    pools.values().forEach(ScrapePool::stop);
    pools.clear();
    logs.values().forEach(FailureLog::close);
    logs.clear();
  }
}
