package io.narthex.scrape;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.narthex.model.labels.Labels;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.testing.Cases;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The reference's own bodies with classic histograms, and what it makes of them.
class ClassicHistogramsConformanceTest {

  @Test
  void histogramsAreThoseOfTheReference() {
    Cases cases = Cases.of("textparse/nhcb_parse.json");
    Map<String, String> skipped = new HashMap<>();
    for (Object one : cases.file().getJsonArray("cases")) {
      if (((JsonObject) one).getString("format").equals("protobuf")) {
        skipped.put(((JsonObject) one).getString("name"), "protobuf is not scraped yet");
      }
    }
    cases.run(skipped, ClassicHistogramsConformanceTest::check);
  }

  private static void check(JsonObject one) {
    StepHarness t =
        new StepHarness(
            draft -> {
              draft.convertClassicHistogramsToNhcb = true;
              draft.honorTimestamps = false;
            },
            Labels.of("job", "j"));
    t.with(new StartTimestamps(true, false));
    t.contentType = "application/openmetrics-text; version=1.0.0";
    t.scrape(Cases.text(one, "input"));
    assertEquals("", t.lastError);
    List<JsonObject> expected = new ArrayList<>();
    List<Long> starts = new ArrayList<>();
    for (Object entry : one.getJsonArray("expected")) {
      JsonObject histogram = ((JsonObject) entry).getJsonObject("histogram");
      if (histogram != null) {
        expected.add(histogram);
        starts.add(((JsonObject) entry).getLong("start_timestamp_ms", 0L));
      }
    }
    assertEquals(expected.size(), t.storage.histograms.size());
    assertEquals(starts, t.storage.histogramStartsMs);
    for (int i = 0; i < expected.size(); i++) {
      same(expected.get(i), t.storage.histograms.get(i));
    }
  }

  private static void same(JsonObject expected, FloatHistogram actual) {
    assertEquals(expected.getDouble("Count"), actual.count);
    assertEquals(expected.getDouble("Sum"), actual.sum);
    assertArrayEquals(doubles(expected.getJsonArray("CustomValues"), false), actual.customValues);
    assertArrayEquals(
        doubles(expected.getJsonArray("PositiveBuckets"), true), actual.positiveBuckets);
    JsonArray spans = expected.getJsonArray("PositiveSpans");
    int[] flat = new int[2 * spans.size()];
    for (int i = 0; i < spans.size(); i++) {
      flat[2 * i] = spans.getJsonObject(i).getInteger("Offset", 0);
      flat[2 * i + 1] = spans.getJsonObject(i).getInteger("Length");
    }
    assertArrayEquals(flat, actual.positiveSpans);
  }

  /// @param deltas whether each is told as the difference to the one before
  private static double[] doubles(JsonArray array, boolean deltas) {
    double[] values = new double[array == null ? 0 : array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.getDouble(i) + (deltas && i > 0 ? values[i - 1] : 0);
    }
    return values;
  }
}
