package io.narthex.ui;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// A server's state as a test wants it seen, with text in it that would be markup if not escaped.
final class StubModel implements PageModel {

  static final String HOSTILE = "<img src=x onerror=\"document.title='owned'\">";
  static final long NOW_MS = 1_770_000_000_000L;

  volatile String lastError = "";

  /// Targets of one more pool, `fleet`, and as many again in a hundred pools.
  volatile int fleet;

  @Override
  public BuildView build() {
    return new BuildView("0.1.0-test", "abc1234", "main", "ci", "2026-01-31", "25.0.3");
  }

  @Override
  public RuntimeView runtime() {
    return new RuntimeView(
        NOW_MS - 93_784_000,
        "/var/lib/narthex",
        "host-1",
        true,
        NOW_MS - 60_000,
        0,
        24,
        2,
        300L << 20,
        1536L << 20,
        "15d");
  }

  @Override
  public List<TargetPoolView> targetPools() {
    List<TargetView> nodes =
        IntStream.range(0, 3).mapToObj(i -> node("node-" + i + ":9100", "")).toList();
    List<TargetView> api = new ArrayList<>();
    api.add(node("api-1:8080", "Get \"http://api-1:8080/metrics\": connection refused"));
    api.add(
        new TargetView(
            "javascript:alert(1)",
            "javascript:alert(1)",
            "unknown",
            Map.of("instance", HOSTILE),
            Map.of("__address__", HOSTILE),
            0,
            0,
            lastError));
    List<TargetPoolView> pools = new ArrayList<>();
    pools.add(new TargetPoolView("node", nodes));
    pools.add(new TargetPoolView("api-servers", api));
    pools.add(new TargetPoolView("nothing-here", List.of()));
    if (fleet > 0) {
      pools.add(
          new TargetPoolView(
              "fleet",
              IntStream.range(0, fleet).mapToObj(i -> node("fleet-" + i + ":9100", "")).toList()));
      IntStream.range(0, 100)
          .forEach(i ->
              pools.add(
                  new TargetPoolView(
                      "pool-" + i,
                      IntStream.range(0, fleet / 100)
                          .mapToObj(j -> node("host-" + i + "-" + j + ":9100", ""))
                          .toList())));
    }
    return pools;
  }

  private static TargetView node(String address, String error) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("instance", address);
    labels.put("job", "node");
    labels.put("region", "eu-central-1");
    String url = "http://" + address + "/metrics";
    String health = error.isEmpty() ? "up" : "down";
    Map<String, String> discovered = Map.of("__address__", address, "__scheme__", "http");
    return new TargetView(url, url, health, labels, discovered, NOW_MS - 3200, 0.0124, error);
  }

  @Override
  public List<DiscoveryPoolView> discoveryPools() {
    Map<String, String> discovered = new LinkedHashMap<>();
    discovered.put("__address__", "node-0:9100");
    discovered.put("__meta_filepath", "/etc/narthex/nodes.json");
    discovered.put("__metrics_path__", "/metrics");
    discovered.put("__scheme__", "http");
    var kept =
        new DiscoveredTargetView(discovered, Map.of("instance", "node-0:9100", "job", "node"));
    var dropped = new DiscoveredTargetView(Map.of("__address__", "node-9:9100"), Map.of());
    List<DiscoveredTargetView> many = Collections.nCopies(fleet, kept);
    return List.of(
        new DiscoveryPoolView("node", List.of(kept), List.of(dropped), 4),
        new DiscoveryPoolView("fleet", many, Collections.nCopies(fleet, dropped), 2 * fleet));
  }

  @Override
  public TsdbStatusView tsdbStatus(int limit) {
    List<TsdbStatusView.Count> counts =
        IntStream.range(0, Math.min(limit, 12))
            .mapToObj(i -> new TsdbStatusView.Count("http_requests_total_" + i, 4000 / (i + 1)))
            .toList();
    return new TsdbStatusView(
        585_000, 12_400, 1_170_000, NOW_MS - 7_200_000, NOW_MS, counts, counts, counts, List.of());
  }

  @Override
  public String configYaml() {
    return "global:\n  scrape_interval: 15s\nscrape_configs:\n- job_name: \"<script>\"\n";
  }

  @Override
  public List<FlagView> flags() {
    return List.of(
        new FlagView("config.file", "narthex.yml"),
        new FlagView("storage.tsdb.path", "data/"),
        new FlagView("web.listen-address", "0.0.0.0:9090"));
  }
}
