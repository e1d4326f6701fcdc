package io.narthex.role;

import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Matcher;
import io.narthex.promql.EngineOptions;
import io.narthex.promql.PromqlEngine;
import io.narthex.storage.Querier;
import io.narthex.storage.Queryable;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import io.narthex.tsdb.offline.OfflineTsdb;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Lets the JVM compile what queries run through before somebody waits for one: a fresh server
/// would answer its first dozens at a fraction of its speed. Asks the query API about made-up data
/// that lies in the distribution, over a listener, an engine and metrics of its own, so that
/// neither data nor metrics nor logs of the server know of it; nothing outside this machine can
/// reach it. A failure is no matter: the server is only slower at first. Costs some seconds of CPU,
/// and the memory that compiled queries take; so it has to be asked for.
final class WarmUp implements AutoCloseable {

  /// The system property that asks for it.
  static final String ASKED_FOR = "narthex.warm-up";

  static final int INSTANCES = 4;
  static final long HISTORY_MS = 7 * 3_600_000L;

  private static final Logger LOG = System.getLogger(WarmUp.class.getName());
  static final int ROUNDS = 12;

  /// What is answered in no time must come more often before the JVM takes notice of its path.
  static final int LIGHT_ROUNDS = 20;

  private static final int TIMEOUT_MS = 60_000;
  private static final int CLOSE_MS = 5_000;
  private static final long READ_TIMEOUT_MS = 60_000;

  /// Puts the query API on a router.
  @FunctionalInterface
  interface Api {

    /// @param data what is asked about
    /// @param metrics counts the requests
    void register(Router router, PromqlEngine engine, Queryable data, Metrics metrics);
  }

  /// What the server lends.
  ///
  /// @param disk reads the made-up data
  record Ground(Vertx vertx, Disk disk, Clock clock, EngineOptions engine, Api api) {}

  private final Path folder;
  private final Ground ground;
  private final Thread thread;
  private final CountDownLatch stop = new CountDownLatch(1);

  private WarmUp(Path folder, Ground ground) {
    this.folder = folder;
    this.ground = ground;
    thread = Thread.ofPlatform().daemon().name("narthex-warm-up").unstarted(this::run);
  }

  /// Where a distribution keeps the made-up data.
  static Path folder(Path home) {
    return home.resolve("lib").resolve("training");
  }

  /// Begins beside the server; does nothing if there is no such folder.
  static WarmUp start(Path folder, Ground ground) {
    WarmUp warmUp = new WarmUp(folder, ground);
    if (ground.disk.exists(folder)) {
      warmUp.thread.start();
    }
    return warmUp;
  }

  /// Whether there is more to ask.
  boolean isRunning() {
    return thread.isAlive();
  }

  private void run() {
    Path sandboxes = Path.of(System.getProperty("java.io.tmpdir"));
    Metrics metrics = new Metrics();
    try (OfflineTsdb data =
            OfflineTsdb.open(ground.disk, folder, sandboxes, ground.clock, Long.MAX_VALUE);
        PromqlEngine engine = new PromqlEngine(ground.engine, ground.clock, metrics)) {
      Router router = Router.router(ground.vertx);
      ground.api.register(router, engine, data, metrics);
      try (Listeners listeners =
          Listeners.open(
              ground.vertx, List.of("127.0.0.1:0"), 2, READ_TIMEOUT_MS, metrics, router)) {
        int port = listeners.ports().getFirst();
        long endS = lastMs(data) / 1000;
        for (int round = 0; round < ROUNDS; round++) {
          ask(port, TrainingRequests.api(endS));
          for (int i = 0; i < LIGHT_ROUNDS; i++) {
            ask(port, TrainingRequests.light(endS));
          }
        }
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.DEBUG, "warm-up ended early: {0}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long lastMs(Queryable data) {
    SampleBuffer samples = new SampleBuffer();
    try (Querier querier = data.querier(0, Long.MAX_VALUE)) {
      SelectHints hints = SelectHints.seriesOnly(0, Long.MAX_VALUE, 1);
      SeriesSet set = querier.select(false, hints, List.of(Matcher.equal("__name__", "app_load")));
      if (set.next()) {
        set.at().read(0, Long.MAX_VALUE, samples);
      }
    }
    return samples.size == 0 ? 0 : samples.timesMs[samples.size - 1];
  }

  /// Asks, and leaves as much time between requests as they take: the compiler needs it, and the
  /// server has other things to do.
  private void ask(int port, List<String> paths) throws IOException, InterruptedException {
    for (String path : paths) {
      long startNanos = ground.clock.nanoTime();
      if (stop.getCount() > 0) {
        get(port, path);
        stop.await(ground.clock.nanoTime() - startNanos, TimeUnit.NANOSECONDS);
      }
    }
  }

  /// One request on a connection of its own, as a client's first.
  private static void get(int port, String path) throws IOException {
    String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      InputStream answer = socket.getInputStream();
      answer.transferTo(OutputStream.nullOutputStream());
    }
  }

  /// Ends soon, and waits for that.
  @Override
  public void close() {
    stop.countDown();
    try {
      thread.join(CLOSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
