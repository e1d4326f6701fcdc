package io.narthex.promql.exec.function;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import io.narthex.promql.exec.select.InstantSelector;
import io.narthex.promql.exec.select.Selection;
import io.narthex.promql.exec.series.Column;
import io.narthex.promql.exec.series.EvalException;
import io.narthex.promql.exec.series.Lane;
import io.narthex.promql.exec.series.MaterialSet;
import io.narthex.promql.exec.series.QueryScope;
import io.narthex.promql.exec.series.SameLabels;
import io.narthex.promql.exec.series.SampleTally;
import io.narthex.promql.exec.series.Signatures;
import io.narthex.promql.exec.series.Steps;
import io.narthex.promql.exec.series.VectorSet;
import io.narthex.promql.plan.Plan;
import io.narthex.storage.SelectHints;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// `info`: adds the labels of info metrics, found by `instance` and `job`, to series.
public final class Info {

  private static final List<String> IDENTIFYING = List.of("instance", "job");
  private static final String TARGET_INFO = "target_info";

  private final QueryScope scope;
  private final Steps steps;
  private final SampleTally tally;
  private final List<Matcher> names = new ArrayList<>();
  private final Map<String, List<Matcher>> data = new LinkedHashMap<>();

  /// @param matchers the second argument; empty if there is none
  /// @param tally counts the samples of info metrics
  public Info(QueryScope scope, Steps steps, List<Matcher> matchers, SampleTally tally) {
    this.tally = tally;
    this.scope = scope;
    this.steps = steps;
    for (Matcher matcher : matchers) {
      if (matcher.name().equals(Labels.NAME)) {
        names.add(matcher);
      } else {
        data.computeIfAbsent(matcher.name(), n -> new ArrayList<>()).add(matcher);
      }
    }
  }

  /// The name matchers, made narrow enough to find info metrics only.
  private List<Matcher> nameMatchers() {
    if (names.isEmpty()) {
      return List.of(Matcher.equal(Labels.NAME, TARGET_INFO));
    }
    if (names.stream().anyMatch(m -> !m.type().isNegative())) {
      return names;
    }
    List<Matcher> narrowed = new ArrayList<>(names);
    narrowed.addFirst(Matcher.of(MatchType.REGEXP, Labels.NAME, ".+_info"));
    return narrowed;
  }

  /// @param when which instant the info metrics are looked at
  public VectorSet run(VectorSet base, Plan.When when) {
    boolean[] ignored = new boolean[base.size()];
    Map<String, Set<String>> identities = new TreeMap<>();
    for (int i = 0; i < ignored.length; i++) {
      Labels labels = base.labels(i);
      ignored[i] = nameMatchers().stream().allMatch(m -> m.matches(labels));
      if (!ignored[i]) {
        for (String name : IDENTIFYING) {
          if (labels.has(name)) {
            identities.computeIfAbsent(name, n -> new TreeSet<>()).add(labels.get(name));
          }
        }
      }
    }
    MaterialSet infos = identities.isEmpty() ? new MaterialSet() : infos(identities, when);
    return join(base, ignored, infos);
  }

  private MaterialSet infos(Map<String, Set<String>> identities, Plan.When when) {
    List<Matcher> matchers = new ArrayList<>();
    identities.forEach((name, values) ->
        matchers.add(
            Matcher.of(
                MatchType.REGEXP,
                name,
                String.join("|", values.stream().map(Info::quoted).toList()))));
    data.values().forEach(matchers::addAll);
    matchers.addAll(nameMatchers());
    long lookbackMs = scope.manner().lookbackMs();
    SelectHints hints =
        new SelectHints(
            when.of(steps.startMs()) - lookbackMs + 1,
            when.of(steps.lastMs()),
            steps.stepMs(),
            0,
            "info",
            List.of(),
            false,
            0);
    VectorSet selector =
        new InstantSelector(
            Selection.of(scope, hints, matchers),
            when,
            steps,
            lookbackMs,
            InstantSelector.Part.INFO_TIME,
            tally);
    return MaterialSet.of(scope, selector, steps.count());
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ("\\.+*?()|[]{}^$".indexOf(c) >= 0) {
        out.append('\\');
      }
      out.append(c);
    }
    return out.toString();
  }

  private VectorSet join(VectorSet base, boolean[] ignored, MaterialSet infos) {
    // Info series by what identifies them, metric by metric.
    Signatures signatures = new Signatures(IDENTIFYING, true);
    Map<Integer, Map<String, List<Integer>>> found = new HashMap<>();
    for (int i = 0; i < infos.size(); i++) {
      Labels labels = infos.labels(i);
      found
          .computeIfAbsent(signatures.number(labels), n -> new TreeMap<>())
          .computeIfAbsent(labels.metricName(), n -> new ArrayList<>())
          .add(i);
    }
    MaterialSet result = new MaterialSet();
    Lane lane = scope.lane();
    Column column = lane.borrow(steps.count());
    for (int i = 0; i < ignored.length; i++) {
      base.evaluate(i, lane, column);
      if (ignored[i]) {
        result.add(base.labels(i), base.dropName(i), column.copy());
        continue;
      }
      Map<String, List<Integer>> partners =
          found.getOrDefault(signatures.find(base.labels(i)), Map.of());
      Map<Labels, Column> outs = new LinkedHashMap<>();
      for (int step = 0; step < column.size; step++) {
        if (column.present(step)) {
          step(base.labels(i), column, partners, infos, step, outs);
        }
      }
      int series = i;
      outs.forEach((labels, out) -> result.add(labels, base.dropName(series), out));
    }
    lane.give(column);
    return SameLabels.merge(scope, result, steps.count());
  }

  private void step(
      Labels base,
      Column column,
      Map<String, List<Integer>> partners,
      MaterialSet infos,
      int step,
      Map<Labels, Column> outs) {
    LabelsBuilder added = new LabelsBuilder();
    Set<String> seen = new HashSet<>();
    partners.forEach((metric, series) -> {
      int newest = newest(series, infos, step);
      if (newest >= 0) {
        seen.add(metric);
        collect(base, infos.labels(newest), added);
      }
    });
    if (seen.isEmpty() && !allMatchEmpty()) {
      return;
    }
    LabelsBuilder labels = new LabelsBuilder(base);
    for (int i = 0; i < added.size(); i++) {
      labels.set(added.name(i), added.value(i));
    }
    outs.computeIfAbsent(labels.build(), l -> new Column(column.size)).copy(step, column, step);
  }

  private boolean allMatchEmpty() {
    return data.values().stream().flatMap(List::stream).allMatch(m -> m.matches(""));
  }

  /// Of several info series with one identity the one whose sample is newest.
  private static int newest(List<Integer> series, MaterialSet infos, int step) {
    int newest = -1;
    for (int i : series) {
      Column column = infos.column(i);
      if (!column.present(step)) {
        continue;
      }
      if (newest < 0 || column.values[step] > infos.column(newest).values[step]) {
        newest = i;
      } else if (column.values[step] == infos.column(newest).values[step]) {
        throw EvalException.failed(
            String.format(
                "found duplicate series for info metric: existing %s @ %d, new %s @ %d",
                infos.labels(newest),
                (long) column.values[step],
                infos.labels(i),
                (long) column.values[step]));
      }
    }
    return newest;
  }

  private void collect(Labels base, Labels info, LabelsBuilder added) {
    for (int i = 0; i < info.size(); i++) {
      String name = info.name(i);
      if (name.equals(Labels.NAME) || !data.isEmpty() && !data.containsKey(name)) {
        continue;
      }
      String before = added.get(name);
      if (!before.isEmpty() && !before.equals(info.value(i))) {
        throw EvalException.failed("conflicting label: " + name);
      }
      if (!base.has(name)) {
        added.set(name, info.value(i));
      }
    }
  }
}
