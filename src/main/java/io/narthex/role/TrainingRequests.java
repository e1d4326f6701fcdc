package io.narthex.role;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What a server is asked for so that the JVM learns what answering takes: all kinds of queries
/// over {@link TrainingData}, and its pages.
final class TrainingRequests {

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

  private static final List<String> LOOKUPS =
      List.of(
          "/api/v1/labels",
          "/api/v1/label/job/values",
          "/api/v1/label/pod/values",
          "/api/v1/series?match%5B%5D=app_load",
          "/api/v1/series?match%5B%5D=app_requests_total");

  /// Requests that have nothing to do with the data, but those of people at a browser.
  static final List<String> PAGES =
      List.of(
          "/metrics",
          "/exporters/node/metrics",
          "/-/ready",
          "/api/v1/targets",
          "/api/v1/metadata",
          "/api/v1/status/tsdb");

  private TrainingRequests() {}

  /// Requests of the query API over data that ends at `endS`, in seconds since the epoch.
  static List<String> api(long endS) {
    List<String> paths = new ArrayList<>(LOOKUPS);
    for (String query : QUERIES) {
      String q = URLEncoder.encode(query, StandardCharsets.UTF_8);
      paths.add("/api/v1/query?query=" + q + "&time=" + endS);
      paths.add("/api/v1/query_range?query=" + q + span(endS, 3600, 15));
      paths.add("/api/v1/query_range?query=" + q + span(endS, 6 * 3600, 60));
    }
    return paths;
  }

  /// Those of them that find little.
  static List<String> light(long endS) {
    List<String> paths = new ArrayList<>(LOOKUPS.subList(0, 4));
    paths.add("/api/v1/query?query=app_load&time=" + endS);
    paths.add("/api/v1/query_range?query=app_load" + span(endS, 3600, 15));
    return paths;
  }

  private static String span(long endS, long lengthS, int stepS) {
    return "&start=" + (endS - lengthS) + "&end=" + endS + "&step=" + stepS;
  }
}
