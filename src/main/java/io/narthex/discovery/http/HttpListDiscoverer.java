package io.narthex.discovery.http;

import io.narthex.clock.Clock;
import io.narthex.clock.Timers;
import io.narthex.discovery.Discoverer;
import io.narthex.discovery.RefreshMetrics;
import io.narthex.discovery.TargetGroup;
import io.narthex.discovery.TargetGroupJson;
import io.narthex.io.http.Fetcher;
import io.narthex.metrics.Counter;
import io.narthex.metrics.MetricText;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.Labels;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Asks a server for its list, again and again. The sources of groups are `url:index`.
public final class HttpListDiscoverer implements Discoverer {

  private static final Logger LOG = System.getLogger(HttpListDiscoverer.class.getName());
  private static final String URL_LABEL = "__meta_url";
  private static final int EXPECTED_BYTES = 1 << 14;
  private static final Pattern CONTENT_TYPE =
      Pattern.compile("(?i:application/json(;\\s*charset=(\"utf-8\"|utf-8))?)");

  private final HttpListConfig config;
  private final Fetcher fetcher;
  private final Clock clock;
  private final Timers timers;
  private final Fetcher.Request request;
  private final Counter failures;
  private final RefreshMetrics metrics;

  private int toldGroups;
  private @Nullable Listener listener;
  private Timers.@Nullable Timer timer;

  /// @param fetcher closed with this
  /// @param setName the job that asks
  /// @param userAgent what the server is told about this program
  public HttpListDiscoverer(
      HttpListConfig config,
      Fetcher fetcher,
      Clock clock,
      Timers timers,
      Metrics metrics,
      String setName,
      String userAgent) {
    this.config = config;
    this.fetcher = fetcher;
    this.clock = clock;
    this.timers = timers;
    this.metrics = RefreshMetrics.of(metrics, config.mechanism(), setName);
    failures =
        metrics.counter(
            "prometheus_sd_http_failures_total",
            "Number of HTTP service discovery refresh failures.");
    request =
        new Fetcher.Request(
            config.url(),
            "",
            Map.of(
                "Accept",
                "application/json",
                "User-Agent",
                userAgent,
                "X-Prometheus-Refresh-Interval-Seconds",
                MetricText.number(config.refreshIntervalMs() / 1e3)),
            config.refreshIntervalMs(),
            0,
            EXPECTED_BYTES);
  }

  @Override
  public synchronized void start(Listener to) {
    listener = to;
    refresh();
  }

  private synchronized void refresh() {
    if (listener == null) {
      return;
    }
    timer = timers.after(config.refreshIntervalMs(), this::refresh);
    long startNanos = clock.nanoTime();
    fetcher.fetch(request, result -> answered(result, startNanos));
  }

  private synchronized void answered(Fetcher.Result result, long startNanos) {
    Listener to = listener;
    if (to == null) {
      return;
    }
    metrics.observe((clock.nanoTime() - startNanos) / 1e9);
    try {
      to.update(groups(result));
    } catch (IllegalArgumentException e) {
      failures.inc();
      metrics.failures().inc();
      LOG.log(
          Level.ERROR,
          () -> "Unable to refresh target groups: err=" + e.getMessage() + " url=" + config.url());
    }
  }

  /// The groups of an answer, and those that it no longer has as gone.
  private List<TargetGroup> groups(Fetcher.Result result) {
    String text =
        switch (result) {
          case Fetcher.Failure failure -> throw new IllegalArgumentException(failure.message());
          case Fetcher.Body body -> text(body);
        };
    String url = config.url();
    List<TargetGroup> groups =
        new ArrayList<>(TargetGroupJson.parse(text, i -> url + ":" + i, URL_LABEL, url));
    int found = groups.size();
    for (int i = found; i < toldGroups; i++) {
      groups.add(new TargetGroup(url + ":" + i, List.of(), Labels.EMPTY));
    }
    toldGroups = found;
    return groups;
  }

  private static String text(Fetcher.Body body) {
    if (!CONTENT_TYPE.matcher(body.contentType().strip()).matches()) {
      throw new IllegalArgumentException(
          "unsupported content type " + GoQuote.quote(body.contentType()));
    }
    return new String(body.bytes(), 0, body.length(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    synchronized (this) {
      listener = null;
      if (timer != null) {
        timer.cancel();
      }
    }
    fetcher.close();
  }
}
