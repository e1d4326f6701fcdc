package io.narthex.metrics;

import java.util.Locale;

/// Counts the requests of an HTTP server under the names Prometheus uses. Thread-safe.
///
/// `prefix` is `prometheus` for the server and the agent, `alertmanager` or `pushgateway` for
/// those.
public final class HttpMetrics {

  private static final double[] SECONDS = {.1, .2, .4, 1, 3, 8, 20, 60, 120};
  private static final double[] BYTES = {100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

  private final Metrics metrics;
  private final String prefix;

  public HttpMetrics(Metrics metrics, String prefix) {
    this.metrics = metrics;
    this.prefix = prefix;
  }

  /// One answered request.
  ///
  /// @param handler the route, as `/api/v1/query`, not the path that was asked for
  /// @param seconds from the request's first byte to the answer's last
  /// @param responseBytes length of the answer's body
  public void answered(String handler, int code, double seconds, long responseBytes) {
    metrics
        .counter(
            prefix + "_http_requests_total",
            "Counter of HTTP requests.",
            "handler",
            handler,
            "code",
            Integer.toString(code))
        .inc();
    metrics
        .histogram(
            prefix + "_http_request_duration_seconds",
            "Histogram of latencies for HTTP requests.",
            SECONDS,
            "handler",
            handler)
        .observe(seconds);
    metrics
        .histogram(
            prefix + "_http_response_size_bytes",
            "Histogram of response size for HTTP requests.",
            BYTES,
            "handler",
            handler)
        .observe(responseBytes);
  }

  /// Makes the recorder of a `/metrics` endpoint; its counters are there from the start.
  public Exposition exposition() {
    return new Exposition(metrics);
  }

  /// Sets `<program>_build_info`.
  public static void buildInfo(Metrics metrics, String program, BuildInfo build) {
    metrics
        .gauge(
            program + "_build_info",
            "A metric with a constant '1' value labeled by version, revision, branch, goversion"
                + " from which "
                + program
                + " was built, and the goos and goarch for the build.",
            build.labels())
        .set(1);
  }

  /// What a program was built from. `runtime` stands in the label `goversion`, where dashboards
  /// look for it.
  public record BuildInfo(
      String version, String revision, String branch, String runtime, String os, String arch) {

    /// Names and values of the labels, sorted by name.
    public String[] labels() {
      return new String[] {
        "branch", branch,
        "goarch", arch,
        "goos", os,
        "goversion", runtime,
        "revision", revision,
        "tags", "unknown",
        "version", version
      };
    }

    /// A build that runs on this virtual machine.
    public static BuildInfo here(String version, String revision, String branch) {
      return new BuildInfo(
          version,
          revision,
          branch,
          "java" + Runtime.version().feature(),
          System.getProperty("os.name", "").toLowerCase(Locale.ROOT),
          System.getProperty("os.arch", "").replace("aarch64", "arm64"));
    }
  }

  /// Counts the scrapes of this process' own metrics.
  public static final class Exposition {

    private static final String REQUESTS = "promhttp_metric_handler_requests_total";
    private static final String REQUESTS_HELP = "Total number of scrapes by HTTP status code.";

    private final Metrics metrics;
    private final Gauge inFlight;

    private Exposition(Metrics metrics) {
      this.metrics = metrics;
      inFlight =
          metrics.gauge(
              "promhttp_metric_handler_requests_in_flight",
              "Current number of scrapes being served.");
      for (String code : new String[] {"200", "500", "503"}) {
        metrics.counter(REQUESTS, REQUESTS_HELP, "code", code);
      }
    }

    /// A scrape begins.
    public void begun() {
      inFlight.add(1);
    }

    /// A scrape that had begun was answered.
    public void ended(int code) {
      inFlight.add(-1);
      metrics.counter(REQUESTS, REQUESTS_HELP, "code", Integer.toString(code)).inc();
    }
  }
}
