package io.narthex.tsdb.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.narthex.io.bytes.CorruptFileException;
import io.narthex.io.json.Json;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;
import io.narthex.storage.SampleBuffer;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HistogramChunkTest {

  private static int encoding(Json.Obj vector) {
    return vector.get("encoding").asString().equals("histogram")
        ? ChunkEncoding.HISTOGRAM
        : ChunkEncoding.FLOAT_HISTOGRAM;
  }

  private static SampleBuffer decode(Json.Obj vector) {
    byte[] bytes = ChunkVectors.bytes(vector);
    SampleBuffer out = new SampleBuffer(1);
    ChunkDecoder.decode(
        encoding(vector), bytes, 0, bytes.length, Long.MIN_VALUE, Long.MAX_VALUE, out);
    return out;
  }

  @Test
  void vectorsOfPrometheusDecode() throws IOException {
    for (Json.Obj vector : ChunkVectors.cases("histogram_chunks.json")) {
      String name = vector.get("name").asString();
      List<Json> samples = vector.get("samples").asArray();
      SampleBuffer out = decode(vector);
      assertEquals(samples.size(), out.size, name);
      for (int i = 0; i < out.size; i++) {
        Json.Obj expected = samples.get(i).asObject();
        FloatHistogram actual = out.histogram(i);
        assertNotNull(actual);
        assertEquals(expected.get("t").asLong(), out.timesMs[i], name);
        assertEquals(expected.get("sum").asDouble(), actual.sum, name);
        if (expected.find("custom_values") != null) {
          assertEquals(doubles(expected, "custom_values"), boxed(actual.customValues), name);
          assertEquals(doubles(expected, "bucket_counts"), boxed(actual.positiveBuckets), name);
        } else if (expected.find("positive_counts") != null) {
          assertEquals(doubles(expected, "positive_counts"), boxed(actual.positiveBuckets), name);
          assertEquals(expected.get("zero_count").asDouble(), actual.zeroCount, name);
          assertEquals(expected.get("count").asDouble(), actual.count, name);
        } else {
          exponential(name, expected, actual);
        }
      }
    }
  }

  private static void exponential(String name, Json.Obj expected, FloatHistogram actual) {
    assertEquals(expected.get("schema").asLong(), actual.schema, name);
    assertEquals(expected.get("zt").asDouble(), actual.zeroThreshold, name);
    assertEquals(expected.get("zc").asDouble(), actual.zeroCount, name);
    assertEquals(expected.get("count").asDouble(), actual.count, name);
    assertEquals(expected.get("gauge").asBoolean(), actual.resetHint == ResetHint.GAUGE, name);
    assertEquals(
        buckets(expected.get("pos")), buckets(actual.positiveSpans, actual.positiveBuckets), name);
    assertEquals(
        buckets(expected.get("neg")), buckets(actual.negativeSpans, actual.negativeBuckets), name);
  }

  private static TreeMap<Integer, Double> buckets(Json json) {
    TreeMap<Integer, Double> map = new TreeMap<>();
    json.asObject().members().forEach((k, v) -> map.put(Integer.parseInt(k), v.asDouble()));
    return map;
  }

  private static TreeMap<Integer, Double> buckets(int[] spans, double[] counts) {
    TreeMap<Integer, Double> map = new TreeMap<>();
    int index = 0;
    int n = 0;
    for (int s = 0; s < spans.length; s += 2) {
      index += spans[s];
      for (int i = 0; i < spans[s + 1]; i++) {
        if (counts[n] != 0) {
          map.put(index, counts[n]);
        }
        index++;
        n++;
      }
    }
    return map;
  }

  private static List<Double> doubles(Json.Obj json, String key) {
    return json.get(key).asArray().stream().map(Json::asDouble).toList();
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  @Test
  void cutChunksAreCorrupt() throws IOException {
    for (Json.Obj vector : ChunkVectors.cases("histogram_chunks.json")) {
      byte[] bytes = ChunkVectors.bytes(vector);
      for (int length = 0; length < bytes.length; length++) {
        byte[] cut = Arrays.copyOf(bytes, length);
        assertThrows(
            CorruptFileException.class,
            () ->
                ChunkDecoder.decode(
                    encoding(vector),
                    cut,
                    0,
                    cut.length,
                    Long.MIN_VALUE,
                    Long.MAX_VALUE,
                    new SampleBuffer()));
      }
    }
  }

  @Test
  void otherEncodingsAreNamed() {
    CorruptFileException e =
        assertThrows(
            CorruptFileException.class,
            () -> ChunkDecoder.decode(77, new byte[3], 0, 3, 0, 1, new SampleBuffer()));
    assertEquals(
        "chunk: corrupt at offset 0: its encoding cannot be read: unknown encoding 77",
        e.getMessage());
  }
}
