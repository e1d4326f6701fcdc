package io.narthex.role;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What the build lets a fresh server do once, so that the JVM records which classes a start, the
/// first scrapes and the first requests need, and which methods are worth compiling at once.
public final class TrainingRun {

  private static final int ROUNDS = 20;

  /// From so many calls on, the JVM compiles a method for good.
  private static final int SCRAPES = 8_000;

  /// On a machine that is too slow for so many scrapes, the build does not wait longer.
  private static final int MOST_PAUSES = 150;

  private static final List<String> QUERIES =
      List.of(
          "up",
          "rate(prometheus_http_requests_total[1m])",
          "sum by (handler) (rate(prometheus_http_requests_total[1m]))",
          "histogram_quantile(0.9, sum by (le)"
              + " (rate(prometheus_http_request_duration_seconds_bucket[1m])))",
          "node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes",
          "topk(3, count by (__name__) ({__name__=~\".+\"}))",
          "sum by (mode) (rate(training_cpu_seconds_total[5s]))",
          "histogram_quantile(0.9, sum by (le, route)"
              + " (rate(training_request_duration_seconds_bucket[5s])))",
          "max_over_time(up[1m]) > 0 or absent(nothing)");
  private static final List<String> PATHS =
      List.of(
          "/query",
          "/targets",
          "/service-discovery",
          "/tsdb-status",
          "/config",
          "/flags",
          "/status",
          "/metrics",
          "/exporters/node/metrics",
          "/-/ready",
          "/api/v1/labels",
          "/api/v1/label/job/values",
          "/api/v1/targets",
          "/api/v1/series?match[]=up",
          "/api/v1/metadata",
          "/api/v1/status/tsdb");

  private TrainingRun() {}

  /// Lets the server on `port` scrape, and asks it for everything a few times meanwhile.
  ///
  /// @param targets file of targets that its configuration names; written here
  public static void of(Vertx vertx, int port, Path targets) {
    String base = "http://127.0.0.1:" + port;
    try (TrainingLoad load = new TrainingLoad(vertx);
        HttpClient client = HttpClient.newHttpClient()) {
      load.start(port, targets);
      for (int round = 0; round < ROUNDS; round++) {
        for (String path : PATHS) {
          get(client, base + path.replace("[", "%5B").replace("]", "%5D"));
        }
        for (String query : QUERIES) {
          String q = URLEncoder.encode(query, StandardCharsets.UTF_8);
          long nowS = io.narthex.clock.Clock.system().nowMs() / 1000;
          get(client, base + "/api/v1/query?query=" + q);
          get(
              client,
              base
                  + "/api/v1/query_range?query="
                  + q
                  + "&start="
                  + (nowS - 60)
                  + "&end="
                  + nowS
                  + "&step=1");
        }
        pause();
      }
      for (int i = 0; i < MOST_PAUSES && load.served() < SCRAPES; i++) {
        pause();
      }
    } catch (IOException e) {
      throw new IllegalStateException("training request failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pause() throws InterruptedException {
    new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS);
  }

  private static void get(HttpClient client, String url) throws IOException, InterruptedException {
    client.send(
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(60)).build(),
        HttpResponse.BodyHandlers.discarding());
  }
}
