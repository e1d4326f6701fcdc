package io.narthex.exporter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.narthex.metrics.Metrics;
import io.narthex.metrics.Metrics.Type;
import io.narthex.model.exposition.NegotiatedFormat;
import io.narthex.model.labels.NameEscaping;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExporterPageTest {

  @Test
  void severalSourcesAreMergedByName() {
    Metrics metrics = new Metrics();
    metrics.counter("b_total", "B.", "x", "1").inc();
    metrics.histogram("d", "D.", new double[] {5, 10}).observe(7);
    Families families = new Families();
    families.gauge("c", "C.", "z", "a").add(2, "10", "x").add(1, "9", "x");
    families.untyped("a", "A.").add(Double.NaN);
    assertEquals(
        """
        # HELP a A.
        # TYPE a untyped
        a NaN
        # HELP b_total B.
        # TYPE b_total counter
        b_total{x="1"} 1
        # HELP c C.
        # TYPE c gauge
        c{a="x",z="10"} 2
        c{a="x",z="9"} 1
        # HELP d D.
        # TYPE d histogram
        d_bucket{le="5"} 0
        d_bucket{le="10"} 1
        d_bucket{le="+Inf"} 1
        d_sum 7
        d_count 1
        """,
        text(
            ExporterPage.render(
                format(NegotiatedFormat.Kind.TEXT), families::writeTo, metrics::collect)));
  }

  @Test
  void openMetricsEndsWithEof() {
    Metrics metrics = new Metrics();
    metrics.counter("b_total", "B.").inc();
    assertEquals(
        """
        # HELP b B.
        # TYPE b counter
        b_total 1.0
        # EOF
        """,
        text(
            ExporterPage.render(
                format(NegotiatedFormat.Kind.OPENMETRICS_1_0_0), metrics::collect)));
  }

  @Test
  void contradictionsAreDropped() {
    Families families = new Families();
    families.gauge("a", "A.", "x").add(1, "1").add(2, "1");
    families.counter("a", "A.").add(3);
    families.gauge("a", "other").add(4);
    families.get("e", "E.", Type.GAUGE);
    assertEquals(
        "# HELP a A.\n# TYPE a gauge\na{x=\"1\"} 1\n",
        text(ExporterPage.render(format(NegotiatedFormat.Kind.TEXT), families::writeTo)));
    assertThrows(IllegalStateException.class, () -> families.gauge("b", "B.", "x").add(1));
  }

  @Test
  void sharedNamesKeepTheOrderOfAChild() {
    Families families = new Families();
    families.family("h", "H.", Type.SUMMARY);
    families.sample("h", List.of("x", "2", "quantile", "0.9"), 1);
    families.sample("h_sum", List.of("x", "2"), 2);
    families.sample("h", List.of("x", "1", "quantile", "0.9"), 3);
    families.sample("h_sum", List.of("x", "1"), 4);
    assertEquals(
        """
        # HELP h H.
        # TYPE h summary
        h{x="1",quantile="0.9"} 3
        h_sum{x="1"} 4
        h{x="2",quantile="0.9"} 1
        h_sum{x="2"} 2
        """,
        text(ExporterPage.render(format(NegotiatedFormat.Kind.TEXT), families::writeTo)));
  }

  private static NegotiatedFormat format(NegotiatedFormat.Kind kind) {
    return new NegotiatedFormat(kind, NameEscaping.UNDERSCORES);
  }

  private static String text(byte[] page) {
    return new String(page, StandardCharsets.UTF_8);
  }
}
