package io.narthex.exporter;

import io.narthex.metrics.Metrics.MetricSink;
import io.narthex.metrics.Metrics.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// The families of one scrape. Collectors add samples in any order; they are handed on in the order
/// that expositions have: families by name, samples by label values, labels by name. A sample whose
/// labels were there before is dropped, as is a family that was there with another type or help.
/// For one thread.
public final class Families implements MetricSink {

  private final TreeMap<String, Family> byName = new TreeMap<>();
  private Family last = new Family("", "", Type.UNTYPED);

  /// The family of a value that only rises.
  public Family counter(String name, String help, String... labelNames) {
    return get(name, help, Type.COUNTER, labelNames);
  }

  /// The family of a value that goes up and down.
  public Family gauge(String name, String help, String... labelNames) {
    return get(name, help, Type.GAUGE, labelNames);
  }

  /// The family of a value whose type is not known.
  public Family untyped(String name, String help, String... labelNames) {
    return get(name, help, Type.UNTYPED, labelNames);
  }

  /// The family of that name. Samples go to nowhere if it exists with another type or help.
  public Family get(String name, String help, Type type, String... labelNames) {
    Family family = byName.computeIfAbsent(name, n -> new Family(n, help, type));
    if (family.type != type || !family.help.equals(help)) {
      family = new Family(name, help, type);
    }
    family.labelNames = labelNames;
    return family;
  }

  @Override
  public void family(String name, String help, Type type) {
    last = get(name, help, type);
  }

  @Override
  public void sample(String name, List<String> labels, double value) {
    last.addSample(name, labels, value);
  }

  /// Hands on everything, in order.
  public void writeTo(MetricSink sink) {
    byName.values().stream().filter(f -> !f.samples.isEmpty()).forEach(f -> f.writeTo(sink));
  }

  /// A family and its samples.
  public static final class Family {

    private final String name;
    private final String help;
    private final Type type;
    private final List<Sample> samples = new ArrayList<>();
    private String[] labelNames = {};

    private Family(String name, String help, Type type) {
      this.name = name;
      this.help = help;
      this.type = type;
    }

    /// Adds a sample with values for the label names that the family was last asked for with.
    public Family add(double value, String... labelValues) {
      int n = labelNames.length;
      if (n != labelValues.length) {
        throw new IllegalStateException(
            "BUG: " + name + " has " + n + " labels, not " + labelValues.length);
      }
      String[] pairs = new String[2 * n];
      for (int i = 0; i < n; i++) {
        int at = i;
        while (at > 0 && pairs[2 * at - 2].compareTo(labelNames[i]) > 0) {
          pairs[2 * at] = pairs[2 * at - 2];
          pairs[2 * at + 1] = pairs[2 * at - 1];
          at--;
        }
        pairs[2 * at] = labelNames[i];
        pairs[2 * at + 1] = labelValues[i];
      }
      samples.add(new Sample(name, List.of(pairs), value));
      return this;
    }

    /// Adds a sample of the name `sampleName`, which has the suffix of its kind. `pairs` are name,
    /// value ..., by name; `le` and `quantile` come last.
    public void addSample(String sampleName, List<String> pairs, double value) {
      samples.add(new Sample(sampleName, pairs, value));
    }

    private void writeTo(MetricSink sink) {
      sink.family(name, help, type);
      // The sort is stable: the samples of one histogram stay in the order they came in.
      samples.sort(BY_LABELS);
      Set<Sample> seen = new HashSet<>();
      for (Sample sample : samples) {
        if (seen.add(new Sample(sample.name, sample.pairs, 0))) {
          sink.sample(sample.name, sample.pairs, sample.value);
        }
      }
    }
  }

  private record Sample(String name, List<String> pairs, double value) {

    /// Pairs that tell one child of the family from another.
    int identityLength() {
      int size = pairs.size();
      String tail = size == 0 ? "" : pairs.get(size - 2);
      return tail.equals("le") || tail.equals("quantile") ? size - 2 : size;
    }
  }

  /// Fewer labels first, then by label values.
  private static final Comparator<Sample> BY_LABELS =
      (a, b) -> {
        int length = a.identityLength();
        if (length != b.identityLength()) {
          return length - b.identityLength();
        }
        for (int i = 1; i < length; i += 2) {
          int order = a.pairs.get(i).compareTo(b.pairs.get(i));
          if (order != 0) {
            return order;
          }
        }
        return 0;
      };
}
