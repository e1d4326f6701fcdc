package io.narthex.tsdb.chunk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.narthex.io.bytes.CorruptFileException;
import io.narthex.io.json.Json;
import io.narthex.model.sample.StaleMarker;
import io.narthex.storage.SampleBuffer;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class XorChunkTest {

  @Test
  void vectorsOfPrometheusEncodeByteForByteAndDecodeBack() throws IOException {
    for (Json.Obj vector : ChunkVectors.cases("xor_chunks.json")) {
      String name = vector.get("name").asString();
      byte[] bytes = ChunkVectors.bytes(vector);
      List<Json> samples = vector.get("samples").asArray();
      XorAppender appender = new XorAppender();
      SampleBuffer decoded = new SampleBuffer(1);
      XorDecoder.decode(bytes, 0, bytes.length, Long.MIN_VALUE, Long.MAX_VALUE, decoded);
      assertEquals(samples.size(), decoded.size, name);
      for (int i = 0; i < decoded.size; i++) {
        List<Json> sample = samples.get(i).asArray();
        long bits = Long.parseUnsignedLong(sample.get(1).asString(), 16);
        assertEquals(sample.get(0).asLong(), decoded.timesMs[i], name);
        assertEquals(bits, Double.doubleToRawLongBits(decoded.values[i]), name + " sample " + i);
        appender.append(sample.get(0).asLong(), Double.longBitsToDouble(bits));
      }
      assertArrayEquals(bytes, appender.toByteArray(), name);
    }
  }

  @Test
  void randomChunksComeBackBitForBit() {
    long seed = 20_240_611;
    Random random = new Random(seed);
    for (int round = 0; round < 3000; round++) {
      int count = 1 + random.nextInt(300);
      long[] times = new long[count];
      long[] bits = new long[count];
      XorAppender appender = new XorAppender();
      fill(random, times, bits, appender);
      String where = "seed " + seed + " round " + round;
      byte[] bytes = appender.toByteArray();
      SampleBuffer out = new SampleBuffer(4);
      assertEquals(
          count,
          XorDecoder.decode(bytes, 0, bytes.length, Long.MIN_VALUE, Long.MAX_VALUE, out),
          where);
      for (int i = 0; i < count; i++) {
        assertEquals(times[i], out.timesMs[i], where);
        assertEquals(bits[i], Double.doubleToRawLongBits(out.values[i]), where);
      }
      assertArrayEquals(bytes, XorAppender.reopen(bytes).toByteArray(), where);
      readsASpan(times, bytes, random, where);
    }
  }

  private static void readsASpan(long[] times, byte[] bytes, Random random, String where) {
    long from = times[random.nextInt(times.length)];
    long to = times[random.nextInt(times.length)];
    SampleBuffer out = new SampleBuffer(1);
    byte[] padded = new byte[bytes.length + 20];
    Arrays.fill(padded, (byte) 0xff);
    System.arraycopy(bytes, 0, padded, 3, bytes.length);
    XorDecoder.decode(padded, 3, bytes.length, from, to, out);
    assertArrayEquals(
        Arrays.stream(times).filter(t -> t >= from && t <= to).toArray(),
        Arrays.copyOf(out.timesMs, out.size),
        where);
  }

  private static void fill(Random random, long[] times, long[] bits, XorAppender appender) {
    long time = random.nextInt(4) == 0 ? -random.nextLong(1L << 50) : random.nextLong(1L << 41);
    long stepBits = 1L + random.nextInt(36);
    int kind = random.nextInt(4);
    double value = random.nextInt(1000);
    for (int i = 0; i < times.length; i++) {
      time += 1 + (random.nextInt(3) == 0 ? random.nextLong(1L << stepBits) : 15_000);
      value =
          switch (kind) {
            case 0 -> value + random.nextInt(3);
            case 1 -> random.nextGaussian();
            case 2 -> Double.longBitsToDouble(random.nextLong());
            default -> random.nextInt(10) == 0 ? StaleMarker.STALE : value;
          };
      times[i] = time;
      bits[i] = Double.doubleToRawLongBits(value);
      appender.append(time, value);
    }
  }

  @Test
  void deltasOfDeltasAtTheEdgesOfTheirBuckets() {
    for (int width : new int[] {14, 17, 20}) {
      long half = 1L << (width - 1);
      for (long dod : new long[] {-half - 1, -half, -half + 1, half - 1, half, half + 1}) {
        XorAppender appender = new XorAppender();
        long delta = 1L << 30;
        appender.append(0, 1);
        appender.append(delta, 1);
        appender.append(2 * delta + dod, 1);
        SampleBuffer out = new SampleBuffer();
        appender.decode(3, Long.MIN_VALUE, Long.MAX_VALUE, out);
        assertEquals(2 * delta + dod, out.timesMs[2], "width " + width + " dod " + dod);
      }
    }
  }

  @Test
  void onlyTheFirstSamplesIfAskedFor() {
    XorAppender appender = new XorAppender();
    for (int i = 0; i < 10; i++) {
      appender.append(i * 1000L, i);
    }
    SampleBuffer out = new SampleBuffer();
    appender.decode(4, Long.MIN_VALUE, Long.MAX_VALUE, out);
    assertEquals(4, out.size);
    appender.reset();
    appender.append(77, 7);
    out.clear();
    appender.decode(4, Long.MIN_VALUE, Long.MAX_VALUE, out);
    assertEquals(1, out.size);
    assertEquals(77, out.timesMs[0]);
  }

  @Test
  void cutChunksAreCorruptAndNeverCrash() {
    XorAppender appender = new XorAppender();
    Random random = new Random(5);
    for (int i = 0; i < 100; i++) {
      appender.append(i * 1000L + random.nextInt(500), random.nextDouble());
    }
    byte[] bytes = appender.toByteArray();
    SampleBuffer out = new SampleBuffer();
    out.add(-1, 42);
    for (int length = 0; length < bytes.length - 1; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThrows(
          CorruptFileException.class,
          () -> XorDecoder.decode(cut, 0, cut.length, Long.MIN_VALUE, Long.MAX_VALUE, out));
      assertEquals(1, out.size);
    }
    for (int round = 0; round < 5000; round++) {
      byte[] noise = bytes.clone();
      noise[random.nextInt(noise.length)] = (byte) random.nextInt();
      try {
        XorDecoder.decode(noise, 0, noise.length, Long.MIN_VALUE, Long.MAX_VALUE, out);
      } catch (CorruptFileException e) {
        assertEquals("XOR chunk", e.file());
      }
    }
  }
}
