package io.narthex.role;

import io.narthex.clock.Clock;
import io.narthex.role.flags.ServerFlags;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What the build lets a fresh server do once, so that the JVM records which classes a start, the
/// first scrapes and the first queries need. All of them are there at once when a server starts,
/// and take time and memory then; what only somebody at a browser needs is therefore left out.
///
/// Profiles are not recorded: with them the JVM compiles at each start what was hot here, which
/// delays the start by a fifth and takes twice the time of the compiler in the first minute.
public final class TrainingRun {

  private static final Logger LOG = System.getLogger(TrainingRun.class.getName());

  private static final int ROUNDS = 3;

  private static final int SCRAPES = 400;

  /// On a machine that is too slow for so many scrapes, the build does not wait longer.
  private static final int MOST_PAUSES = 300;

  /// A busy machine interprets the first queries slowly; giving up would cost the whole training.
  private static final int TIMEOUT_MS = 120_000;

  private TrainingRun() {}

  /// Gives the server a past before it starts, and lets it restart a few times. The distribution
  /// gets a small one too, for {@link WarmUp}.
  public static void prepare(ServerFlags flags) {
    Path past = Path.of(flags.storage().path());
    TrainingReplay.run(past);
    TrainingData.write(past, TrainingData.INSTANCES, TrainingData.HISTORY_MS, Clock.system());
    Path home = WarmUp.folder(Path.of(System.getProperty("narthex.home", "")));
    TrainingData.writeBlocks(home, WarmUp.INSTANCES, WarmUp.HISTORY_MS, Clock.system());
  }

  /// Lets the server on `port` scrape, and asks it for everything a few times meanwhile.
  ///
  /// @param targets file of targets that its configuration names; written here
  public static void of(Vertx vertx, int port, Path targets) {
    String base = "http://127.0.0.1:" + port;
    try (TrainingLoad load = new TrainingLoad(vertx)) {
      load.start(port, targets);
      for (int round = 0; round < ROUNDS; round++) {
        for (String path : TrainingRequests.PAGES) {
          get(base + path);
        }
        for (String path : TrainingRequests.api(Clock.system().nowMs() / 1000 - 60)) {
          get(base + path);
        }
        pause();
      }
      for (int i = 0; i < MOST_PAUSES && load.served() < SCRAPES; i++) {
        pause();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pause() throws InterruptedException {
    new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS);
  }

  /// One request on a connection of its own. A machine that is busy with other things may not
  /// answer in time: what the JVM has seen by then is worth keeping all the same.
  private static void get(String url) {
    try {
      HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MS);
      connection.setReadTimeout(TIMEOUT_MS);
      connection.setRequestProperty("Connection", "close");
      try (InputStream body = connection.getInputStream()) {
        body.transferTo(OutputStream.nullOutputStream());
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "training request failed: {0}", e.getMessage());
    }
  }
}
