package io.narthex.scrape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.clock.VirtualTimers;
import io.narthex.discovery.TargetGroup;
import io.narthex.io.http.BodyPool;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.model.relabel.RelabelAction;
import io.narthex.model.relabel.RelabelConfig;
import io.narthex.storage.RecordingAppendable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Pools and loops on a virtual clock: when they scrape, what they keep, what they end.
final class ScrapeManagerTest {

  private static final String URL = "http://h:1/metrics";

  private final VirtualTimers clock = new VirtualTimers(1_700_000_000_123L);
  private final RecordingAppendable storage = new RecordingAppendable();
  private final VirtualFetcher fetcher = new VirtualFetcher(clock);
  private final List<String> failures = new ArrayList<>();
  private final ScrapeManager manager =
      new ScrapeManager(
          ScrapeOptions.of(7, "test"),
          storage,
          clock,
          clock,
          Runnable::run,
          new BodyPool(),
          file -> new JsonFailureLog(clock, failures::add, () -> {}),
          new Metrics());

  private ScrapeJob job(Consumer<ScrapeConfigDraft> configure) {
    ScrapeConfigDraft draft = new ScrapeConfigDraft();
    draft.jobName = "j";
    draft.intervalMs = 10_000;
    draft.timeoutMs = 5_000;
    configure.accept(draft);
    return new ScrapeJob(draft.resolve(ScrapeGlobals.DEFAULT), fetcher.source("a"));
  }

  private void found(String... addresses) {
    List<Labels> targets = Stream.of(addresses).map(a -> Labels.of("__address__", a)).toList();
    manager.sync(Map.of("j", List.of(new TargetGroup("s", targets, Labels.EMPTY))));
  }

  private void startWith(Consumer<ScrapeConfigDraft> configure, String... addresses) {
    manager.apply(List.of(job(configure)));
    found(addresses);
    clock.advance(0);
  }

  private List<Target> active() {
    return manager.activeTargets().getOrDefault("j", List.of());
  }

  private List<Target> dropped() {
    return manager.droppedTargets().getOrDefault("j", List.of());
  }

  private List<String> metric(String name) {
    return storage.stored.stream()
        .filter(s -> s.labels().metricName().equals(name))
        .map(s -> s.toString().replaceAll("\\{.*\\} ", ""))
        .toList();
  }

  private List<Long> times(String name) {
    return storage.stored.stream()
        .filter(s -> s.labels().metricName().equals(name))
        .map(RecordingAppendable.Stored::tMs)
        .toList();
  }

  @Test
  void loopsThatBeginAfterAChangeOfTheSeedHaveTheNewOffset() {
    fetcher.bodies.put(URL, "a 1\n");
    fetcher.bodies.put("http://h:2/metrics", "b 1\n");
    startWith(d -> {}, "h:1");
    manager.offsetSeed(8);
    found("h:1", "h:2");
    clock.advance(60_000);
    assertEquals(offset("h:1", 7), times("a").getFirst() % 10_000);
    assertEquals(offset("h:2", 8), times("b").getFirst() % 10_000);
    assertEquals(List.of(10_000L), steps(times("a")));
    assertNotEquals(offset("h:2", 7), offset("h:2", 8));
  }

  private long offset(String instance, long seed) {
    Target target =
        active().stream()
            .filter(t -> t.labels().get("instance").equals(instance))
            .findFirst()
            .orElseThrow();
    return target.offsetMs(10_000, seed, 0);
  }

  private static List<Long> steps(List<Long> times) {
    return IntStream.range(1, times.size())
        .mapToObj(i -> times.get(i) - times.get(i - 1))
        .distinct()
        .toList();
  }

  @Test
  void scrapesAreEquallyFarApartAndDependOnTheTargetAlone() {
    fetcher.bodies.put(URL, "a 1\n");
    startWith(d -> {}, "h:1");
    clock.advance(30_000);
    List<Long> times = times("a");
    assertEquals(3, times.size());
    assertEquals(10_000, times.get(1) - times.get(0));
    assertEquals(10_000, times.get(2) - times.get(1));
    Target target = active().getFirst();
    assertEquals(
        Long.remainderUnsigned(target.hash() ^ 7, 10_000), Math.floorMod(times.get(0), 10_000L));
  }

  @Test
  void aTickThatIsATrifleLateGetsTheTimeAtWhichItWasDue() {
    fetcher.bodies.put(URL, "a 1\n");
    startWith(d -> {}, "h:1");
    clock.advance(10_000);
    long first = times("a").getFirst();
    clock.advance(first + 10_000 - 1 - clock.nowMs());
    clock.hang(3);
    clock.runDue();
    clock.advance(first + 20_000 - 1 - clock.nowMs());
    clock.hang(20);
    clock.runDue();
    clock.advance(10_000);
    assertEquals(List.of(first, first + 10_000, first + 20_019, first + 30_000), times("a"));
  }

  @Test
  void ticksAreLeftOutWhileAScrapeIsUnderWay() {
    fetcher.bodies.put(URL, "a 1\n");
    fetcher.latencyMs = 15_000;
    startWith(d -> {}, "h:1");
    clock.advance(60_000);
    assertEquals(3, fetcher.requests.size());
  }

  @Test
  void theReportIsStoredWithEveryScrape() {
    fetcher.bodies.put(URL, "a 1\nb 2\n");
    startWith(d -> d.extraScrapeMetrics = true, "h:1");
    clock.advance(10_000);
    assertEquals(1, storage.commits);
    fetcher.bodies.remove(URL);
    clock.advance(10_000);
    assertEquals(2, storage.commits);
    List<Double> up = values("up");
    assertEquals(List.of(1.0, 0.0), up);
    assertEquals(List.of(2.0, 0.0), values("scrape_samples_scraped"));
    assertEquals(List.of(2.0, 0.0), values("scrape_samples_post_metric_relabeling"));
    assertEquals(List.of(2.0, 0.0), values("scrape_series_added"));
    assertEquals(List.of(5.0, 5.0), values("scrape_timeout_seconds"));
    assertEquals(List.of(8.0, 0.0), values("scrape_body_size_bytes"));
    assertEquals(
        "{__name__=\"up\", instance=\"h:1\", job=\"j\"}",
        storage.stored.stream()
            .filter(s -> s.labels().metricName().equals("up"))
            .findFirst()
            .orElseThrow()
            .labels()
            .toString());
  }

  private List<Double> values(String name) {
    return storage.stored.stream()
        .filter(s -> s.labels().metricName().equals(name))
        .map(RecordingAppendable.Stored::value)
        .toList();
  }

  @Test
  void aTargetThatIsGoneEndsTwoIntervalsAndATenthLater() {
    fetcher.bodies.put(URL, "a 1\n");
    startWith(d -> {}, "h:1");
    clock.advance(10_000);
    found();
    clock.advance(5_000);
    int scrapes = metric("a").size();
    long last = times("a").getLast();
    clock.advance(last + 20_999 - clock.nowMs());
    assertEquals(scrapes, metric("a").size());
    clock.advance(1);
    assertEquals("stale @" + (last + 10_000), metric("a").getLast());
    assertEquals("stale @" + (last + 10_000), metric("up").getLast());
    clock.advance(100_000);
    assertEquals(scrapes + 1, metric("a").size());
  }

  @Test
  void aTargetThatComesBackIsNotEnded() {
    fetcher.bodies.put(URL, "a 1\n");
    startWith(d -> {}, "h:1");
    clock.advance(10_000);
    found();
    clock.advance(5_000);
    found("h:1");
    clock.advance(60_000);
    assertTrue(metric("a").stream().noneMatch(s -> s.contains("stale")), metric("a").toString());
  }

  @Test
  void stoppingTheServerEndsNothing() {
    fetcher.bodies.put(URL, "a 1\n");
    startWith(d -> {}, "h:1", "h:2");
    clock.advance(10_000);
    int stored = storage.stored.size();
    found("h:1");
    manager.close();
    clock.advance(100_000);
    assertEquals(stored, storage.stored.size());
    assertEquals(1, fetcher.closed);
  }

  @Test
  void anUnchangedJobDoesNotNoticeAReload() {
    fetcher.bodies.put(URL, "a 1\n");
    startWith(d -> {}, "h:1");
    clock.advance(10_000);
    Target before = active().getFirst();
    manager.apply(List.of(job(d -> {})));
    clock.advance(10_000);
    assertEquals(1, fetcher.opened);
    assertEquals(before, active().getFirst());
    assertEquals(2, metric("a").size());
  }

  @Test
  void aChangedJobGoesOnWithoutAGap() {
    fetcher.bodies.put(URL, "a 1\n");
    startWith(d -> {}, "h:1");
    clock.advance(10_000);
    int withLabels = storage.withLabels;
    manager.apply(List.of(job(d -> d.sampleLimit = 50)));
    clock.advance(10_000);
    assertEquals(2, fetcher.opened);
    assertEquals(2, metric("a").size());
    // The report series are asked for anew, the target's own are remembered.
    assertEquals(withLabels + 5, storage.withLabels);
    clock.advance(60_000);
    assertTrue(metric("a").stream().noneMatch(s -> s.contains("stale")));
  }

  @Test
  void changedRelabellingIsAppliedToAllSeries() {
    fetcher.bodies.put(URL, "a 1\n");
    startWith(d -> {}, "h:1");
    clock.advance(10_000);
    RelabelConfig rename =
        new RelabelConfig(List.of("__name__"), ";", "a", 0, "__name__", "b", RelabelAction.REPLACE);
    manager.apply(List.of(job(d -> d.metricRelabelConfigs = List.of(rename))));
    clock.advance(40_000);
    assertTrue(metric("b").size() >= 3, metric("b").toString());
    assertEquals("stale", metric("a").getLast().substring(0, 5));
  }

  @Test
  void tooManyTargetsFailAll() {
    fetcher.bodies.put(URL, "a 1\n");
    startWith(d -> d.targetLimit = 1, "h:1", "h:2");
    clock.advance(10_000);
    assertEquals(List.of(), metric("a"));
    assertEquals(0, fetcher.requests.size());
    assertEquals(List.of(0.0, 0.0), values("up"));
    assertEquals(
        "target_limit exceeded (number of targets: 2, limit: 1)",
        active().getFirst().report().lastError());
    found("h:1");
    clock.advance(20_000);
    assertNotEquals(List.of(), metric("a"));
  }

  @Test
  void equalTargetsAreScrapedOnceAndDroppedOnesAreKept() {
    RelabelConfig drop =
        new RelabelConfig(List.of("__address__"), ";", "x.*", 0, "", "$1", RelabelAction.DROP);
    startWith(
        d -> {
          d.relabelConfigs = List.of(drop);
          d.keepDroppedTargets = 1;
        },
        "h:1",
        "h:1",
        "x:1",
        "x:2");
    assertEquals(1, active().size());
    assertEquals(1, dropped().size());
    assertEquals(2, manager.droppedCounts().get("j"));
    assertEquals("x:1", dropped().getFirst().discoveredLabels().get("__address__"));
  }

  @Test
  void failedScrapesAreLogged() {
    startWith(d -> d.failureLogFile = "f.log", "h:1");
    clock.advance(10_000);
    assertEquals(1, failures.size());
    assertTrue(
        failures
            .getFirst()
            .endsWith(
                "\"level\":\"ERROR\",\"msg\":\"connection refused\",\"job_name\":\"j\","
                    + "\"target\":\"http://h:1/metrics\"}\n"),
        failures.getFirst());
  }

  @Test
  void requestsSayWhatTheyWant() {
    startWith(
        d -> {
          d.params = Map.of("module", List.of("http 2xx", "b"));
          d.timeoutMs = 2_500;
        },
        "h:1");
    clock.advance(10_000);
    var request = fetcher.requests.getFirst();
    assertEquals("http://h:1/metrics?module=http+2xx&module=b", request.url());
    assertEquals("Narthex/test", request.headers().get("User-Agent"));
    assertEquals("2.5", request.headers().get("X-Prometheus-Scrape-Timeout-Seconds"));
    assertEquals("gzip", request.headers().get("Accept-Encoding"));
    assertEquals(2_500, request.timeoutMs());
  }
}
