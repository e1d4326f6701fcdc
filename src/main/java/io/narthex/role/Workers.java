package io.narthex.role;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The threads beside Vert.x' event loops, by what they may do: scrape, answer requests (may wait
/// for the engine), wait for the disk.
///
/// Scraping has a Vert.x of its own with one event loop a core: the loop that reads an answer also
/// parses and stores it. Handing it to another thread would cost as much as parsing does, and the
/// loops that serve requests do not wait for a commit.
final class Workers implements AutoCloseable {

  private static final int API_RESERVE = 4;

  private final Vertx scraping;
  private final EventLoopGroup scrape;
  private final ExecutorService api;
  private final ExecutorService blocking;

  /// @param maxQueries queries that may run at once; each holds a thread, and some are kept for
  ///   everything else
  Workers(int maxQueries) {
    int cores = Runtime.getRuntime().availableProcessors();
    scraping =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(cores)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1));
    scrape = scraping.nettyEventLoopGroup();
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

  /// The loops on which scrapes happen.
  EventLoopGroup scrapeLoops() {
    return scrape;
  }

  /// Runs tasks on the loops of scraping: at once for a caller who is there.
  Executor scrape() {
    return task -> {
      for (EventExecutor loop : scrape) {
        if (loop.inEventLoop()) {
          task.run();
          return;
        }
      }
      scrape.execute(task);
    };
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
    scraping.close();
    blocking.shutdown();
  }
}
