package io.narthex.promql.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.model.labels.Labels;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatText;
import io.narthex.model.sample.StaleMarker;
import io.narthex.promql.parse.SeriesDescription.SequenceValue;
import io.narthex.testing.Cases;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Series with values, as test scripts and rule unit tests write them.
class SeriesDescriptionTest {

  @Test
  void seriesOfThePeer() {
    Cases.of("parse/series_desc.json")
        .run(c -> {
          String text = c.getString("series");
          if (!c.getBoolean("ok")) {
            ParseException e =
                assertThrows(ParseException.class, () -> SeriesDescription.parse(text));
            String error = c.getString("error", "");
            assertTrue(e.getMessage().contains(error), e::getMessage);
            return;
          }
          SeriesDescription series = SeriesDescription.parse(text);
          Map<String, Object> labels = new TreeMap<>(series.labels().toMap());
          assertEquals(new TreeMap<>(c.getJsonObject("labels").getMap()), labels);
          if (c.getString("canonical") != null) {
            FloatHistogram histogram = series.values().getFirst().histogram();
            assertEquals(
                c.getString("canonical"), HistogramText.print(Objects.requireNonNull(histogram)));
          }
          if (c.getJsonArray("values") != null) {
            assertEquals(texts(c.getJsonArray("values")), texts(series.values()));
          }
        });
  }

  private static List<String> texts(JsonArray values) {
    List<String> out = new ArrayList<>();
    for (Object value : values) {
      out.add(
          switch (value) {
            case Number number -> FloatText.plain(number.doubleValue());
            case JsonObject histogram -> text(histogram);
            default -> value.toString();
          });
    }
    return out;
  }

  private static String text(JsonObject h) {
    String hint = h.getString("CounterResetHint", "unknown");
    return hint
        + List.of(
            h.getInteger("Schema", 0),
            h.getDouble("Sum", 0.0),
            h.getDouble("Count", 0.0),
            h.getDouble("ZeroCount", 0.0),
            h.getDouble("ZeroThreshold", 0.0),
            spans(h.getJsonArray("PositiveSpans", new JsonArray())),
            doubles(h.getJsonArray("PositiveBuckets", new JsonArray())),
            spans(h.getJsonArray("NegativeSpans", new JsonArray())),
            doubles(h.getJsonArray("NegativeBuckets", new JsonArray())));
  }

  private static List<Integer> spans(JsonArray spans) {
    List<Integer> out = new ArrayList<>();
    for (Object span : spans) {
      out.add(((JsonObject) span).getInteger("Offset"));
      out.add(((JsonObject) span).getInteger("Length"));
    }
    return out;
  }

  private static List<Double> doubles(JsonArray values) {
    return values.stream().map(v -> ((Number) v).doubleValue()).toList();
  }

  private static List<String> texts(List<SequenceValue> values) {
    return values.stream().map(SeriesDescriptionTest::text).toList();
  }

  private static String text(SequenceValue value) {
    FloatHistogram h = value.histogram();
    if (value.omitted()) {
      return "_";
    }
    if (h == null) {
      return StaleMarker.isStale(value.value()) ? "stale" : FloatText.plain(value.value());
    }
    String hint =
        switch (h.resetHint) {
          case UNKNOWN -> "unknown";
          case RESET -> "reset";
          case NO_RESET -> "not_reset";
          case GAUGE -> "gauge";
        };
    return hint
        + List.of(
            h.schema,
            h.sum,
            h.count,
            h.zeroCount,
            h.zeroThreshold,
            java.util.Arrays.stream(h.positiveSpans).boxed().toList(),
            java.util.Arrays.stream(h.positiveBuckets).boxed().toList(),
            java.util.Arrays.stream(h.negativeSpans).boxed().toList(),
            java.util.Arrays.stream(h.negativeBuckets).boxed().toList());
  }

  @Test
  void staleMarkersKeepTheirBits() {
    List<SequenceValue> values = SeriesDescription.parse("a stale 1x1 stale stale").values();
    assertEquals(
        List.of(true, false, false, true, true),
        values.stream().map(v -> StaleMarker.isStale(v.value())).toList());
  }

  @Test
  void metricAlone() {
    assertEquals(Labels.of("__name__", "a", "b", "c"), SeriesDescription.parseMetric("a{b=\"c\"}"));
    assertThrows(ParseException.class, () -> SeriesDescription.parseMetric("a{b=\"c\"} 1"));
    assertThrows(ParseException.class, () -> SeriesDescription.parseMetric("{b=\"c\",b=\"d\"}"));
  }

  @Test
  void tooManyValuesAreRefused() {
    ParseException e =
        assertThrows(ParseException.class, () -> SeriesDescription.parse("a 1x99999999999"));
    assertTrue(e.getMessage().contains("invalid repetition"), e.getMessage());
  }

  @Test
  void testScriptsOfThePeer() throws Exception {
    var folder = io.narthex.testing.Conformance.path("promqltest");
    List<String> failures = new ArrayList<>();
    int loaded = 0;
    try (var files = java.nio.file.Files.list(folder)) {
      for (var file : files.filter(f -> f.toString().endsWith(".test")).sorted().toList()) {
        boolean load = false;
        for (String line : java.nio.file.Files.readAllLines(file)) {
          boolean indented = line.startsWith(" ") || line.startsWith("\t");
          if (!indented) {
            load = line.startsWith("load");
          } else if (load && !line.strip().startsWith("#") && !line.contains("@st ")) {
            loaded++;
            try {
              SeriesDescription.parse(line.strip());
            } catch (ParseException e) {
              failures.add(file.getFileName() + ": " + line + "\n      " + e.getMessage());
            }
          }
        }
      }
    }
    assertEquals(List.of(), failures);
    assertTrue(loaded > 500, "lines seen: " + loaded);
  }
}
