package io.narthex.scrape;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.narthex.io.http.Fetcher;
import io.narthex.model.exposition.ReferenceData;
import io.narthex.model.labels.Labels;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Start timestamps of targets on their way to storage.
class StartTimestampsTest {

  private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0";
  private static final StartTimestamps STORED = new StartTimestamps(true, false);
  private static final StartTimestamps ZEROS = new StartTimestamps(false, true);

  private static final String BODY =
      """
      # TYPE jobs counter
      jobs_total{x="1",y="2"} 3
      jobs_created{y="2",x="1"} 1000
      jobs_total{x="2"} 4
      # TYPE took histogram
      took_bucket{le="1.0"} 1
      took_bucket{le="+Inf"} 2
      took_created 1000.5
      took_count 2
      took_sum 5
      # TYPE size summary
      size_created 999
      size{quantile="0.5"} 1
      size_count 2
      # TYPE born_created gauge
      born_created 7
      # EOF
      """;

  private static StepHarness harness(StartTimestamps starts) {
    StepHarness t = new StepHarness().with(starts);
    t.contentType = OPEN_METRICS;
    return t;
  }

  @Test
  void createdLinesBecomeTheStartsOfTheirSamples() {
    StepHarness t = harness(STORED);
    List<String> expected =
        List.of(
            "{\"jobs_total\", x=\"1\", y=\"2\"} 3.0 since 1000000",
            "{\"jobs_total\", x=\"2\"} 4.0",
            "{\"took_bucket\", le=\"1.0\"} 1.0 since 1000500",
            "{\"took_bucket\", le=\"+Inf\"} 2.0 since 1000500",
            "{\"took_count\"} 2.0 since 1000500",
            "{\"took_sum\"} 5.0 since 1000500",
            "{\"size\", quantile=\"0.5\"} 1.0 since 999000",
            "{\"size_count\"} 2.0 since 999000",
            "{\"born_created\"} 7.0");
    for (int i = 0; i < 3; i++) {
      assertEquals(expected, t.scrape(BODY));
      // Scraped, left after relabelling, new.
      assertEquals(List.of(9.0, 9.0, i == 0 ? 9.0 : 0.0), t.lastReport.subList(2, 5));
    }
    assertEquals(0, t.storage.zeros);
  }

  /// The reference's own documents, and what starts it finds in them.
  @TestFactory
  Stream<DynamicTest> startsAreThoseOfTheReference() {
    return ReferenceData.cases("textparse/openmetrics_parse.json").stream()
        .filter(c -> !c.getJsonArray("options").contains("type_and_unit_labels"))
        .map(c -> DynamicTest.dynamicTest(c.getString("name"), () -> reference(c)));
  }

  private static void reference(JsonObject c) {
    StepHarness t =
        new StepHarness(d -> d.honorTimestamps = false, Labels.EMPTY, true).with(STORED);
    t.contentType = OPEN_METRICS;
    byte[] input = ReferenceData.input(c.getValue("input"));
    t.scrape(new Fetcher.Body(Arrays.copyOf(input, input.length + 1), input.length, OPEN_METRICS));
    assertEquals("", t.lastError);
    for (Object entry : c.getJsonArray("expected")) {
      JsonObject labels = ((JsonObject) entry).getJsonObject("labels");
      if (labels != null) {
        assertEquals(
            ((JsonObject) entry).getLong("start_timestamp_ms", 0L),
            t.storage.startsMs.get(Labels.ofMap(ReferenceData.strings(labels))),
            labels::toString);
      }
    }
  }

  @Test
  void createdLinesAreSeriesWithoutTheFeature() {
    StepHarness t = harness(StartTimestamps.IGNORED);
    List<String> stored = t.scrape(BODY);
    assertEquals(12, stored.size());
    assertEquals("{\"jobs_created\", x=\"1\", y=\"2\"} 1000.0", stored.get(1));
    assertEquals(0, stored.stream().filter(s -> s.contains("since")).count());
  }

  @Test
  void createdLinesOfTheTextFormatAreSeries() {
    StepHarness t = harness(STORED);
    String text = "# TYPE a counter\na_total 1\n# TYPE a_created gauge\na_created 5\n";
    t.contentType = "text/plain; version=0.0.4";
    assertEquals(List.of("{\"a_total\"} 1.0", "{\"a_created\"} 5.0"), t.scrape(text));
    String openMetrics = "# TYPE a counter\na_total 1\na_created 5\n# EOF\n";
    t.contentType = OPEN_METRICS;
    assertEquals(
        List.of("{\"a_total\"} 1.0 since 5000", "{\"a_created\"} stale"), t.scrape(openMetrics));
    assertEquals(List.of("{\"a_total\"} 1.0 since 5000"), t.scrape(openMetrics));
    t.contentType = "text/plain; version=0.0.4";
    assertEquals(List.of("{\"a_total\"} 1.0", "{\"a_created\"} 5.0"), t.scrape(text));
  }

  @ParameterizedTest
  @CsvSource({"NaN", "+Inf", "-Inf", "0", "-5", "1e300", "0.0001"})
  void aStartThatIsNoTimeIsUnknown(String value) {
    StepHarness t = harness(new StartTimestamps(true, true));
    String body = "# TYPE a counter\na_total 1\na_created " + value + "\n# EOF\n";
    assertEquals(List.of("{\"a_total\"} 1.0"), t.scrape(body));
    assertEquals(0, t.storage.zeros);
  }

  @Test
  void linesThatBelongTogetherAreFoundAgainWhenTheBodyChanges() {
    StepHarness t = harness(STORED);
    t.scrape(BODY);
    String changed = BODY.replace("jobs_total{x=\"1\"", "jobs_total 9\njobs_total{x=\"1\"");
    changed = changed.replace("size_created 999\n", "").replace("# EOF", "size_created 998\n# EOF");
    changed = changed.replace("# TYPE born_created gauge\nborn_created 7\n", "");
    for (int i = 0; i < 2; i++) {
      List<String> stored = t.scrape(changed);
      assertEquals("{\"jobs_total\"} 9.0", stored.get(0));
      assertEquals("{\"jobs_total\", x=\"1\", y=\"2\"} 3.0 since 1000000", stored.get(1));
      assertEquals("{\"size_count\"} 2.0 since 998000", stored.get(8));
    }
    String without = changed.replaceAll("(?m)^[a-z]+_created.*\n", "");
    assertEquals(List.of(), t.scrape(without).stream().filter(s -> s.contains("since")).toList());
  }

  @Test
  void startsAreStagedAgainWithTheSamplesThatStorageHadForgotten() {
    StepHarness t = harness(STORED);
    String body = "# TYPE a counter\na_total 1\na_created 5\n# EOF\n";
    t.scrape(body);
    t.storage.forgetReferences();
    assertEquals(List.of("{\"a_total\"} 1.0 since 5000"), t.scrape(body));
  }

  @Test
  void convertedHistogramsHaveTheirStart() {
    StepHarness t =
        new StepHarness(d -> d.convertClassicHistogramsToNhcb = true, Labels.of("job", "j"))
            .with(new StartTimestamps(true, true));
    t.contentType = OPEN_METRICS;
    String body =
        """
        # TYPE took histogram
        took_bucket{le="1.0"} 1
        took_created 1010.5
        took_bucket{le="+Inf"} 2
        took_count 2
        took_sum 5
        # EOF
        """;
    assertEquals(
        List.of("{\"took\"} 0.0 @1010500", "{\"took\"} 5.0 since 1010500"), t.scrape(body));
    assertEquals(List.of("{\"took\"} 5.0 since 1010500"), t.scrape(body));
    assertEquals(1, t.storage.zeros);
  }

  @Test
  void aZeroIsAskedForOnceAStart() {
    StepHarness t = harness(ZEROS);
    String body = "# TYPE a counter\na_total 4\na_created 1010\n# EOF\n";
    assertEquals(List.of("{\"a_total\"} 0.0 @1010000", "{\"a_total\"} 4.0"), t.scrape(body));
    assertEquals(List.of(1.0, 1.0, 1.0), t.lastReport.subList(2, 5));
    assertEquals(List.of("{\"a_total\"} 4.0"), t.scrape(body));
    assertEquals(1, t.storage.zeros);
    // The target has begun anew, behind the second scrape at 1120.
    String restarted = body.replace("4", "1").replace("1010", "1130.25");
    assertEquals(List.of("{\"a_total\"} 0.0 @1130250", "{\"a_total\"} 1.0"), t.scrape(restarted));
    assertEquals(List.of(1.0, 1.0, 0.0), t.lastReport.subList(2, 5));
    assertEquals(List.of("{\"a_total\"} 1.0"), t.scrape(restarted));
    assertEquals(2, t.storage.zeros);
  }

  @Test
  void aSeriesThatWasNotTakenAsksAgain() {
    StepHarness t = harness(ZEROS);
    t.storage.refuse("a_total");
    String body = "# TYPE a counter\na_total 4\na_created 1010\n# EOF\n";
    t.scrape(body);
    t.scrape(body);
    assertEquals(2, t.storage.zeros);
  }

  @Test
  void aScrapeThatExceedsALimitChangesNothing() {
    StepHarness t =
        new StepHarness(d -> d.sampleLimit = 1, Labels.of("job", "j"))
            .with(new StartTimestamps(true, true));
    t.contentType = OPEN_METRICS;
    String body = "# TYPE a counter\na_total 4\na_created 1010\n# TYPE b gauge\nb 1 1\n# EOF\n";
    t.scrape(body);
    assertEquals("sample limit exceeded", t.lastError);
    // The second one is too far ahead now, and out.
    assertEquals(
        List.of("{\"a_total\"} 0.0 @1010000", "{\"a_total\"} 4.0 since 1010000"),
        t.scrape(body.replace("b 1 1\n", "b 1 9999999\n")));
    assertEquals("", t.lastError);
  }

  @Test
  void zerosThatWereLostAreAskedForAgain() {
    StepHarness t = harness(ZEROS);
    String body = "# TYPE a counter\na_total 4\na_created 1010\n# EOF\n";
    t.scrape(body.replace("a_created 1010\n", ""));
    t.storage.failNext();
    t.scrape(body.replace("1010", "1070"));
    assertEquals(
        List.of("{\"a_total\"} 0.0 @1070000", "{\"a_total\"} 4.0"),
        t.scrape(body.replace("1010", "1070")));
  }
}
