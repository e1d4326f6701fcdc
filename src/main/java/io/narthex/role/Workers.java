package io.narthex.role;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The threads beside the event loops, by what they may do: parse and store scrapes (never wait),
/// answer requests (may wait for the engine), wait for the disk.
final class Workers implements AutoCloseable {

  private static final int API_RESERVE = 4;

  private final ExecutorService scrape;
  private final ExecutorService api;
  private final ExecutorService blocking;

  /// @param maxQueries queries that may run at once; each holds a thread, and some are kept for
  ///   everything else
  Workers(int maxQueries) {
    int cores = Runtime.getRuntime().availableProcessors();
    scrape = pool("scrape", cores);
    api = pool("api", maxQueries + API_RESERVE);
    blocking = pool("disk", 4);
  }

  private static ExecutorService pool(String name, int threads) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("narthex-" + name + "-", 0).factory());
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  ExecutorService scrape() {
    return scrape;
  }

  ExecutorService api() {
    return api;
  }

  ExecutorService blocking() {
    return blocking;
  }

  @Override
  public void close() {
    api.shutdownNow();
    scrape.shutdown();
    blocking.shutdown();
  }
}
