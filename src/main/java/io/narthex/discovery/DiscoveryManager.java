package io.narthex.discovery;

import io.narthex.clock.Clock;
import io.narthex.clock.Timers;
import io.narthex.metrics.Metrics;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Runs the discoverers of all jobs and tells what they find, all groups of all jobs at once: the
/// first time soon, then at most once per interval. A discoverer whose configuration some job still
/// has after a reload goes on running, and its targets with it. Thread-safe.
public final class DiscoveryManager implements AutoCloseable {

  private static final Logger LOG = System.getLogger(DiscoveryManager.class.getName());

  /// How often targets are told at most.
  public static final long UPDATE_INTERVAL_MS = 5000;

  /// How long to wait for more where nothing was told lately.
  private static final long PROMPT_MS = 100;

  private final DiscovererFactory factory;
  private final Consumer<Map<String, List<TargetGroup>>> receiver;
  private final long intervalMs;
  private final Clock clock;
  private final Timers timers;
  private final DiscoveryMetrics metrics;

  private final Object lock = new Object();
  private final Map<DiscoveryConfig, Provider> providers = new LinkedHashMap<>();
  private Set<String> names = Set.of();
  private long lastSentNanos;
  private boolean hasSent;
  private Timers.@Nullable Timer planned;
  private boolean isClosed;

  /// @param name of the manager in metrics: `scrape` or `notify`
  /// @param receiver takes all groups by job; must return at once; called one at a time
  public DiscoveryManager(
      String name,
      DiscovererFactory factory,
      Consumer<Map<String, List<TargetGroup>>> receiver,
      long intervalMs,
      Clock clock,
      Timers timers,
      Metrics metrics) {
    this.factory = factory;
    this.receiver = receiver;
    this.intervalMs = intervalMs;
    this.clock = clock;
    this.timers = timers;
    this.metrics = new DiscoveryMetrics(metrics, name);
  }

  /// A running discoverer, the jobs it runs for and what it found.
  private static final class Provider {
    final Discoverer discoverer;
    final Map<String, TargetGroup> groups = new LinkedHashMap<>();
    Set<String> jobs = new HashSet<>();

    Provider(Discoverer discoverer) {
      this.discoverer = discoverer;
    }
  }

  /// Goes on with these configurations, by job.
  public void apply(Map<String, List<DiscoveryConfig>> wanted) {
    List<Discoverer> stopped;
    List<Provider> started = new ArrayList<>();
    synchronized (lock) {
      if (isClosed) {
        return;
      }
      Map<DiscoveryConfig, Set<String>> jobs = new LinkedHashMap<>();
      new TreeMap<>(wanted)
          .forEach((job, configs) ->
              configs.forEach(c -> jobs.computeIfAbsent(c, x -> new HashSet<>()).add(job)));
      stopped = removeUnwanted(jobs);
      int failed = 0;
      for (Map.Entry<DiscoveryConfig, Set<String>> entry : jobs.entrySet()) {
        if (!register(entry.getKey(), entry.getValue(), started)) {
          failed++;
        }
      }
      metrics.failedConfigs.set(failed);
      names.stream().filter(job -> !wanted.containsKey(job)).forEach(metrics::remove);
      names = Set.copyOf(wanted.keySet());
      plan();
    }
    // Neither may hold the lock: discoverers may be telling something right now.
    stopped.forEach(Discoverer::close);
    started.forEach(p -> p.discoverer.start(groups -> update(p, groups)));
  }

  private List<Discoverer> removeUnwanted(Map<DiscoveryConfig, Set<String>> wanted) {
    List<Discoverer> stopped = new ArrayList<>();
    for (Iterator<Map.Entry<DiscoveryConfig, Provider>> it = providers.entrySet().iterator();
        it.hasNext(); ) {
      Map.Entry<DiscoveryConfig, Provider> entry = it.next();
      if (!wanted.containsKey(entry.getKey())) {
        stopped.add(entry.getValue().discoverer);
        it.remove();
      }
    }
    return stopped;
  }

  private boolean register(DiscoveryConfig config, Set<String> jobs, List<Provider> started) {
    Provider running = providers.get(config);
    if (running != null) {
      running.jobs = jobs;
      return true;
    }
    String first = jobs.iterator().next();
    try {
      Provider provider = new Provider(factory.create(config, first));
      provider.jobs = jobs;
      providers.put(config, provider);
      started.add(provider);
      return true;
    } catch (IllegalArgumentException e) {
      LOG.log(
          Level.ERROR,
          () ->
              "Cannot create service discovery: err="
                  + e.getMessage()
                  + " type="
                  + config.mechanism()
                  + " config="
                  + first);
      return false;
    }
  }

  private void update(Provider provider, List<TargetGroup> groups) {
    synchronized (lock) {
      metrics.receivedUpdates.inc();
      for (TargetGroup group : groups) {
        if (group.targets().isEmpty()) {
          provider.groups.remove(group.source());
        } else {
          provider.groups.put(group.source(), group);
        }
      }
      plan();
    }
  }

  private void plan() {
    if (isClosed) {
      return;
    }
    if (planned != null) {
      metrics.delayedUpdates.inc();
      return;
    }
    long sinceMs = (clock.nanoTime() - lastSentNanos) / 1_000_000;
    long delayMs = hasSent ? Math.max(PROMPT_MS, intervalMs - sinceMs) : PROMPT_MS;
    planned = timers.after(delayMs, this::send);
  }

  private void send() {
    Map<String, List<TargetGroup>> all;
    synchronized (lock) {
      planned = null;
      if (isClosed) {
        return;
      }
      hasSent = true;
      lastSentNanos = clock.nanoTime();
      all = found();
      long nowMs = clock.nowMs();
      all.forEach((job, groups) ->
          metrics.sent(job, groups.stream().mapToInt(g -> g.targets().size()).sum(), nowMs));
      metrics.sentUpdates.inc();
    }
    receiver.accept(all);
  }

  private Map<String, List<TargetGroup>> found() {
    Map<String, List<TargetGroup>> all = new HashMap<>();
    names.forEach(job -> all.put(job, new ArrayList<>()));
    for (Provider provider : providers.values()) {
      for (String job : provider.jobs) {
        all.computeIfAbsent(job, x -> new ArrayList<>()).addAll(provider.groups.values());
      }
    }
    return all;
  }

  /// Stops all discoverers. Nothing is told afterwards.
  @Override
  public void close() {
    List<Provider> running;
    synchronized (lock) {
      isClosed = true;
      if (planned != null) {
        planned.cancel();
      }
      running = List.copyOf(providers.values());
      providers.clear();
    }
    running.forEach(p -> p.discoverer.close());
  }
}
