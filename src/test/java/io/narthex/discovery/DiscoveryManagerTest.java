package io.narthex.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.narthex.clock.VirtualTimers;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DiscoveryManagerTest {

  private final VirtualTimers time = new VirtualTimers(1_000_000);
  private final Map<String, Fake> running = new HashMap<>();
  private final List<String> events = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final Metrics metrics = new Metrics();
  private final DiscoveryManager manager =
      new DiscoveryManager("scrape", this::create, this::receive, 5000, time, time, metrics);

  private record Config(String mechanism) implements DiscoveryConfig {}

  private final class Fake implements Discoverer {
    private final String name;
    private @Nullable Listener listener;

    Fake(String name) {
      this.name = name;
    }

    @Override
    public void start(Listener to) {
      events.add("start " + name);
      listener = to;
    }

    void tell(String source, String... addresses) {
      List<Labels> targets =
          java.util.Arrays.stream(addresses)
              .map(a -> new LabelsBuilder().add("__address__", a).build())
              .toList();
      if (listener != null) {
        listener.update(List.of(new TargetGroup(source, targets, Labels.EMPTY)));
      }
    }

    @Override
    public void close() {
      events.add("close " + name);
      listener = null;
    }
  }

  private Discoverer create(DiscoveryConfig config, String setName) {
    if (config.mechanism().equals("bad")) {
      throw new IllegalArgumentException("cannot work");
    }
    Fake fake = new Fake(config.mechanism());
    running.put(config.mechanism(), fake);
    return fake;
  }

  private void receive(Map<String, List<TargetGroup>> groups) {
    told.add(
        new TreeMap<>(groups)
            .entrySet().stream()
                .map(e ->
                    e.getKey()
                        + "="
                        + e.getValue().stream()
                            .flatMap(g -> g.targets().stream())
                            .map(t -> t.get("__address__"))
                            .sorted()
                            .toList())
                .collect(Collectors.joining(" ")));
  }

  private void apply(Map<String, List<String>> jobs) {
    Map<String, List<DiscoveryConfig>> configs = new TreeMap<>();
    jobs.forEach((job, names) ->
        configs.put(job, names.stream().<DiscoveryConfig>map(Config::new).toList()));
    manager.apply(configs);
  }

  private Fake fake(String name) {
    Fake fake = running.get(name);
    if (fake == null) {
      throw new AssertionError("no discoverer " + name);
    }
    return fake;
  }

  @Test
  void firstTargetsAreToldSoonLaterOnesAtMostEveryFiveSeconds() {
    apply(Map.of("a", List.of("x")));
    fake("x").tell("0", "h:1");
    time.advance(100);
    assertEquals(List.of("a=[h:1]"), told);
    fake("x").tell("0", "h:2");
    fake("x").tell("1", "h:3");
    time.advance(4900);
    assertEquals(1, told.size(), "not yet five seconds");
    time.advance(100);
    assertEquals(List.of("a=[h:1]", "a=[h:2, h:3]"), told);
    fake("x").tell("1");
    time.advance(5000);
    assertEquals("a=[h:2]", told.getLast(), "an empty group is gone");
  }

  @Test
  void unchangedDiscoverersSurviveReloads() {
    apply(Map.of("a", List.of("x", "y"), "b", List.of("x")));
    assertEquals(List.of("start x", "start y"), events);
    fake("x").tell("0", "h:1");
    fake("y").tell("0", "h:2");
    time.advance(5000);
    assertEquals("a=[h:1, h:2] b=[h:1]", told.getLast());
    events.clear();
    apply(Map.of("a", List.of("x", "z"), "c", List.of("x"), "d", List.of()));
    assertEquals(List.of("close y", "start z"), events);
    time.advance(5000);
    assertEquals("a=[h:1] c=[h:1] d=[]", told.getLast(), "x kept what it had told");
  }

  @Test
  void whatCannotBeMadeIsCounted() {
    apply(Map.of("a", List.of("bad", "x")));
    time.advance(100);
    assertEquals(List.of("a=[]"), told);
    assertEquals(1, metrics.gauge("prometheus_sd_failed_configs", "", "name", "scrape").value());
    apply(Map.of("a", List.of("x")));
    assertEquals(0, metrics.gauge("prometheus_sd_failed_configs", "", "name", "scrape").value());
  }

  @Test
  void nothingIsToldAfterClose() {
    apply(Map.of("a", List.of("x")));
    fake("x").tell("0", "h:1");
    manager.close();
    time.advance(60_000);
    assertEquals(List.of(), told);
    assertEquals(List.of("start x", "close x"), events);
  }

  @Test
  void targetsAreCounted() {
    apply(Map.of("a", List.of("x")));
    fake("x").tell("0", "h:1", "h:2");
    time.advance(100);
    assertEquals(
        2,
        metrics
            .gauge("prometheus_sd_discovered_targets", "", "name", "scrape", "config", "a")
            .value());
    assertEquals(1, metrics.counter("prometheus_sd_updates_total", "", "name", "scrape").value());
  }
}
