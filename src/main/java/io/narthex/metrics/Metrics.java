package io.narthex.metrics;

import io.narthex.clock.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/// A registry of families, made once per process and handed down by constructors. Asking twice for
/// the same name and labels gives the same object, so rooms may ask where they need it; hot paths
/// keep what they got. Thread-safe.
///
/// `labels` are always name, value, name, value ..., in any order.
public final class Metrics {

  private final Map<String, Family> families = new ConcurrentSkipListMap<>();
  private final List<Consumer<MetricSink>> collectors = new CopyOnWriteArrayList<>();
  private final Clock clock;

  public Metrics() {
    this(Clock.system());
  }

  /// @param clock moves the windows of summaries
  public Metrics(Clock clock) {
    this.clock = clock;
  }

  /// A value that only rises.
  public Counter counter(String name, String help, String... labels) {
    return family(name, help, Type.COUNTER).child(labels, Counter::new);
  }

  /// A value that goes up and down.
  public Gauge gauge(String name, String help, String... labels) {
    return family(name, help, Type.GAUGE).child(labels, Gauge::new);
  }

  /// A gauge that is asked when it is read; replaces an earlier one.
  public void gaugeFunction(String name, String help, DoubleSupplier value, String... labels) {
    family(name, help, Type.GAUGE).replace(labels, new Function(value));
  }

  /// A counter that is asked when it is read; replaces an earlier one.
  public void counterFunction(String name, String help, DoubleSupplier value, String... labels) {
    family(name, help, Type.COUNTER).replace(labels, new Function(value));
  }

  /// A histogram with classic buckets of the given ascending upper bounds (+Inf is added).
  public Histogram histogram(String name, String help, double[] bounds, String... labels) {
    return family(name, help, Type.HISTOGRAM).child(labels, () -> new Histogram(bounds));
  }

  /// A summary with the given quantiles (0..1) over the last ten minutes.
  public Summary summary(String name, String help, double[] quantiles, String... labels) {
    return family(name, help, Type.SUMMARY).child(labels, () -> new Summary(quantiles, clock));
  }

  /// Removes one child, as when its scrape pool is gone.
  public void remove(String name, String... labels) {
    Family family = families.get(name);
    if (family != null) {
      family.children.remove(key(labels));
    }
  }

  /// Adds a source of families that is asked when metrics are read (process metrics and the like).
  /// Its families must not bear names that are counted here.
  public void collector(Consumer<MetricSink> collector) {
    collectors.add(collector);
  }

  /// Hands every family and sample to `sink`: families by name, children by label values.
  public void collect(MetricSink sink) {
    Map<String, Consumer<MetricSink>> all = new TreeMap<>();
    for (Family family : families.values()) {
      if (!family.children.isEmpty()) {
        all.put(family.name, family::write);
      }
    }
    MetricRecorder recorder = new MetricRecorder();
    collectors.forEach(c -> c.accept(recorder));
    recorder.families().forEach(f -> all.put(f.name(), f::replay));
    all.values().forEach(write -> write.accept(sink));
  }

  private Family family(String name, String help, Type type) {
    Family family = families.computeIfAbsent(name, n -> new Family(n, help, type));
    if (family.type != type) {
      throw new IllegalStateException(
          "BUG: metric " + name + " is a " + family.type + ", not a " + type);
    }
    return family;
  }

  /// Labels sorted by name: the identity of a child and the order in which expositions show them.
  private static List<String> key(String[] labels) {
    if (labels.length % 2 != 0) {
      throw new IllegalStateException("BUG: a label without a value: " + Arrays.toString(labels));
    }
    if (labels.length <= 2) {
      return List.of(labels);
    }
    TreeMap<String, String> sorted = new TreeMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      sorted.put(labels[i], labels[i + 1]);
    }
    List<String> key = new ArrayList<>(labels.length);
    sorted.forEach((name, value) -> {
      key.add(name);
      key.add(value);
    });
    return List.copyOf(key);
  }

  /// Types of families.
  public enum Type {
    COUNTER,
    GAUGE,
    HISTOGRAM,
    SUMMARY,
    UNTYPED
  }

  /// Takes families and samples, in exposition order: all samples of a family directly behind it.
  public interface MetricSink {

    void family(String name, String help, Type type);

    /// A sample of the family last named; `name` carries suffixes like `_sum`.
    void sample(String name, List<String> labels, double value);
  }

  /// A child of a family that can write its samples.
  interface Child {
    void write(String name, List<String> labels, MetricSink sink);
  }

  private record Function(DoubleSupplier value) implements Child {
    @Override
    public void write(String name, List<String> labels, MetricSink sink) {
      sink.sample(name, labels, value.getAsDouble());
    }
  }

  private static final class Family {

    /// By label values, name by name; fewer labels first.
    private static final Comparator<List<String>> BY_VALUES =
        (a, b) -> {
          int length = Math.min(a.size(), b.size());
          for (int i = 1; i < length; i += 2) {
            int order = a.get(i).compareTo(b.get(i));
            if (order != 0) {
              return order;
            }
          }
          return a.size() - b.size();
        };

    private final String name;
    private final String help;
    private final Type type;
    private final Map<List<String>, Child> children = new ConcurrentHashMap<>();

    Family(String name, String help, Type type) {
      this.name = name;
      this.help = help;
      this.type = type;
    }

    @SuppressWarnings(
        "unchecked") // a family has children of one kind, or functions, which are never asked for
    <T extends Child> T child(String[] labels, Supplier<T> make) {
      return (T) children.computeIfAbsent(key(labels), k -> make.get());
    }

    void replace(String[] labels, Child child) {
      children.put(key(labels), child);
    }

    void write(MetricSink sink) {
      sink.family(name, help, type);
      List<Map.Entry<List<String>, Child>> sorted = new ArrayList<>(children.entrySet());
      sorted.sort(Map.Entry.comparingByKey(BY_VALUES));
      sorted.forEach(child -> child.getValue().write(name, child.getKey(), sink));
    }
  }
}
