package io.narthex.scrape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.model.labels.Labels;
import io.narthex.model.relabel.RelabelAction;
import io.narthex.model.relabel.RelabelConfig;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What becomes of bodies, one after another.
final class ScrapeStepTest {

  @Test
  void valuesOfASteadyBodyAreStoredWithoutLabels() {
    StepHarness t = new StepHarness();
    assertEquals(List.of("{\"a\"} 1.0", "{\"b\", x=\"y\"} 2.5"), t.scrape("a 1\nb{x=\"y\"} 2.5\n"));
    int withLabels = t.storage.withLabels;
    assertEquals(
        List.of("{\"a\"} 1000.0", "{\"b\", x=\"y\"} 2.5"), t.scrape("a 1000\nb{x=\"y\"} 2.5\n"));
    assertEquals(
        List.of("{\"a\"} 7.0", "{\"b\", x=\"y\"} -0.25"), t.scrape("a 7\nb{x=\"y\"} -0.25"));
    assertEquals(withLabels, t.storage.withLabels);
  }

  @Test
  void aSeriesThatIsGoneEndsOnce() {
    StepHarness t = new StepHarness();
    t.scrape("a 1\nb 2\nc 3\n");
    assertEquals(List.of("{\"a\"} 1.0", "{\"c\"} 3.0", "{\"b\"} stale"), t.scrape("a 1\nc 3\n"));
    assertEquals(List.of("{\"a\"} 1.0", "{\"c\"} 3.0"), t.scrape("a 1\nc 3\n"));
    assertEquals(List.of("{\"a\"} stale", "{\"c\"} stale"), t.scrape(""));
    assertEquals(List.of(), t.scrape(""));
  }

  @Test
  void seriesMayBeInsertedMovedAndComeBack() {
    StepHarness t = new StepHarness();
    t.scrape("a 1\nb 2\nc 3\n");
    assertEquals(
        List.of("{\"n\"} 0.0", "{\"a\"} 1.0", "{\"b\"} 2.0", "{\"m\"} 9.0", "{\"c\"} 4.0"),
        t.scrape("n 0\na 1\nb 2\nm 9\nc 4\n"));
    assertEquals(
        List.of("{\"c\"} 4.0", "{\"m\"} 9.0", "{\"a\"} 1.0", "{\"n\"} stale", "{\"b\"} stale"),
        t.scrape("c 4\nm 9\na 1\n"));
    int withLabels = t.storage.withLabels;
    assertEquals(List.of("{\"a\"} 1.0", "{\"c\"} 5.0", "{\"m\"} 9.0"), t.scrape("a 1\nc 5\nm 9\n"));
    assertEquals(withLabels, t.storage.withLabels);
    assertEquals(
        List.of("{\"b\"} 2.0", "{\"a\"} 1.0", "{\"c\"} 5.0", "{\"m\"} 9.0"),
        t.scrape("b 2\na 1\nc 5\nm 9\n"));
  }

  @Test
  void aNameThatGrowsIsAnotherSeries() {
    StepHarness t = new StepHarness();
    t.scrape("foo 1\n");
    assertEquals(List.of("{\"foobar\"} 1.0", "{\"foo\"} stale"), t.scrape("foobar 1\n"));
    assertEquals(List.of("{\"foo\"} 1.0", "{\"foobar\"} stale"), t.scrape("foo 1\n"));
    assertEquals(
        List.of("{\"foo\", a=\"b\"} 1.0", "{\"foo\"} stale"), t.scrape("foo {a=\"b\"} 1\n"));
  }

  @Test
  void aFailedScrapeEndsAllSeriesOnce() {
    StepHarness t = new StepHarness();
    t.scrape("a 1\nb 2\n");
    assertEquals(List.of("{\"a\"} stale", "{\"b\"} stale"), t.fail("no route"));
    assertEquals("no route", t.lastError);
    assertEquals(TargetHealth.DOWN, t.target.report().health());
    assertEquals(List.of(), t.fail("no route"));
    assertEquals(List.of("{\"a\"} 1.0", "{\"b\"} 3.0"), t.scrape("a 1\nb 3\n"));
    assertEquals(TargetHealth.UP, t.target.report().health());
    assertEquals(List.of("{\"a\"} stale", "{\"b\"} stale"), t.fail("no route"));
  }

  @Test
  void aBrokenBodyStoresNothingAndEndsAllSeries() {
    StepHarness t = new StepHarness();
    t.scrape("a 1\nb 2\n");
    assertEquals(List.of("{\"a\"} stale", "{\"b\"} stale"), t.scrape("a 1\nn 2\nb =\n"));
    assertEquals(
        "strconv.ParseFloat: parsing \"=\": invalid syntax while parsing: \"b =\"", t.lastError);
    assertEquals(List.of("{\"a\"} 1.0", "{\"b\"} 2.0"), t.scrape("a 1\nb 2\n"));
    assertEquals(List.of("{\"a\"} stale", "{\"b\"} stale"), t.scrape("a 1\nb x\n"));
  }

  @Test
  void theSampleLimitFailsTheScrapeButCountsAll() {
    StepHarness t = new StepHarness(d -> d.sampleLimit = 2, Labels.of("job", "j"));
    t.scrape("a 1\nb 2\n");
    assertEquals(List.of("{\"a\"} stale", "{\"b\"} stale"), t.scrape("a 1\nb 2\nc 3\n"));
    assertEquals("sample limit exceeded", t.lastError);
    assertEquals(1, t.metrics.exceededSampleLimit.value());
    assertEquals(List.of(), t.scrape("a 1\nb 2\nc 3\n"));
    assertEquals(List.of("{\"a\"} 1.0", "{\"b\"} 2.0"), t.scrape("a 1\nb 2\n"));
  }

  @Test
  void theFirstOfTwoEqualSeriesIsKept() {
    StepHarness t = new StepHarness();
    assertEquals(List.of("{\"a\"} 1.0", "{\"b\"} 1.0"), t.scrape("a 1\na 2\nb 1\n"));
    assertEquals(1, t.metrics.duplicates.value());
    assertEquals(List.of("{\"a\"} 3.0", "{\"b\"} 1.0"), t.scrape("a 3\na 2\nb 1\n"));
    assertEquals(2, t.metrics.duplicates.value());
    // The one that stayed is no repetition any more.
    assertEquals(List.of("{\"a\"} 2.0", "{\"b\"} 1.0"), t.scrape("a 2\nb 1\n"));
    assertEquals(2, t.metrics.duplicates.value());
    assertEquals(List.of("{\"b\"} 1.0", "{\"a\"} 2.0"), t.scrape("b 1\na 2\nb 1\n"));
    assertEquals(3, t.metrics.duplicates.value());
  }

  @Test
  void seriesWithTimesAreNotEndedUnlessTracked() {
    StepHarness t = new StepHarness();
    t.scrape("a 1 1000000\nb 2\n");
    assertEquals(List.of("{\"b\"} 2.0"), t.scrape("b 2\n"));
    StepHarness tracked =
        new StepHarness(d -> d.trackTimestampsStaleness = true, Labels.of("job", "j"));
    tracked.scrape("a 1 1000000\nb 2\n");
    assertEquals(List.of("{\"b\"} 2.0", "{\"a\"} stale"), tracked.scrape("b 2\n"));
  }

  @Test
  void timesAreHonoredUnlessForbidden() {
    StepHarness t = new StepHarness();
    assertEquals(List.of("{\"a\"} 1.0 @1000005"), t.scrape("a 1 1000005\n"));
    assertEquals(List.of("{\"a\"} 2.0 @1000006"), t.scrape("a 2 1000006\n"));
    assertEquals(List.of("{\"a\"} 2.0 @1000006"), t.scrape("a 2 1000006\n"));
    StepHarness ignoring = new StepHarness(d -> d.honorTimestamps = false, Labels.of("job", "j"));
    assertEquals(List.of("{\"a\"} 1.0"), ignoring.scrape("a 1 1000005\n"));
    assertEquals(List.of("{\"a\"} 1.0"), ignoring.scrape("a 1 1000005\n"));
  }

  @Test
  void samplesTooFarAheadAreRefused() {
    StepHarness t = new StepHarness();
    long ahead = t.clock.nowMs() + 60_000 + ScrapeBatch.MAX_AHEAD_MS;
    assertEquals(
        List.of("{\"a\"} 1.0 @" + ahead), t.scrape("a 1 " + ahead + "\nb 1 " + (ahead + 1)));
    assertEquals(1, t.metrics.outOfBounds.value());
  }

  @Test
  void relabellingDropsAndRenamesOnceForAll() {
    RelabelConfig drop =
        new RelabelConfig(List.of("__name__"), ";", "go_.*", 0, "", "$1", RelabelAction.DROP);
    StepHarness t =
        new StepHarness(d -> d.metricRelabelConfigs = List.of(drop), Labels.of("job", "j"));
    assertEquals(List.of("{\"a\"} 1.0"), t.scrape("go_x 1\na 1\n"));
    assertEquals(List.of("{\"a\"} 2.0"), t.scrape("go_x 5\na 2\n"));
    assertEquals(List.of("{\"a\"} 2.0"), t.scrape("a 2\ngo_x 5\n"));
    assertEquals(List.of("{\"a\"} stale"), t.fail("x"));
  }

  @Test
  void forgottenReferencesAreRepairedAtOnce() {
    StepHarness t = new StepHarness();
    t.scrape("a 1\nb 2\n");
    t.storage.forgetReferences();
    assertEquals(List.of("{\"a\"} 5.0", "{\"b\"} 2.0"), t.scrape("a 5\nb 2\n"));
    int withLabels = t.storage.withLabels;
    assertEquals(List.of("{\"a\"} 6.0", "{\"b\"} 2.0"), t.scrape("a 6\nb 2\n"));
    assertEquals(withLabels, t.storage.withLabels);
  }

  @Test
  void whatStorageRefusesIsOfferedAgainWithLabels() {
    StepHarness t = new StepHarness();
    t.storage.refuse("b");
    assertEquals(List.of("{\"a\"} 1.0"), t.scrape("a 1\nb 2\n"));
    assertEquals(List.of("{\"a\"} 1.0"), t.scrape("a 1\nb 2\n"));
    assertEquals(List.of("{\"a\"} stale"), t.fail("x"));
  }

  @Test
  void boundsKeepTheirNormalTextWhenTheTypeStandsFarAbove() {
    StepHarness t = new StepHarness();
    String body = "# TYPE h histogram\nh_bucket{le=\"1\"} 3\nh_bucket{le=\"+Inf\"} %d\n%s";
    t.scrape(body.formatted(3, ""));
    assertEquals(
        List.of(
            "{\"h_bucket\", le=\"1.0\"} 3.0",
            "{\"h_bucket\", le=\"+Inf\"} 4.0",
            "{\"h_bucket\", le=\"2.0\"} 4.0"),
        t.scrape(body.formatted(4, "h_bucket{le=\"2\"} 4\n")));
  }

  @Test
  void metadataFollowTheComments() {
    StepHarness t = new StepHarness();
    t.scrape("# HELP a one\n# TYPE a counter\na 1\n");
    assertEquals("one", help(t));
    t.scrape("# HELP a two\n# TYPE a counter\na 1\n");
    assertEquals("two", help(t));
    for (int i = 0; i < 10; i++) {
      t.scrape("a 1\n");
    }
    assertEquals("two", help(t));
    for (int i = 0; i < 12; i++) {
      t.scrape("a 1\n");
    }
    assertEquals(0, t.metadata.size());
  }

  private static String help(StepHarness t) {
    return Objects.requireNonNull(t.metadata.get("a")).help();
  }

  @Test
  void openMetricsMustEndEvenIfNothingElseChanged() {
    StepHarness t = new StepHarness();
    t.contentType = "application/openmetrics-text; version=1.0.0";
    assertEquals(List.of("{\"a\"} 1.0"), t.scrape("a 1\n# EOF\n"));
    assertEquals(List.of("{\"a\"} 1.0"), t.scrape("a 1\n# EOF\n"));
    assertEquals(List.of("{\"a\"} stale"), t.scrape("a 1\n"));
    assertEquals("data does not end with # EOF", t.lastError);
    t.scrape("a 1\n# EOF\n");
    t.scrape("a 1\n# EOF\nb 1\n# EOF\n");
    assertEquals("unexpected data after # EOF", t.lastError);
  }

  @Test
  void exemplarsAreReadEachTime() {
    StepHarness t = new StepHarness();
    t.contentType = "application/openmetrics-text; version=1.0.0";
    String body = "a_total 1 # {id=\"x\"} 0.5\n# EOF\n";
    t.scrape(body);
    t.scrape(body);
    assertEquals(2, t.storage.exemplars.size());
    assertEquals(t.clock.nowMs(), t.storage.exemplars.get(1).tMs());
  }

  @Test
  void unknownContentFailsWithoutAFallback() {
    StepHarness t = new StepHarness();
    t.contentType = "";
    t.scrape("a 1\n");
    assertTrue(t.lastError.startsWith("non-compliant scrape target sending blank"), t.lastError);
    StepHarness fallback =
        new StepHarness(d -> d.fallbackProtocol = "PrometheusText0.0.4", Labels.of("job", "j"));
    fallback.contentType = "text/html";
    assertEquals(List.of("{\"a\"} 1.0"), fallback.scrape("a 1\n"));
  }
}
