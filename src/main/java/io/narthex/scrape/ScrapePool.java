package io.narthex.scrape;

import io.narthex.discovery.TargetGroup;
import io.narthex.io.http.Fetcher;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The targets of one job, each with its loop. A target that stays keeps its loop and what the loop
/// remembers. Thread-safe.
final class ScrapePool {

  private static final Logger LOG = System.getLogger(ScrapePool.class.getName());

  private final ScrapeParts parts;
  private final ScrapeMetrics.PoolMetrics metrics;
  private final Map<Long, ScrapeLoop> loops = new HashMap<>();

  /// Loops of targets that are gone and whose series are not ended yet.
  private final Set<ScrapeLoop> ending = new HashSet<>();

  private ScrapeJob job;
  private Fetcher fetcher;
  private TargetBuilder builder;
  private ScrapeProfile profile;
  private @Nullable FailureLog failureLog;
  private List<Target> dropped = List.of();
  private int droppedCount;

  /// @throws IllegalArgumentException if the HTTP client cannot be made
  ScrapePool(ScrapeJob job, ScrapeParts parts) {
    this.job = job;
    this.parts = parts;
    fetcher = job.http().open();
    builder = new TargetBuilder(job.config());
    profile = profile(job);
    metrics = parts.metrics.pool(job.config().jobName());
    metrics.targetLimit.set(job.config().targetLimit());
    metrics.metadata(
        () -> sumOfMetadata(MetadataStore::size), () -> sumOfMetadata(MetadataStore::sizeBytes));
  }

  private ScrapeProfile profile(ScrapeJob of) {
    return ScrapeProfile.of(of.config(), parts.options.typeAndUnitLabels());
  }

  private synchronized double sumOfMetadata(java.util.function.ToLongFunction<MetadataStore> of) {
    long sum = 0;
    for (ScrapeLoop loop : loops.values()) {
      sum += of.applyAsLong(loop.cache().metadata);
    }
    return sum;
  }

  synchronized ScrapeJob job() {
    return job;
  }

  synchronized void failureLog(@Nullable FailureLog log) {
    failureLog = log;
    loops.values().forEach(l -> l.failureLog(log));
  }

  /// Makes the targets those of `groups`.
  synchronized void sync(Iterable<TargetGroup> groups) {
    long startNanos = parts.clock.nanoTime();
    TargetBuilder.Built built = builder.build(groups);
    for (String error : built.errors()) {
      LOG.log(
          Level.ERROR,
          () -> "Creating target failed: scrape_pool=" + job.config().jobName() + " err=" + error);
    }
    metrics.syncFailed.add(built.errors().size());
    keepDropped(built.dropped());
    Set<Long> wanted = new HashSet<>();
    List<ScrapeLoop> added = new ArrayList<>();
    for (Target target : built.targets()) {
      if (!wanted.add(target.hash())) {
        continue;
      }
      ScrapeLoop known = loops.get(target.hash());
      if (known == null) {
        ScrapeLoop loop = loop(target, newCache());
        loops.put(target.hash(), loop);
        added.add(loop);
      } else {
        known.target().source(target.source());
      }
    }
    removeUnless(wanted);
    metrics.targets.set(loops.size());
    forceLimit();
    added.forEach(ScrapeLoop::start);
    double seconds = (parts.clock.nanoTime() - startNanos) / 1e9;
    metrics.syncLength.observe(seconds);
    metrics.syncHistogram.observe(seconds);
    metrics.syncs.inc();
  }

  private void keepDropped(List<Target> all) {
    int kept = job.config().keepDroppedTargets();
    droppedCount = all.size();
    dropped = List.copyOf(kept == 0 || kept >= all.size() ? all : all.subList(0, kept));
  }

  private ScrapeCache newCache() {
    return new ScrapeCache(new MetadataStore(parts.texts));
  }

  private ScrapeLoop loop(Target target, ScrapeCache cache) {
    ScrapeLoop loop = new ScrapeLoop(target, profile, fetcher, cache, parts);
    loop.failureLog(failureLog);
    return loop;
  }

  private void removeUnless(Set<Long> wanted) {
    loops
        .entrySet()
        .removeIf(e -> {
          boolean gone = !wanted.contains(e.getKey());
          if (gone) {
            end(e.getValue());
          }
          return gone;
        });
  }

  private void end(ScrapeLoop loop) {
    ending.removeIf(ScrapeLoop::hasEnded);
    ending.add(loop);
    loop.stopAndEnd();
  }

  private void forceLimit() {
    int limit = job.config().targetLimit();
    boolean exceeded = limit > 0 && loops.size() > limit;
    if (exceeded) {
      parts.metrics.exceededTargetLimit.inc();
    }
    String error =
        exceeded
            ? "target_limit exceeded (number of targets: "
                + loops.size()
                + ", limit: "
                + limit
                + ")"
            : "";
    loops.values().forEach(l -> l.force(error));
  }

  /// Goes on with another configuration: all loops begin anew, and remember what they did if the
  /// bodies are read as before.
  ///
  /// @throws IllegalArgumentException if the HTTP client cannot be made; the pool stays as it was
  synchronized void reload(ScrapeJob with) {
    parts.metrics.reloads.inc();
    Fetcher fresh;
    try {
      fresh = with.http().open();
    } catch (IllegalArgumentException e) {
      parts.metrics.reloadsFailed.inc();
      throw e;
    }
    long startNanos = parts.clock.nanoTime();
    Fetcher before = fetcher;
    boolean keepCaches = job.config().readsLike(with.config());
    fetcher = fresh;
    job = with;
    builder = new TargetBuilder(with.config());
    profile = profile(with);
    metrics.targetLimit.set(with.config().targetLimit());
    loops.replaceAll((hash, loop) -> restarted(loop, keepCaches));
    forceLimit();
    before.close();
    parts
        .metrics
        .reloadLength(with.config().intervalMs())
        .observe((parts.clock.nanoTime() - startNanos) / 1e9);
  }

  private ScrapeLoop restarted(ScrapeLoop old, boolean keepCache) {
    Target target = old.target();
    target.source(new Target.Source(job.config(), target.source().own(), target.source().group()));
    if (keepCache) {
      ScrapeLoop loop = loop(target, old.cache());
      old.stop(loop::start);
      return loop;
    }
    ScrapeLoop loop = loop(target, newCache());
    end(old);
    loop.start();
    return loop;
  }

  /// Stops all loops because the job is gone or the server stops. No series are ended then: should
  /// the job come back, they go on.
  synchronized void stop() {
    loops.values().forEach(ScrapeLoop::stop);
    loops.clear();
    ending.forEach(ScrapeLoop::stop);
    ending.clear();
    fetcher.close();
    metrics.remove();
  }

  synchronized List<Target> active() {
    return loops.values().stream().map(ScrapeLoop::target).toList();
  }

  /// Targets that relabelling dropped, as many as are kept.
  synchronized List<Target> dropped() {
    return dropped;
  }

  synchronized int droppedCount() {
    return droppedCount;
  }
}
