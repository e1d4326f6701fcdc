package io.narthex.role;

import io.narthex.api.GlobalUrl;
import io.narthex.api.StatusSource;
import io.narthex.scrape.Target;
import io.narthex.ui.BuildView;
import io.narthex.ui.DiscoveredTargetView;
import io.narthex.ui.DiscoveryPoolView;
import io.narthex.ui.FlagView;
import io.narthex.ui.PageModel;
import io.narthex.ui.RuntimeView;
import io.narthex.ui.TargetPoolView;
import io.narthex.ui.TargetView;
import io.narthex.ui.TsdbStatusView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the pages of the UI show, taken from the state of the server.
final class PageViews implements PageModel {

  private final ServerState state;

  PageViews(ServerState state) {
    this.state = state;
  }

  @Override
  public BuildView build() {
    StatusSource.Build b = state.build();
    return new BuildView(
        b.version(), b.revision(), b.branch(), b.buildUser(), b.buildDate(), b.goVersion());
  }

  @Override
  public RuntimeView runtime() {
    StatusSource.Runtime r = state.runtime();
    Runtime java = Runtime.getRuntime();
    return new RuntimeView(
        r.startTimeMs(),
        r.workingDirectory(),
        r.hostname(),
        r.reloadConfigSuccess(),
        r.lastConfigTimeMs(),
        r.corruptionCount(),
        r.threads(),
        r.processors(),
        java.totalMemory() - java.freeMemory(),
        java.maxMemory(),
        r.storageRetention());
  }

  @Override
  public List<TargetPoolView> targetPools() {
    GlobalUrl global = state.globalUrl();
    List<TargetPoolView> pools = new ArrayList<>();
    new TreeMap<>(state.scrape().activeTargets())
        .forEach((name, targets) ->
            pools.add(
                new TargetPoolView(name, targets.stream().map(t -> view(t, global)).toList())));
    return pools;
  }

  private static TargetView view(Target target, GlobalUrl global) {
    Target.Report report = target.report();
    return new TargetView(
        target.url(),
        global.of(target.url()),
        report.health().text(),
        target.labels().toMap(),
        target.discoveredLabels().toMap(),
        report.lastScrapeMs(),
        report.lastDurationSeconds(),
        report.lastError());
  }

  @Override
  public List<DiscoveryPoolView> discoveryPools() {
    Map<String, List<Target>> dropped = state.scrape().droppedTargets();
    Map<String, Integer> counts = state.scrape().droppedCounts();
    List<DiscoveryPoolView> pools = new ArrayList<>();
    new TreeMap<>(state.scrape().activeTargets())
        .forEach((name, targets) ->
            pools.add(
                new DiscoveryPoolView(
                    name,
                    targets.stream()
                        .map(t ->
                            new DiscoveredTargetView(
                                t.discoveredLabels().toMap(), t.labels().toMap()))
                        .toList(),
                    dropped.getOrDefault(name, List.of()).stream()
                        .map(t -> new DiscoveredTargetView(t.discoveredLabels().toMap(), Map.of()))
                        .toList(),
                    counts.getOrDefault(name, 0))));
    return pools;
  }

  @Override
  public TsdbStatusView tsdbStatus(int limit) {
    StatusSource.TsdbStats s = state.tsdb(limit);
    return new TsdbStatusView(
        s.numSeries(),
        s.numLabelPairs(),
        s.chunkCount(),
        s.minTimeMs(),
        s.maxTimeMs(),
        counts(s.seriesCountByMetricName()),
        counts(s.labelValueCountByLabelName()),
        counts(s.memoryInBytesByLabelName()),
        counts(s.seriesCountByLabelValuePair()));
  }

  private static List<TsdbStatusView.Count> counts(List<StatusSource.Entry> entries) {
    return entries.stream().map(e -> new TsdbStatusView.Count(e.name(), e.value())).toList();
  }

  @Override
  public String configYaml() {
    return state.configYaml();
  }

  @Override
  public List<FlagView> flags() {
    return state.flags().entrySet().stream()
        .map(e -> new FlagView(e.getKey(), e.getValue()))
        .toList();
  }
}
