package io.narthex.exporter.node;

import io.narthex.exporter.Families;
import io.narthex.exporter.Families.Family;
import io.narthex.metrics.MetricText;
import io.narthex.metrics.Metrics.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A family read from a text file.
final class TextfileFamily {

  final String name;
  @Nullable String help;
  @Nullable Type type;

  /// By labels, without `le` and `quantile`.
  private final Map<Map<String, String>, Child> children = new LinkedHashMap<>();

  TextfileFamily(String name) {
    this.name = name;
  }

  boolean hasSamples() {
    return !children.isEmpty();
  }

  /// Adds a sample of this family; `suffix` is what its name has beyond the family's.
  void add(String suffix, TreeMap<String, String> labels, double value) {
    boolean histogram = type == Type.HISTOGRAM;
    boolean parts = histogram || type == Type.SUMMARY;
    String bound = parts ? labels.remove(histogram ? "le" : "quantile") : null;
    Child child = children.computeIfAbsent(labels, l -> new Child());
    if (bound != null) {
      child.parts.put(MetricText.number(parse(bound)), value);
    } else if (suffix.equals("_sum")) {
      child.sum = value;
    } else if (suffix.equals("_count")) {
      child.count = value;
    } else {
      child.value = value;
    }
  }

  static double parse(String number) {
    return switch (number) {
      case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(number);
    };
  }

  /// Adds everything to `out`. All samples get the same label names: one that does not have a label
  /// gets it with an empty value.
  void addTo(Families out, String help) {
    Type shown = type == null ? Type.UNTYPED : type;
    Family family = out.get(name, help, shown);
    TreeSet<String> names = new TreeSet<>();
    children.keySet().forEach(labels -> names.addAll(labels.keySet()));
    children.forEach((labels, child) -> {
      List<String> pairs = new ArrayList<>();
      for (String label : names) {
        pairs.add(label);
        pairs.add(labels.getOrDefault(label, ""));
      }
      switch (shown) {
        case HISTOGRAM -> child.histogram(family, name, pairs);
        case SUMMARY -> child.parts(family, name, "quantile", pairs);
        case COUNTER, GAUGE, UNTYPED -> family.addSample(name, List.copyOf(pairs), child.value);
      }
    });
  }

  /// A sample, or the samples of one histogram or summary.
  private static final class Child {
    private final Map<String, Double> parts =
        new TreeMap<>((a, b) -> Double.compare(parse(a), parse(b)));
    private double value;
    private double sum;
    private double count;

    void histogram(Family family, String name, List<String> pairs) {
      parts.put("+Inf", count);
      parts(family, name, "le", pairs);
    }

    void parts(Family family, String name, String label, List<String> pairs) {
      String sample = label.equals("le") ? name + "_bucket" : name;
      parts.forEach((bound, in) -> {
        List<String> own = new ArrayList<>(pairs);
        own.add(label);
        own.add(bound);
        family.addSample(sample, List.copyOf(own), in);
      });
      family.addSample(name + "_sum", List.copyOf(pairs), sum);
      family.addSample(name + "_count", List.copyOf(pairs), count);
    }
  }
}
