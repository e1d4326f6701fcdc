package io.narthex.scrape;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.narthex.model.labels.Labels;
import io.narthex.model.sample.FloatHistogram;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `convert_classic_histograms_to_nhcb`: what becomes of classic histograms, scrape by scrape.
class ClassicHistogramsTest {

  private static final String BODY =
      """
      # TYPE h histogram
      h_bucket{le="1",x="a"} 2
      h_bucket{le="2",x="a"} 2
      h_bucket{le="+Inf",x="a"} 5
      h_sum{x="a"} 7.5
      h_count{x="a"} 5
      # TYPE other counter
      h_count{y="of no histogram"} 1
      """;

  private static StepHarness harness(boolean keep) {
    return new StepHarness(
        draft -> {
          draft.convertClassicHistogramsToNhcb = true;
          draft.alwaysScrapeClassicHistograms = keep;
        },
        Labels.of("job", "j"));
  }

  private static final String OTHER = "{\"h_count\", y=\"of no histogram\"} 1.0";

  @Test
  void aHistogramIsOneSeries() {
    StepHarness t = harness(false);
    assertEquals(List.of(OTHER, "{\"h\", x=\"a\"} 7.5"), t.scrape(BODY));
    FloatHistogram histogram = t.storage.histograms.getFirst();
    assertEquals(5, histogram.count);
    assertArrayEquals(new double[] {1, 2}, histogram.customValues);
    assertArrayEquals(new int[] {0, 3}, histogram.positiveSpans);
    assertArrayEquals(new double[] {2, 0, 3}, histogram.positiveBuckets);
    assertEquals(2, t.lastReport.get(2), "samples scraped");
    assertEquals(2, t.lastReport.get(3), "samples after relabelling");
    assertEquals(2, t.lastReport.get(4), "series added");
    assertEquals(List.of(OTHER, "{\"h\", x=\"a\"} 8.5"), t.scrape(BODY.replace("7.5", "8.5")));
    assertEquals(0, t.lastReport.get(4), "series added");
  }

  @Test
  void classicSeriesAreKeptOnRequest() {
    StepHarness t = harness(true);
    List<String> stored = t.scrape(BODY);
    assertEquals(7, stored.size(), stored.toString());
    assertEquals("{\"h\", x=\"a\"} 7.5", stored.getLast());
    assertEquals(7, t.lastReport.get(2));
  }

  @Test
  void aHistogramThatIsGoneEnds() {
    StepHarness t = harness(false);
    t.scrape(BODY);
    assertEquals(
        List.of("{\"a\"} 1.0", OTHER.replace("1.0", "stale"), "{\"h\", x=\"a\"} stale"),
        t.scrape("a 1\n"));
    assertEquals(List.of("{\"a\"} 1.0"), t.scrape("a 1\n"));
    t.scrape(BODY);
    assertEquals(
        List.of(OTHER.replace("1.0", "stale"), "{\"h\", x=\"a\"} stale"),
        t.fail("down").stream().sorted(java.util.Comparator.reverseOrder()).toList());
    assertEquals(List.of(), t.fail("down"));
    assertEquals(List.of(OTHER, "{\"h\", x=\"a\"} 7.5"), t.scrape(BODY));
  }

  @Test
  void numbersThatContradictEachOtherAreLost() {
    StepHarness t = harness(false);
    assertEquals(
        List.of(OTHER), t.scrape(BODY.replace("h_count{x=\"a\"} 5", "h_count{x=\"a\"} 6")));
    assertEquals(
        List.of(OTHER), t.scrape(BODY.replace("le=\"2\",x=\"a\"} 2", "le=\"2\",x=\"a\"} 1")));
    assertEquals(List.of(OTHER, "{\"h\", x=\"a\"} 7.5"), t.scrape(BODY));
  }

  @Test
  void aHistogramWithTooManyBucketsFailsTheScrape() {
    StepHarness t =
        new StepHarness(
            draft -> {
              draft.convertClassicHistogramsToNhcb = true;
              draft.nativeHistogramBucketLimit = 2;
            },
            Labels.of("job", "j"));
    assertEquals(List.of(), t.scrape(BODY));
    assertEquals("histogram bucket limit exceeded", t.lastError);
    assertEquals(0, t.lastReport.get(0), "up");
    assertEquals(2, t.lastReport.get(2), "samples scraped");
    assertEquals(2, t.lastReport.get(3), "samples after relabelling");
    assertEquals(1, t.metrics.exceededBucketLimit.value());
    String fewer = BODY.replace("h_bucket{le=\"2\",x=\"a\"} 2\n", "");
    assertEquals(List.of(OTHER, "{\"h\", x=\"a\"} 7.5"), t.scrape(fewer));
    assertEquals("", t.lastError);
  }
}
