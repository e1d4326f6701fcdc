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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What the build lets a fresh server do once, so that the JVM records which classes a start, the
/// first scrapes and the first queries need. All of them are there at once when a server starts, and
/// take time and memory then; what only somebody at a browser needs is therefore left out.
///
/// Profiles are not recorded: with them the JVM compiles at each start what was hot here, which
/// delays the start by a fifth and takes twice the time of the compiler in the first minute.
public final class TrainingRun {

  private static final Logger LOG = System.getLogger(TrainingRun.class.getName());

  private static final int ROUNDS = 3;
  private static final int TIMEOUT_MS = 30_000;

  private static final int SCRAPES = 400;

  /// On a machine that is too slow for so many scrapes, the build does not wait longer.
  private static final int MOST_PAUSES = 300;

  private static final List<String> QUERIES =
      List.of(
          "up",
          "app_load",
          "app_load{instance=\"host-1:8080\"}",
          "rate(prometheus_http_requests_total[1m])",
          "rate(app_requests_total[5m])",
          "sum by (route, status) (rate(app_requests_total[5m]))",
          "sum(rate(app_requests_total{status=~\"5..\"}[5m])) / sum(rate(app_requests_total[5m]))",
          "100 * (1 - avg by (instance) (rate(app_requests_total{status=\"200\"}[5m])))",
          "histogram_quantile(0.9, sum by (le, route)"
              + " (rate(app_request_duration_seconds_bucket[5m])))",
          "topk(5, sum by (pod) (rate(app_memory_used_bytes[5m])))",
          "app_memory_used_bytes / app_memory_limit_bytes",
          "sum by (instance, route) (rate(app_requests_total[5m]))"
              + " / on (instance) group_left sum by (instance) (rate(app_requests_total[5m]))",
          "max_over_time(app_memory_used_bytes[1h])",
          "avg_over_time(app_load[10m]) > 0 or absent(nothing)",
          "quantile_over_time(0.95, app_load[30m])",
          "max_over_time(sum(rate(app_requests_total[1m]))[10m:1m])",
          "sum by (__name__) ({__name__=~\"app_.*_total\",status!~\"4.*\"})",
          "topk(3, count by (__name__) ({__name__=~\".+\"}))",
          "{__name__=~\"app_memory_.*\",instance=\"host-1:8080\"}");
  private static final List<String> PATHS =
      List.of(
          "/metrics",
          "/exporters/node/metrics",
          "/-/ready",
          "/api/v1/labels",
          "/api/v1/label/job/values",
          "/api/v1/label/pod/values",
          "/api/v1/targets",
          "/api/v1/series?match%5B%5D=up",
          "/api/v1/series?match%5B%5D=app_requests_total",
          "/api/v1/metadata",
          "/api/v1/status/tsdb");

  private TrainingRun() {}

  /// Gives the server a past before it starts, and lets it restart a few times.
  public static void prepare(ServerFlags flags) {
    Path storage = Path.of(flags.storage().path());
    TrainingReplay.run(storage);
    TrainingData.write(storage, Clock.system());
  }

  /// Lets the server on `port` scrape, and asks it for everything a few times meanwhile.
  ///
  /// @param targets file of targets that its configuration names; written here
  public static void of(Vertx vertx, int port, Path targets) {
    String base = "http://127.0.0.1:" + port;
    try (TrainingLoad load = new TrainingLoad(vertx)) {
      load.start(port, targets);
      for (int round = 0; round < ROUNDS; round++) {
        for (String path : PATHS) {
          get(base + path);
        }
        long nowS = Clock.system().nowMs() / 1000 - 60;
        for (String query : QUERIES) {
          String q = URLEncoder.encode(query, StandardCharsets.UTF_8);
          get(base + "/api/v1/query?query=" + q);
          get(base + "/api/v1/query_range?query=" + q + span(nowS, 3600, 15));
          get(base + "/api/v1/query_range?query=" + q + span(nowS, 6 * 3600, 60));
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

  private static String span(long endS, long lengthS, int stepS) {
    return "&start=" + (endS - lengthS) + "&end=" + endS + "&step=" + stepS;
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
