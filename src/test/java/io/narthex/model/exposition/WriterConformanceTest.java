package io.narthex.model.exposition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.NameEscaping;
import io.narthex.model.sample.Exemplar;
import io.narthex.model.sample.MetricType;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The reference's own tables of families and what they look like.
final class WriterConformanceTest {

  @TestFactory
  Stream<DynamicTest> text() throws IOException {
    return cases("textparse/text_encode.json").map(c -> writing(c, false));
  }

  @TestFactory
  Stream<DynamicTest> openMetrics() throws IOException {
    return cases("textparse/openmetrics_encode.json").map(c -> writing(c, true));
  }

  @TestFactory
  Stream<DynamicTest> negotiation() throws IOException {
    return cases("textparse/content_negotiation.json")
        .map(c ->
            DynamicTest.dynamicTest(
                c.getString("name"),
                () -> {
                  boolean open = c.getBoolean("openmetrics_offered");
                  Set<NegotiatedFormat.Kind> offered = EnumSet.allOf(NegotiatedFormat.Kind.class);
                  if (!open) {
                    offered.remove(NegotiatedFormat.Kind.OPENMETRICS_0_0_1);
                    offered.remove(NegotiatedFormat.Kind.OPENMETRICS_1_0_0);
                  }
                  assertEquals(
                      c.getString("content_type"),
                      NegotiatedFormat.negotiate(
                              c.getString("accept"),
                              offered,
                              open ? NameEscaping.VALUES : NameEscaping.UNDERSCORES)
                          .contentType());
                }));
  }

  @TestFactory
  Stream<DynamicTest> names() throws IOException {
    return cases("parse/name_escaping.json")
        .filter(c -> c.containsKey("name"))
        .map(c ->
            DynamicTest.dynamicTest(
                "'" + c.getString("name") + "'",
                () -> {
                  String name = c.getString("name");
                  assertEquals(c.getString("underscores"), NameEscaping.UNDERSCORES.escape(name));
                  assertEquals(c.getString("dots"), NameEscaping.DOTS.escape(name));
                  assertEquals(c.getString("values"), NameEscaping.VALUES.escape(name));
                  assertEquals(name, NameEscaping.ALLOW_UTF8.escape(name));
                }));
  }

  private static DynamicTest writing(JsonObject c, boolean open) {
    JsonObject family = c.getJsonObject("family");
    return DynamicTest.dynamicTest(
        family.getString("Name"),
        () -> {
          TextBuffer out = new TextBuffer(16);
          ExpositionWriter writer =
              open
                  ? new OpenMetricsWriter(out, NameEscaping.ALLOW_UTF8)
                  : new TextWriter(out, NameEscaping.ALLOW_UTF8);
          boolean created = c.getJsonArray("options", new JsonArray()).contains("WithCreatedLines");
          new FamilyPlayer(writer, family, created).play();
          // Labels of exemplars are a set here, so they come sorted.
          String expected =
              c.getString("text")
                  .replace("{foo=\"baz\",dings=\"bums\"}", "{dings=\"bums\",foo=\"baz\"}");
          assertEquals(expected, out.toString());
        });
  }

  private static Stream<JsonObject> cases(String file) throws IOException {
    String place = System.getenv("NARTHEX_CONFORMANCE");
    Path root = Path.of(place == null ? "../shared/conformance" : place);
    assumeTrue(Files.isDirectory(root), "no conformance data at " + root.toAbsolutePath());
    JsonObject all = new JsonObject(Files.readString(root.resolve(file)));
    return all.getJsonArray("cases").stream().map(JsonObject.class::cast);
  }

  /// Plays a family of `io.prometheus.client` to a writer.
  private record FamilyPlayer(ExpositionWriter writer, JsonObject family, boolean created) {

    void play() {
      JsonArray metrics = family.getJsonArray("Metric");
      MetricType type = MetricType.COUNTER;
      if (family.containsKey("Type")) {
        String text = family.getString("Type");
        type = text.equals("UNTYPED") ? MetricType.UNKNOWN : MetricType.valueOf(text);
      }
      if (!metrics.isEmpty() && metrics.getJsonObject(0).containsKey("Histogram")) {
        type = MetricType.HISTOGRAM;
      }
      writer.family(
          family.getString("Name"), family.getString("Help"), type, family.getString("Unit", ""));
      metrics.forEach(m -> metric((JsonObject) m));
    }

    private void metric(JsonObject metric) {
      String name = family.getString("Name");
      List<String> labels = labels(metric.getJsonArray("Label", new JsonArray()));
      long tMs = metric.getLong("TimestampMs", ExpositionWriter.NO_TIMESTAMP);
      for (String kind : List.of("Counter", "Gauge", "Untyped")) {
        JsonObject simple = metric.getJsonObject(kind);
        if (simple != null) {
          writer.sample(name, labels, number(simple, "Value"), tMs, null);
          created(name.replaceAll("_total$", ""), labels, simple);
        }
      }
      JsonObject summary = metric.getJsonObject("Summary");
      if (summary != null) {
        for (Object q : summary.getJsonArray("Quantile")) {
          JsonObject quantile = (JsonObject) q;
          double at = number(quantile, "Quantile");
          writer.sample(
              name,
              with(labels, "quantile", Double.toString(at)),
              number(quantile, "Value"),
              tMs,
              null);
        }
        writer.sample(name + "_sum", labels, number(summary, "SampleSum"), tMs, null);
        writer.sample(name + "_count", labels, number(summary, "SampleCount"), tMs, null);
        created(name, labels, summary);
      }
      JsonObject histogram = metric.getJsonObject("Histogram");
      if (histogram != null) {
        histogram(name, labels, histogram);
      }
    }

    private void histogram(String name, List<String> labels, JsonObject histogram) {
      String kind = histogram.containsKey("SampleCountFloat") ? "Float" : "";
      double count = number(histogram, "SampleCount" + kind);
      boolean infinite = false;
      for (Object b : histogram.getJsonArray("Bucket")) {
        JsonObject bucket = (JsonObject) b;
        double bound = number(bucket, "UpperBound");
        infinite |= Double.isInfinite(bound);
        double in =
            number(
                bucket,
                bucket.containsKey("CumulativeCountFloat")
                    ? "CumulativeCountFloat"
                    : "CumulativeCount");
        writer.sample(
            name + "_bucket",
            with(labels, "le", go(bound)),
            in,
            ExpositionWriter.NO_TIMESTAMP,
            exemplar(bucket.getJsonObject("Exemplar")));
      }
      if (!infinite) {
        writer.sample(name + "_bucket", with(labels, "le", "+Inf"), count);
      }
      writer.sample(name + "_sum", labels, number(histogram, "SampleSum"));
      writer.sample(name + "_count", labels, count);
      created(name, labels, histogram);
    }

    private void created(String name, List<String> labels, JsonObject of) {
      JsonObject stamp = of.getJsonObject("CreatedTimestamp");
      if (created && stamp != null) {
        writer.sample(name + "_created", labels, seconds(stamp));
      }
    }

    private static double seconds(JsonObject stamp) {
      JsonObject t = stamp.getJsonObject("timestamp");
      return t.getLong("sec") + t.getLong("nsec") / 1e9;
    }

    private static @Nullable Exemplar exemplar(@Nullable JsonObject json) {
      if (json == null) {
        return null;
      }
      JsonObject stamp = json.getJsonObject("Timestamp");
      String[] labels = labels(json.getJsonArray("Label")).toArray(String[]::new);
      long tMs = stamp == null ? 0 : Math.round(seconds(stamp) * 1000);
      return new Exemplar(Labels.of(labels), number(json, "Value"), tMs, stamp != null);
    }

    private static String go(double bound) {
      TextBuffer out = new TextBuffer();
      out.put(bound);
      return out.toString();
    }

    private static List<String> labels(JsonArray json) {
      List<String> labels = new ArrayList<>();
      for (Object label : json) {
        labels.add(((JsonObject) label).getString("Name"));
        labels.add(((JsonObject) label).getString("Value"));
      }
      return labels;
    }

    private static List<String> with(List<String> labels, String name, String value) {
      List<String> all = new ArrayList<>(labels);
      all.add(name);
      all.add(value);
      return all;
    }

    private static double number(JsonObject json, String field) {
      Object value = json.getValue(field);
      return switch (value.toString().toLowerCase(Locale.ROOT)) {
        case "+inf" -> Double.POSITIVE_INFINITY;
        case "-inf" -> Double.NEGATIVE_INFINITY;
        case "nan" -> Double.NaN;
        case String text -> Double.parseDouble(text);
      };
    }
  }
}
