package io.narthex.exporter;

import io.narthex.clock.Clock;
import io.narthex.metrics.Metrics.MetricSink;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// Runs the enabled collectors of an exporter for one scrape and adds how each did:
/// `<namespace>_scrape_collector_success` and `_duration_seconds`. Thread-safe.
public final class CollectorRegistry {

  private static final Logger LOG = System.getLogger(CollectorRegistry.class.getName());

  private final String namespace;
  private final String program;
  private final TreeMap<String, Collector> enabled = new TreeMap<>();
  private final Set<String> known;
  private final Clock clock;

  /// Collectors whose failure is in the log already.
  private final Set<String> failing = ConcurrentHashMap.newKeySet();

  /// @param namespace what metric names begin with, as `node`
  /// @param program name of the exporter in help texts, as `node_exporter`
  /// @param enabled collectors that run
  /// @param known names of all collectors, the disabled ones too
  public CollectorRegistry(
      String namespace,
      String program,
      Collection<? extends Collector> enabled,
      Set<String> known,
      Clock clock) {
    this.namespace = namespace;
    this.program = program;
    this.known = new TreeSet<>(known);
    this.clock = clock;
    enabled.forEach(c -> this.enabled.put(c.name(), c));
  }

  /// Names of the collectors that run, sorted.
  public Set<String> names() {
    return new TreeSet<>(enabled.keySet());
  }

  /// Runs the collectors that the filters leave and hands on their families in exposition order.
  ///
  /// @param collect names of `collect[]`: only these run; empty for all
  /// @param exclude names of `exclude[]`: these do not run
  /// @throws IllegalArgumentException with the text of the answer 400 if the filters are wrong
  public void collect(Set<String> collect, Set<String> exclude, MetricSink sink) {
    Families families = new Families();
    collect(collect, exclude, families);
    families.writeTo(sink);
  }

  /// Like the above, but only adds to `out`.
  public void collect(Set<String> collect, Set<String> exclude, Families out) {
    for (Collector collector : chosen(collect, exclude)) {
      run(collector, out);
    }
  }

  private List<Collector> chosen(Set<String> collect, Set<String> exclude) {
    if (!collect.isEmpty() && !exclude.isEmpty()) {
      throw new IllegalArgumentException("Combined collect and exclude queries are not allowed.");
    }
    List<Collector> chosen = new ArrayList<>();
    for (String name : collect) {
      Collector collector = enabled.get(name);
      if (collector == null) {
        throw new IllegalArgumentException(
            "Couldn't create filtered metrics handler: couldn't create collector: "
                + (known.contains(name) ? "disabled" : "missing")
                + " collector: "
                + name);
      }
      chosen.add(collector);
    }
    if (collect.isEmpty()) {
      chosen.addAll(enabled.values());
      chosen.removeIf(c -> exclude.contains(c.name()));
    }
    return chosen;
  }

  private void run(Collector collector, Families out) {
    String name = collector.name();
    long beginNs = clock.nanoTime();
    boolean success = false;
    try {
      collector.collect(out);
      success = true;
      failing.remove(name);
    } catch (NoDataException e) {
      LOG.log(Level.DEBUG, "collector {0} returned no data: {1}", name, e.getMessage());
    } catch (IOException | RuntimeException e) {
      // One line when it begins to fail, not one a scrape.
      Level level = failing.add(name) ? Level.WARNING : Level.DEBUG;
      LOG.log(level, "collector " + name + " failed: " + e, e instanceof IOException ? null : e);
    }
    double seconds = (clock.nanoTime() - beginNs) / 1e9;
    out.gauge(
            namespace + "_scrape_collector_duration_seconds",
            program + ": Duration of a collector scrape.",
            "collector")
        .add(seconds, name);
    out.gauge(
            namespace + "_scrape_collector_success",
            program + ": Whether a collector succeeded.",
            "collector")
        .add(success ? 1 : 0, name);
  }
}
