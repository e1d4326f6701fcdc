package io.narthex.scrape;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What a job asks its targets for.
class ScrapeProfileTest {

  private static String accept(List<String> protocols) {
    ScrapeConfigDraft draft = new ScrapeConfigDraft();
    draft.jobName = "j";
    draft.protocols = protocols;
    return ScrapeProfile.of(draft.resolve(ScrapeGlobals.DEFAULT), false).accept();
  }

  @Test
  void protobufIsNotAskedForWhereTextWillDo() {
    assertEquals(
        "text/plain;version=0.0.4;q=0.6,*/*;q=0.5",
        accept(List.of("PrometheusProto", "PrometheusText0.0.4")));
    assertEquals(
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
            + "encoding=delimited;q=0.6,*/*;q=0.5",
        accept(List.of("PrometheusProto")));
  }
}
