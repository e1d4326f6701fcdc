package io.narthex.api.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.promql.value.Value;
import io.narthex.storage.SampleBuffer;
import io.narthex.testing.Cases;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Values as the reference writes them, read and written again.
class ValueShapesConformanceTest {

  /// Schema of all histograms of the cases: buckets grow by 2^(1/8).
  private static final int SCHEMA = 3;

  @Test
  void comeOutAsTheyWentIn() {
    Cases.of("httpapi/value_json_shapes.json")
        .run(one -> {
          Object json = one.getValue("json");
          Value value = value(one.getString("type"), json);
          byte[] written =
              JsonOut.bytes(out -> {
                ValueJson.write(value, out);
                out.endObject();
              });
          JsonObject answer = new JsonObject(new String(written, StandardCharsets.UTF_8));
          assertEquals(json, part(one.getString("type"), answer.getValue("result")));
        });
  }

  private static Value value(String type, Object json) {
    return switch (type) {
      case "Scalar" -> scalar((JsonArray) json);
      case "String" -> new Value.Text(ms((JsonArray) json), ((JsonArray) json).getString(1));
      case "SamplePair" -> value("Sample", alone("value", json));
      case "SampleHistogramPair" -> value("Sample", alone("histogram", json));
      case "Sample", "SampleHistogram" -> vector(new JsonArray().add(json));
      case "Vector", "VectorHistogram" -> vector((JsonArray) json);
      case "Matrix", "MatrixHistogram" -> matrix((JsonArray) json);
      default -> throw new IllegalArgumentException(type);
    };
  }

  private static JsonObject alone(String field, Object point) {
    return new JsonObject().put("metric", new JsonObject()).put(field, point);
  }

  /// What of the written answer the case is about.
  private static Object part(String type, Object result) {
    return switch (type) {
      case "SamplePair" -> ((JsonArray) result).getJsonObject(0).getJsonArray("value");
      case "SampleHistogramPair" -> ((JsonArray) result).getJsonObject(0).getJsonArray("histogram");
      case "Sample", "SampleHistogram" -> ((JsonArray) result).getJsonObject(0);
      default -> result;
    };
  }

  private static Value scalar(JsonArray point) {
    return new Value.Scalar(ms(point), number(point.getString(1)));
  }

  private static Value vector(JsonArray series) {
    List<Value.Sample> samples = new ArrayList<>();
    for (Object element : series) {
      JsonObject one = (JsonObject) element;
      JsonArray histogram = one.getJsonArray("histogram");
      JsonArray point = histogram == null ? one.getJsonArray("value") : histogram;
      samples.add(
          new Value.Sample(
              labels(one),
              ms(point),
              histogram == null ? number(point.getString(1)) : 0,
              histogram == null ? null : histogram(histogram.getJsonObject(1))));
    }
    return new Value.Vector(samples);
  }

  private static Value matrix(JsonArray series) {
    List<Value.Points> all = new ArrayList<>();
    for (Object element : series) {
      JsonObject one = (JsonObject) element;
      SampleBuffer points = new SampleBuffer();
      for (Object point : one.getJsonArray("values", new JsonArray())) {
        points.add(ms((JsonArray) point), number(((JsonArray) point).getString(1)));
      }
      for (Object point : one.getJsonArray("histograms", new JsonArray())) {
        points.add(ms((JsonArray) point), histogram(((JsonArray) point).getJsonObject(1)));
      }
      all.add(new Value.Points(labels(one), points));
    }
    return new Value.Matrix(all);
  }

  private static Labels labels(JsonObject series) {
    LabelsBuilder labels = new LabelsBuilder();
    series.getJsonObject("metric").forEach(e -> labels.set(e.getKey(), (String) e.getValue()));
    return labels.build();
  }

  private static long ms(JsonArray point) {
    return new BigDecimal(point.getValue(0).toString()).movePointRight(3).longValueExact();
  }

  private static double number(@Nullable String text) {
    String written = String.valueOf(text);
    return written.endsWith("Inf")
        ? Double.parseDouble(written.replace("Inf", "Infinity"))
        : Double.parseDouble(written);
  }

  private static FloatHistogram histogram(JsonObject json) {
    TreeMap<Integer, Double> positive = new TreeMap<>();
    TreeMap<Integer, Double> negative = new TreeMap<>();
    for (Object element : json.getJsonArray("buckets")) {
      JsonArray bucket = (JsonArray) element;
      double lower = number(bucket.getString(1));
      double upper = number(bucket.getString(2));
      (lower < 0 ? negative : positive)
          .put(index(Math.max(-lower, upper)), number(bucket.getString(3)));
    }
    return new FloatHistogram(
        FloatHistogram.ResetHint.UNKNOWN,
        SCHEMA,
        0,
        0,
        number(json.getString("count")),
        number(json.getString("sum")),
        spans(positive),
        counts(positive),
        spans(negative),
        counts(negative),
        new double[0]);
  }

  private static int index(double outerBound) {
    return (int) Math.round(Math.log(outerBound) / Math.log(2) * (1 << SCHEMA));
  }

  /// One span a bucket.
  private static int[] spans(TreeMap<Integer, Double> buckets) {
    int[] spans = new int[buckets.size() * 2];
    int at = 0;
    int end = 0;
    for (int index : buckets.keySet()) {
      spans[at++] = index - end;
      spans[at++] = 1;
      end = index + 1;
    }
    return spans;
  }

  private static double[] counts(TreeMap<Integer, Double> buckets) {
    return buckets.values().stream().mapToDouble(Double::doubleValue).toArray();
  }
}
