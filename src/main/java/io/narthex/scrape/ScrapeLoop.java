package io.narthex.scrape;

import io.narthex.clock.Timers.Timer;
import io.narthex.io.http.Fetcher;
import io.narthex.metrics.Histogram;
import io.narthex.metrics.Summary;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Scrapes one target at its instants: asks for its body, hands the answer to the step.
/// Thread-safe; scrapes of a target never overlap: a tick that comes while one is under way is left
/// out.
final class ScrapeLoop {

  private static final Logger LOG = System.getLogger(ScrapeLoop.class.getName());

  private final Target target;
  private final ScrapeParts parts;
  private final ScrapeStep step;
  private final Fetcher fetcher;
  private final long intervalMs;
  private final Map<String, String> headers;
  private final long timeoutMs;
  private final long bodySizeLimitBytes;
  private final Summary intervalLength;
  private final Histogram intervalHistogram;

  private volatile String forcedError = "";
  private volatile @Nullable FailureLog failureLog;

  /// Guards what follows.
  private final Object lock = new Object();

  private @Nullable Timer timer;
  private boolean isBusy;
  private boolean isStopped;
  private boolean isEnding;
  private long dueMs;
  private long lastStartNanos;
  private boolean hasScraped;

  /// What is to be done when the scrape under way is over.
  private @Nullable Runnable afterwards;

  ScrapeLoop(
      Target target, ScrapeProfile profile, Fetcher fetcher, ScrapeCache cache, ScrapeParts parts) {
    this.target = target;
    this.parts = parts;
    this.fetcher = fetcher;
    step =
        new ScrapeStep(
            target, profile, cache, parts.storage, parts.bodies, parts.metrics, parts.clock);
    intervalMs = target.intervalMs();
    timeoutMs = target.timeoutMs();
    bodySizeLimitBytes = profile.config().bodySizeLimitBytes();
    headers = headers(profile);
    intervalLength = parts.metrics.intervalLength(intervalMs);
    intervalHistogram = parts.metrics.intervalHistogram(intervalMs);
    target.metadata(cache.metadata);
  }

  private Map<String, String> headers(ScrapeProfile profile) {
    return Map.of(
        "Accept",
        profile.accept(),
        "Accept-Encoding",
        profile.config().enableCompression() ? "gzip" : "identity",
        "User-Agent",
        "Narthex/" + parts.options.version(),
        "X-Prometheus-Scrape-Timeout-Seconds",
        seconds(timeoutMs));
  }

  private static String seconds(long ms) {
    return java.math.BigDecimal.valueOf(ms, 3).stripTrailingZeros().toPlainString();
  }

  Target target() {
    return target;
  }

  ScrapeCache cache() {
    return step.cache();
  }

  /// Lets all scrapes fail for this reason, without asking the target; empty for none.
  void force(String error) {
    forcedError = error;
  }

  void failureLog(@Nullable FailureLog log) {
    failureLog = log;
  }

  /// Begins to scrape, at the target's next instant.
  void start() {
    synchronized (lock) {
      long nowMs = parts.clock.nowMs();
      dueMs = nowMs + target.offsetMs(intervalMs, parts.offsetSeed, nowMs);
      timer = parts.timers.first(dueMs - nowMs, this::tick);
    }
  }

  private void tick() {
    long nowMs = parts.clock.nowMs();
    long timeMs;
    synchronized (lock) {
      if (isStopped) {
        return;
      }
      while (nowMs - dueMs >= intervalMs) {
        dueMs += intervalMs;
      }
      timeMs = aligned(nowMs);
      dueMs += intervalMs;
      timer = parts.timers.after(dueMs - nowMs, this::tick);
      if (isBusy) {
        return;
      }
      isBusy = true;
    }
    scrape(timeMs);
  }

  /// The instant at which the scrape was due, if it is not much later. Equal distances make samples
  /// small.
  private long aligned(long nowMs) {
    long toleranceMs = Math.min(parts.options.timestampToleranceMs(), intervalMs / 100);
    return parts.options.alignTimestamps() && nowMs - dueMs <= toleranceMs ? dueMs : nowMs;
  }

  private void scrape(long timeMs) {
    long startNanos = parts.clock.nanoTime();
    if (hasScraped) {
      double seconds = (startNanos - lastStartNanos) / 1e9;
      intervalLength.observe(seconds);
      intervalHistogram.observe(seconds);
    }
    lastStartNanos = startNanos;
    hasScraped = true;
    if (!forcedError.isEmpty()) {
      handOver(timeMs, startNanos, new Fetcher.Failure(forcedError, false));
      return;
    }
    Fetcher.Request request =
        new Fetcher.Request(
            target.url(),
            target.unixSocket(),
            headers,
            timeoutMs,
            bodySizeLimitBytes,
            step.cache().lengthBytes);
    fetcher.fetch(request, answer -> handOver(timeMs, startNanos, answer));
  }

  private void handOver(long timeMs, long startNanos, Fetcher.Result answer) {
    parts.workers.execute(() -> apply(timeMs, startNanos, answer));
  }

  private void apply(long timeMs, long startNanos, Fetcher.Result answer) {
    ScrapePass pass = parts.takePass();
    try {
      String error = step.apply(pass, timeMs, startNanos, answer);
      parts.givePass(pass);
      FailureLog log = failureLog;
      if (log != null && answer instanceof Fetcher.Failure && forcedError.isEmpty()) {
        log.failed(target.jobName(), target.url(), error);
      }
    } catch (RuntimeException e) {
      // The pass is left behind: nobody knows its state.
      LOG.log(Level.ERROR, "scrape failed: target=" + target, e);
      step.cache().forget();
    } finally {
      finished();
    }
  }

  private void finished() {
    Runnable then;
    synchronized (lock) {
      isBusy = false;
      then = afterwards;
      afterwards = null;
    }
    if (then != null) {
      then.run();
    }
  }

  /// Stops at once, without ending the series: as when the server stops. A scrape under way is
  /// still stored.
  void stop() {
    stop(() -> {});
  }

  /// Stops and runs `then` when no scrape is under way any more.
  void stop(Runnable then) {
    synchronized (lock) {
      isStopped = true;
      if (timer != null) {
        timer.cancel();
      }
      if (isBusy) {
        afterwards = then;
        return;
      }
    }
    then.run();
  }

  /// Stops because the target is gone, and ends its series when the second next scrape would have
  /// been, and a tenth of an interval more: a target that comes back meanwhile has samples by then,
  /// and the stale markers, which carry the time of the next scrape, come too late.
  void stopAndEnd() {
    stop(this::endLater);
  }

  private void endLater() {
    synchronized (lock) {
      if (!hasScraped) {
        return;
      }
      long nowMs = parts.clock.nowMs();
      while (dueMs <= nowMs) {
        dueMs += intervalMs;
      }
      long staleMs = dueMs;
      isEnding = true;
      long delayMs = staleMs - nowMs + intervalMs + intervalMs / 10;
      timer = parts.timers.after(delayMs, () -> parts.workers.execute(() -> end(staleMs)));
    }
  }

  private void end(long staleMs) {
    ScrapePass pass = parts.takePass();
    step.end(pass, staleMs);
    parts.givePass(pass);
    synchronized (lock) {
      isEnding = false;
    }
  }

  /// Whether `stopAndEnd` has nothing left to do.
  boolean hasEnded() {
    synchronized (lock) {
      return isStopped && !isBusy && !isEnding;
    }
  }
}
