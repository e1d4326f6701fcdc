package io.narthex.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.narthex.clock.Clock;
import io.narthex.metrics.Metrics.MetricSink;
import io.narthex.metrics.Metrics.Type;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class MetricsTest {

  private final AtomicLong nowNs = new AtomicLong(7);
  private final Metrics metrics =
      new Metrics(
          new Clock() {
            @Override
            public long nowMs() {
              return nowNs.get() / 1_000_000;
            }

            @Override
            public long nanoTime() {
              return nowNs.get();
            }
          });

  @Test
  void familiesComeByNameAndChildrenByValues() {
    metrics.counter("b_total", "B.", "x", "2").inc();
    metrics.counter("b_total", "B.", "x", "10").add(2.5);
    metrics.gauge("c", "C.").set(-1);
    metrics.collector(sink -> {
      sink.family("a", "A.", Type.UNTYPED);
      sink.sample("a", List.of(), 5);
    });
    assertEquals(
        """
        a UNTYPED A.
        a[] 5
        b_total COUNTER B.
        b_total[x, 10] 2.5
        b_total[x, 2] 1
        c GAUGE C.
        c[] -1
        """,
        text());
  }

  @Test
  void sameLabelsInAnyOrderAreTheSameChild() {
    Counter one = metrics.counter("a_total", "A.", "x", "1", "y", "2");
    assertSame(one, metrics.counter("a_total", "A.", "y", "2", "x", "1"));
    metrics.remove("a_total", "y", "2", "x", "1");
    assertEquals("", text());
  }

  @Test
  void aFamilyKeepsItsType() {
    metrics.counter("a_total", "A.");
    assertThrows(IllegalStateException.class, () -> metrics.gauge("a_total", "A."));
    assertThrows(IllegalStateException.class, () -> metrics.counter("b_total", "B.", "x"));
  }

  @Test
  void histogramCountsCumulatively() {
    Histogram histogram = metrics.histogram("h", "H.", new double[] {0.5, 1e6}, "x", "1");
    histogram.observe(0.5);
    histogram.observe(2);
    histogram.observe(2e6);
    assertEquals(
        """
        h HISTOGRAM H.
        h_bucket[x, 1, le, 0.5] 1
        h_bucket[x, 1, le, 1e+06] 2
        h_bucket[x, 1, le, +Inf] 3
        h_sum[x, 1] 2.0000025e+06
        h_count[x, 1] 3
        """,
        text());
  }

  @Test
  void quantilesForgetWhatIsOlderThanTenMinutes() {
    Summary summary = metrics.summary("s", "S.", new double[] {0, 0.5, 0.99, 1});
    for (int i = 100; i >= 1; i--) {
      summary.observe(i);
    }
    assertEquals(quantiles("1", "50", "99", "100", "5050", "100"), text());
    advanceMinutes(7);
    summary.observe(1000);
    assertEquals(quantiles("1", "51", "100", "1000", "6050", "101"), text());
    advanceMinutes(4);
    assertEquals(quantiles("1000", "1000", "1000", "1000", "6050", "101"), text());
    advanceMinutes(100);
    assertEquals(quantiles("NaN", "NaN", "NaN", "NaN", "6050", "101"), text());
  }

  @Test
  void manyObservationsAreSampledFairly() {
    Summary summary = metrics.summary("s", "S.", new double[] {0.5});
    for (int i = 0; i < 100_000; i++) {
      summary.observe(i);
    }
    double[] median = new double[1];
    metrics.collect(
        new MetricSink() {
          @Override
          public void family(String name, String help, Type type) {}

          @Override
          public void sample(String name, List<String> labels, double value) {
            if (name.equals("s")) {
              median[0] = value;
            }
          }
        });
    assertEquals(50_000, median[0], 3_000);
  }

  @Test
  void httpRequestsAreCountedUnderPrometheusNames() {
    HttpMetrics http = new HttpMetrics(metrics, "prometheus");
    http.answered("/api/v1/query", 200, 0.05, 512);
    HttpMetrics.Exposition exposition = http.exposition();
    exposition.begun();
    String text = text();
    assertContains(text, "prometheus_http_requests_total[code, 200, handler, /api/v1/query] 1");
    assertContains(
        text, "prometheus_http_request_duration_seconds_bucket[handler, /api/v1/query, le, 0.1] 1");
    assertContains(
        text, "prometheus_http_response_size_bytes_bucket[handler, /api/v1/query, le, 100] 0");
    assertContains(text, "promhttp_metric_handler_requests_in_flight[] 1");
    assertContains(text, "promhttp_metric_handler_requests_total[code, 503] 0");
    exposition.ended(200);
    assertContains(text(), "promhttp_metric_handler_requests_total[code, 200] 1");
  }

  private static void assertContains(String text, String line) {
    assertEquals(true, text.contains(line + "\n"), () -> line + " is not in\n" + text);
  }

  private static String quantiles(
      String min, String median, String high, String max, String sum, String count) {
    return "s SUMMARY S.\ns[quantile, 0] %s\ns[quantile, 0.5] %s\ns[quantile, 0.99] %s\ns[quantile, 1] %s\ns_sum[] %s\ns_count[] %s\n"
        .formatted(min, median, high, max, sum, count);
  }

  private void advanceMinutes(long minutes) {
    nowNs.addAndGet(minutes * 60_000_000_000L);
  }

  private String text() {
    StringBuilder out = new StringBuilder();
    metrics.collect(
        new MetricSink() {
          @Override
          public void family(String name, String help, Type type) {
            out.append(name).append(' ').append(type).append(' ').append(help).append('\n');
          }

          @Override
          public void sample(String name, List<String> labels, double value) {
            out.append(name).append(labels).append(' ');
            out.append(MetricText.number(value)).append('\n');
          }
        });
    return out.toString();
  }
}
