package io.narthex.cli.check;

import io.narthex.model.labels.Labels;
import io.narthex.model.sample.MetricType;
import java.util.LinkedHashMap;
import java.util.Map;

/// A metric family of an exposition, as far as lint cares.
final class Family {

  final String name;
  boolean hasHelp;
  boolean hasType;
  MetricType type = MetricType.UNKNOWN;

  /// Samples by the labels of their metric, those of buckets and quantiles left out; a metric that
  /// stands there more often counts once for each time.
  final Map<Labels, Metric> metrics = new LinkedHashMap<>();

  /// @see #metrics
  static final class Metric {
    int times;

    /// Bounds or quantiles.
    int parts;
  }

  Family(String name) {
    this.name = name;
  }

  /// Whether samples of a metric have names of their own.
  boolean isCompound() {
    return type == MetricType.HISTOGRAM || type == MetricType.SUMMARY;
  }

  /// The label that tells parts of a metric apart; empty if there is none.
  private String partLabel() {
    return switch (type) {
      case HISTOGRAM -> Labels.BUCKET;
      case SUMMARY -> "quantile";
      default -> "";
    };
  }

  /// Adds a sample.
  ///
  /// @param labels without the name
  void add(Labels labels) {
    String part = partLabel();
    Metric metric = metrics.computeIfAbsent(labels.without(part), l -> new Metric());
    if (!isCompound()) {
      metric.times++;
    } else {
      metric.times = 1;
      metric.parts += labels.has(part) ? 1 : 0;
    }
  }

  /// How many metrics there are.
  int count() {
    return metrics.values().stream().mapToInt(m -> m.times).sum();
  }

  /// How many series all of it makes.
  int cardinality() {
    if (!isCompound()) {
      return count();
    }
    return count() * (2 + metrics.values().iterator().next().parts);
  }
}
