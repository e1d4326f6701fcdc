package io.narthex.scrape;

import io.narthex.clock.Durations;
import io.narthex.discovery.TargetGroup;
import io.narthex.model.labels.GoQuote;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.relabel.Relabeler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Makes targets of target groups: fills in what the job says, relabels, checks. Immutable.
final class TargetBuilder {

  private static final String INTERVAL = "__scrape_interval__";
  private static final String TIMEOUT = "__scrape_timeout__";

  /// Labels that override the job's histogram settings, and how messages call them.
  private static final Map<String, String> SWITCHES =
      Map.of(
          "__convert_classic_histograms_to_nhcb__", "convert classic histograms to nhcb",
          "__always_scrape_classic_histograms__", "always scrape classic histograms",
          "__scrape_native_histograms__", "scrape native histograms");

  private final ScrapeConfig config;
  private final Relabeler relabeler;

  TargetBuilder(ScrapeConfig config) {
    this.config = config;
    this.relabeler = new Relabeler(config.relabelConfigs(), config.nameValidation());
  }

  /// What came of a group.
  ///
  /// @param dropped targets that relabelling dropped: their labels are empty
  /// @param errors why other targets are not there
  record Built(List<Target> targets, List<Target> dropped, List<String> errors) {}

  /// Makes the targets of all groups.
  Built build(Iterable<TargetGroup> groups) {
    Built built = new Built(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (TargetGroup group : groups) {
      for (int i = 0; i < group.targets().size(); i++) {
        Labels own = group.targets().get(i);
        try {
          add(own, group.labels(), built);
        } catch (IllegalArgumentException e) {
          built.errors.add("instance " + i + " in group " + group.source() + ": " + e.getMessage());
        }
      }
    }
    return built;
  }

  private void add(Labels own, Labels group, Built built) {
    Target target = new Target(populate(own, group), new Target.Source(config, own, group));
    (target.labels().isEmpty() ? built.dropped : built.targets).add(target);
  }

  /// The labels of a target before relabelling.
  static LabelsBuilder discovered(ScrapeConfig config, Labels own, Labels group) {
    LabelsBuilder labels = new LabelsBuilder(own);
    addAbsent(labels, group);
    addAbsent(labels, "job", config.jobName());
    addAbsent(labels, INTERVAL, Durations.format(config.intervalMs()));
    addAbsent(labels, TIMEOUT, Durations.format(config.timeoutMs()));
    addAbsent(labels, "__metrics_path__", config.metricsPath());
    addAbsent(labels, "__scheme__", config.scheme());
    addAbsent(
        labels,
        "__convert_classic_histograms_to_nhcb__",
        Boolean.toString(config.convertClassicHistogramsToNhcb()));
    addAbsent(
        labels,
        "__always_scrape_classic_histograms__",
        Boolean.toString(config.alwaysScrapeClassicHistograms()));
    addAbsent(
        labels, "__scrape_native_histograms__", Boolean.toString(config.scrapeNativeHistograms()));
    config
        .params()
        .forEach((name, values) -> {
          if (!values.isEmpty()) {
            addAbsent(labels, "__param_" + name, values.getFirst());
          }
        });
    return labels;
  }

  private static void addAbsent(LabelsBuilder labels, Labels from) {
    for (int i = 0; i < from.size(); i++) {
      addAbsent(labels, from.name(i), from.value(i));
    }
  }

  private static void addAbsent(LabelsBuilder labels, String name, String value) {
    if (labels.get(name).isEmpty()) {
      labels.set(name, value);
    }
  }

  /// The labels of a target behind relabelling; empty if it is dropped.
  ///
  /// @throws IllegalArgumentException with Prometheus' wording if they do not make a target
  Labels populate(Labels own, Labels group) {
    LabelsBuilder labels = discovered(config, own, group);
    if (!relabeler.process(labels)) {
      return Labels.EMPTY;
    }
    String address = labels.get("__address__");
    if (address.isEmpty() && labels.get(Target.UNIX_SOCKET).isEmpty()) {
      throw new IllegalArgumentException("no address");
    }
    if (address.indexOf('/') >= 0) {
      throw new IllegalArgumentException(GoQuote.quote(address) + " is not a valid hostname");
    }
    checkTimes(labels);
    checkSwitches(labels);
    for (int i = labels.size() - 1; i >= 0; i--) {
      if (labels.name(i).startsWith("__meta_")) {
        labels.remove(labels.name(i));
      }
    }
    if (labels.get("instance").isEmpty()) {
      labels.set("instance", address);
    }
    return labels.build();
  }

  private static void checkTimes(LabelsBuilder labels) {
    long interval = duration(labels, INTERVAL, "scrape interval");
    long timeout = duration(labels, TIMEOUT, "scrape timeout");
    if (timeout > interval) {
      throw new IllegalArgumentException(
          "scrape timeout cannot be greater than scrape interval ("
              + GoQuote.quote(labels.get(TIMEOUT))
              + " > "
              + GoQuote.quote(labels.get(INTERVAL))
              + ")");
    }
  }

  private static long duration(LabelsBuilder labels, String name, String what) {
    long ms;
    try {
      ms = durationMs(labels.get(name));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("error parsing " + what + ": " + e.getMessage(), e);
    }
    if (ms == 0) {
      throw new IllegalArgumentException(what + " cannot be 0");
    }
    return ms;
  }

  static long durationMs(String text) {
    return Durations.parseMs(text);
  }

  private static void checkSwitches(LabelsBuilder labels) {
    SWITCHES.forEach((name, what) -> {
      String value = labels.get(name);
      if (!value.isEmpty() && !isBool(value)) {
        throw new IllegalArgumentException(
            "error parsing "
                + what
                + ": strconv.ParseBool: parsing "
                + GoQuote.quote(value)
                + ": invalid syntax");
      }
    });
  }

  private static boolean isBool(String text) {
    return switch (text) {
      case "1", "t", "T", "true", "TRUE", "True", "0", "f", "F", "false", "FALSE", "False" -> true;
      default -> false;
    };
  }
}
