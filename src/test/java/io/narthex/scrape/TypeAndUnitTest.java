package io.narthex.scrape;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.narthex.model.labels.Labels;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `--enable-feature=type-and-unit-labels`: what a target says of a family is in the labels of its
/// series.
class TypeAndUnitTest {

  private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0";

  private static final String BODY =
      """
      # TYPE wait_seconds summary
      # UNIT wait_seconds seconds
      # HELP wait_seconds How long.
      wait_seconds{quantile="0.5"} 1
      wait_seconds_count 2
      # HELP jobs How many.
      # TYPE jobs counter
      jobs_total{__type__="gauge",__unit__="own",x="y"} 3
      # TYPE strange unknown
      strange{__type__="own"} 4
      # UNIT load_ratio ratio
      # TYPE load_ratio gauge
      load_ratio 5
      # EOF
      """;

  private static final List<String> SERIES =
      List.of(
          "{\"wait_seconds\", __type__=\"summary\", __unit__=\"seconds\", quantile=\"0.5\"} 1.0",
          "{\"wait_seconds_count\", __type__=\"summary\", __unit__=\"seconds\"} 2.0",
          "{\"jobs_total\", __type__=\"counter\", __unit__=\"own\", x=\"y\"} 3.0",
          "{\"strange\", __type__=\"own\"} 4.0",
          "{\"load_ratio\", __type__=\"gauge\", __unit__=\"ratio\"} 5.0");

  private static StepHarness harness() {
    StepHarness t =
        new StepHarness(
            draft -> draft.convertClassicHistogramsToNhcb = true,
            Labels.of("job", "j"),
            false,
            true);
    t.contentType = OPEN_METRICS;
    return t;
  }

  @Test
  void familiesLendTheirTypeAndUnit() {
    assertEquals(SERIES, harness().scrape(BODY));
  }

  @Test
  void aSeriesThatComesBetweenKnownOnesGetsThoseOfItsFamily() {
    StepHarness t = harness();
    t.scrape(BODY);
    String more = BODY.replace("wait_seconds_count 2", "wait_seconds_sum 9\nwait_seconds_count 2");
    assertEquals(
        List.of("{\"wait_seconds_sum\", __type__=\"summary\", __unit__=\"seconds\"} 9.0"),
        t.scrape(more).stream().filter(s -> s.contains("_sum")).toList());
  }

  @Test
  void labelsThatAreMadeAnewAreTheSame() {
    StepHarness t = harness();
    t.scrape(BODY);
    t.storage.forgetReferences();
    assertEquals(SERIES, t.scrape(BODY));
  }

  @Test
  void convertedHistogramsHaveThemToo() {
    String body =
        """
        # UNIT took_seconds seconds
        # TYPE took_seconds histogram
        took_seconds_bucket{le="1.0"} 2
        took_seconds_bucket{le="+Inf"} 3
        took_seconds_sum 4
        took_seconds_count 3
        # EOF
        """;
    assertEquals(
        List.of("{\"took_seconds\", __type__=\"histogram\", __unit__=\"seconds\"} 4.0"),
        harness().scrape(body));
  }
}
