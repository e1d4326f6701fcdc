package io.narthex.tsdb.chunk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import java.util.Random;
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

  @Test
  void vectorsOfPrometheusEncodeByteForByte() throws IOException {
    for (Json.Obj vector : ChunkVectors.cases("histogram_chunks.json")) {
      byte[] bytes = ChunkVectors.bytes(vector);
      SampleBuffer samples = decode(vector);
      ResetHint[] hints = {ResetHint.UNKNOWN, ResetHint.NO_RESET, ResetHint.RESET, ResetHint.GAUGE};
      HistogramAppender appender =
          new HistogramAppender(
              encoding(vector) == ChunkEncoding.FLOAT_HISTOGRAM, hints[(bytes[2] & 0xff) >>> 6]);
      for (int i = 0; i < samples.size; i++) {
        FloatHistogram histogram = samples.histogram(i);
        assertNotNull(histogram);
        appender.append(samples.timesMs[i], histogram);
      }
      byte[] written = Arrays.copyOf(appender.array(), appender.lengthBytes());
      assertArrayEquals(bytes, written, vector.get("name").asString());
    }
  }

  private static FloatHistogram random(Random random, double[] counts, boolean whole) {
    int[] indexes = new int[counts.length];
    double[] present = new double[counts.length];
    double sum = 0;
    int n = 0;
    for (int i = 0; i < counts.length; i++) {
      if (random.nextInt(3) == 0) {
        counts[i] += whole ? random.nextInt(5) : random.nextDouble();
      }
      sum += counts[i];
      if (counts[i] > 0) {
        indexes[n] = i * 3 / 2 - 5;
        present[n++] = counts[i];
      }
    }
    int[] spans = BucketSpans.of(Arrays.copyOf(indexes, n));
    double[] buckets = Arrays.copyOf(present, n);
    return new FloatHistogram(
        ResetHint.UNKNOWN, 3, 0.25, 0, sum, sum / 3, spans, buckets, spans, buckets, new double[0]);
  }

  @Test
  void growingHistogramsComeBack() {
    long seed = 99;
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      boolean whole = random.nextBoolean();
      String where = "seed " + seed + " round " + round;
      double[] counts = new double[20];
      FloatHistogram[] made = new FloatHistogram[1 + random.nextInt(60)];
      HistogramAppender appender = new HistogramAppender(!whole, ResetHint.UNKNOWN);
      for (int i = 0; i < made.length; i++) {
        boolean stale = i == made.length - 1 && random.nextBoolean();
        made[i] = stale ? FloatHistogram.stale() : random(random, counts, whole);
        assertEquals(HistogramAppender.Fit.APPEND, appender.fit(made[i]), where);
        appender.append(i * 1000L, made[i]);
      }
      SampleBuffer out = new SampleBuffer();
      appender.decode(Long.MIN_VALUE, Long.MAX_VALUE, out);
      assertEquals(made.length, out.size, where);
      for (int i = 0; i < made.length; i++) {
        FloatHistogram h = out.histogram(i);
        assertNotNull(h);
        assertEquals(made[i].isStale(), h.isStale(), where);
        assertEquals(made[i].count, h.count, where);
        assertEquals(
            buckets(made[i].positiveSpans, made[i].positiveBuckets),
            buckets(h.positiveSpans, h.positiveBuckets),
            where);
      }
    }
  }

  /// Growing histograms make the chunk be written anew, and the starts with it.
  @Test
  void startsComeBack() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      boolean whole = random.nextBoolean();
      long[] starts = RandomStarts.of(random, 1 + random.nextInt(160));
      double[] counts = new double[20];
      HistogramAppender appender = new HistogramAppender(!whole, ResetHint.GAUGE, true);
      for (int i = 0; i < starts.length; i++) {
        FloatHistogram histogram = random(random, counts, whole);
        appender.append(RandomStarts.timeMs(i), histogram.withHint(ResetHint.GAUGE), starts[i]);
      }
      assertEquals(
          whole ? ChunkEncoding.HISTOGRAM_ST : ChunkEncoding.FLOAT_HISTOGRAM_ST,
          appender.encoding());
      assertEquals(0xc0, appender.array()[0] & 0xc0);
      SampleBuffer out = new SampleBuffer();
      appender.decode(Long.MIN_VALUE, Long.MAX_VALUE, out);
      assertEquals(starts.length, out.size);
      for (int i = 0; i < starts.length; i++) {
        FloatHistogram h = out.histogram(i);
        assertNotNull(h);
        assertEquals(ResetHint.GAUGE, h.resetHint);
        assertEquals(RandomStarts.timeMs(i), out.timesMs[i]);
        assertEquals(starts[i], out.startMs(i), "seed " + seed + " sample " + i);
      }
    }
  }

  /// But for the header and what stands behind each sample, the bits are those without starts.
  @Test
  void unknownStartsTakeNoRoom() {
    Random random = new Random(5);
    double[] counts = new double[10];
    HistogramAppender plain = new HistogramAppender(false, ResetHint.RESET);
    HistogramAppender withStarts = new HistogramAppender(false, ResetHint.RESET, true);
    for (int i = 0; i < 100; i++) {
      FloatHistogram histogram = random(random, counts, true);
      plain.append(i, histogram);
      withStarts.append(i, histogram);
    }
    byte[] expected = Arrays.copyOf(plain.array(), plain.lengthBytes());
    assertEquals(0x80, expected[2] & 0xff);
    expected[0] |= (byte) 0x80;
    expected[2] = 0;
    assertArrayEquals(expected, Arrays.copyOf(withStarts.array(), withStarts.lengthBytes()));
  }

  @Test
  void countWithStartsHasFourteenBits() {
    FloatHistogram histogram = random(new Random(1), new double[] {1, 2}, true);
    HistogramAppender chunk = new HistogramAppender(false, ResetHint.UNKNOWN, true);
    for (int i = 0; i < 0x3fff; i++) {
      assertEquals(HistogramAppender.Fit.APPEND, chunk.fit(histogram));
      chunk.append(i, histogram, 1 + i % 2);
    }
    assertEquals(HistogramAppender.Fit.CUT, chunk.fit(histogram));
    SampleBuffer out = new SampleBuffer();
    chunk.decode(Long.MIN_VALUE, Long.MAX_VALUE, out);
    assertEquals(0x3fff, out.size);
    assertEquals(1, out.startMs(0x3ffe));
  }

  @Test
  void whatDoesNotFit() {
    Random random = new Random(1);
    double[] counts = {1, 2, 3, 4};
    FloatHistogram first = random(random, counts, true);
    HistogramAppender appender =
        HistogramAppender.startingWith(first, HistogramAppender.Fit.CUT, false);
    assertEquals(ChunkEncoding.HISTOGRAM, appender.encoding());
    appender.append(1, first);
    assertEquals(
        HistogramAppender.Fit.RESET, appender.fit(random(random, new double[] {1, 0, 3, 4}, true)));
    assertEquals(
        HistogramAppender.Fit.CUT,
        appender.fit(random(random, new double[] {9.5, 9.5, 9.5, 9.5}, true)));
    assertEquals(HistogramAppender.Fit.APPEND, appender.fit(FloatHistogram.stale()));
    appender.append(2, FloatHistogram.stale());
    assertEquals(HistogramAppender.Fit.CUT, appender.fit(first));
  }
}
