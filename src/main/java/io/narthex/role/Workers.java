package io.narthex.role;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinPool.ForkJoinWorkerThreadFactory;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

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

  /// Threads that wait are woken last in, first out, and a new one is made only if none waits:
  /// where little is going on, one thread does it all, with all it needs at hand. A
  /// `ThreadPoolExecutor` would make one for each of the first requests, and then take them in
  /// turn.
  private static ExecutorService pool(String name, int threads) {
    AtomicInteger number = new AtomicInteger();
    ForkJoinWorkerThreadFactory factory =
        pool -> {
          ForkJoinWorkerThread thread =
              ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
          thread.setName("narthex-" + name + "-" + number.getAndIncrement());
          return thread;
        };
    return new ForkJoinPool(
        threads, factory, null, true, 0, threads, 1, null, 30, TimeUnit.SECONDS);
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
