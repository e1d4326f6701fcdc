package io.narthex.tsdb.chunk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.narthex.io.bytes.CorruptFileException;
import io.narthex.model.sample.StaleMarker;
import io.narthex.storage.SampleBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// XOR2 against itself, against bits put together by hand as the format says, and start timestamps.
class Xor2ChunkTest {

  private static SampleBuffer decode(byte[] bytes) {
    SampleBuffer out = new SampleBuffer();
    ChunkDecoder.decode(
        ChunkEncoding.XOR2, bytes, 0, bytes.length, Long.MIN_VALUE, Long.MAX_VALUE, out);
    return out;
  }

  @Test
  void whatIsWrittenIsRead() {
    Random random = new Random(3);
    for (int round = 0; round < 500; round++) {
      Xor2Appender chunk = new Xor2Appender();
      int count = random.nextInt(240);
      long[] times = new long[count];
      double[] values = new double[count];
      long tMs = random.nextInt(10) == 0 ? random.nextLong() >> 8 : 1_700_000_000_000L;
      for (int i = 0; i < count; i++) {
        tMs +=
            switch (random.nextInt(8)) {
              case 0 -> 15_000 + random.nextInt(100);
              case 1 -> 1 + random.nextInt(600_000);
              case 2 -> random.nextInt(20) == 0 ? 1L << 40 : 4096 + 15_000;
              default -> 15_000;
            };
        times[i] = tMs;
        values[i] =
            switch (random.nextInt(7)) {
              case 0 -> StaleMarker.STALE;
              case 1 -> Double.longBitsToDouble(random.nextLong());
              case 2 -> random.nextGaussian();
              default -> random.nextInt(3);
            };
        chunk.append(times[i], values[i]);
      }
      SampleBuffer out = decode(chunk.toByteArray());
      assertEquals(count, out.size);
      for (int i = 0; i < count; i++) {
        assertEquals(times[i], out.timesMs[i]);
        assertEquals(
            Double.doubleToRawLongBits(values[i]), Double.doubleToRawLongBits(out.values[i]));
      }
    }
  }

  @Test
  void bitsAreThoseOfTheFormat() {
    Xor2Appender chunk = new Xor2Appender();
    chunk.append(1000, 1);
    chunk.append(2000, 1);
    chunk.append(3000, 1);
    chunk.append(4001, 1);
    chunk.append(5002, StaleMarker.STALE);
    BitWriter expected = new BitWriter();
    expected.write(5, 16);
    expected.write(0, 8);
    expected.uvarint(2000);
    expected.f64(1);
    expected.uvarint(1000);
    expected.write(0, 1);
    expected.write(0, 1);
    expected.write(0b110, 3);
    expected.write(1, 13);
    expected.write(0, 1);
    expected.write(0b11111, 5);
    assertArrayEquals(expected.toByteArray(), chunk.toByteArray());
  }

  @Test
  void startTimestamps() {
    BitWriter chunk = new BitWriter();
    chunk.write(4, 16);
    chunk.write(0x80 | 2, 8);
    chunk.uvarint(2000);
    chunk.f64(1);
    // 1000 - 900, zigzag
    chunk.uvarint(200);
    chunk.uvarint(1000);
    chunk.write(0, 1);
    chunk.write(0, 1);
    // 2000 - 1950
    chunk.varbitInt(50);
    chunk.write(0, 1);
    chunk.varbitInt(-20);
    SampleBuffer out = decode(chunk.toByteArray());
    assertEquals(4, out.size);
    long[] starts = new long[4];
    for (int i = 0; i < 4; i++) {
      starts[i] = out.startMs(i);
    }
    assertArrayEquals(new long[] {900, 900, 1950, 2970}, starts);
  }

  /// The bits of the test before, now from the appender.
  @Test
  void startTimestampsAreWrittenAsTheyAreRead() {
    Xor2Appender chunk = new Xor2Appender();
    chunk.append(1000, 1, 900);
    chunk.append(2000, 1, 900);
    chunk.append(3000, 1, 1950);
    chunk.append(4000, 1, 2970);
    BitWriter expected = new BitWriter();
    expected.write(4, 16);
    expected.write(0x80 | 2, 8);
    expected.uvarint(2000);
    expected.f64(1);
    expected.uvarint(200);
    expected.uvarint(1000);
    expected.write(0, 1);
    expected.write(0, 1);
    expected.varbitInt(50);
    expected.write(0, 1);
    expected.varbitInt(-20);
    assertArrayEquals(expected.toByteArray(), chunk.toByteArray());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 128, 0x00",
    "1, 2, 0x81",
    "126, 127, 0xfe",
    "127, 200, 0xff",
    "128, 200, 0xff",
    "1000, 127, 0x80",
    "1000, 128, 0xff"
  })
  void headerSaysWhichSampleBringsTheFirstChange(int changeAt, int count, String header) {
    Xor2Appender chunk = new Xor2Appender();
    for (int i = 0; i < count; i++) {
      // A change at 0 stands for none at all.
      long startMs = changeAt == 0 ? 0 : i < changeAt ? 500 : 700;
      if (changeAt == 0) {
        chunk.append(i * 1000L, i);
      } else {
        chunk.append(i * 1000L, i, startMs);
      }
    }
    assertEquals(Integer.decode(header), chunk.toByteArray()[2] & 0xff);
    SampleBuffer out = decode(chunk.toByteArray());
    for (int i = 0; i < count; i++) {
      assertEquals(changeAt == 0 ? 0 : i < changeAt ? 500 : 700, out.startMs(i), "sample " + i);
    }
  }

  @Test
  void startsThatAreWrittenAreRead() {
    for (int seed = 0; seed < 600; seed++) {
      Random random = new Random(seed);
      long[] starts = RandomStarts.of(random, 1 + random.nextInt(240));
      Xor2Appender chunk = new Xor2Appender();
      for (int i = 0; i < starts.length; i++) {
        double value = random.nextInt(9) == 0 ? StaleMarker.STALE : random.nextInt(3);
        chunk.append(RandomStarts.timeMs(i) + random.nextInt(3), value, starts[i]);
      }
      SampleBuffer out = decode(chunk.toByteArray());
      assertEquals(starts.length, out.size);
      for (int i = 0; i < starts.length; i++) {
        assertEquals(starts[i], out.startMs(i), "seed " + seed + " sample " + i);
      }
    }
  }

  @Test
  void runsBesideAnOldChunkBecomeStartsInside() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      long[] starts = RandomStarts.of(random, 1 + random.nextInt(240));
      XorAppender old = new XorAppender();
      long[] runs = null;
      for (int i = 0; i < starts.length; i++) {
        old.append(RandomStarts.timeMs(i), i);
        runs = StartRuns.with(runs, RandomStarts.timeMs(i), starts[i]);
      }
      FloatChunk chunk = new FloatChunk(ChunkEncoding.XOR2);
      chunk.transcode(old.toByteArray(), old.lengthBytes(), runs);
      SampleBuffer out = decode(Arrays.copyOf(chunk.array(), chunk.lengthBytes()));
      assertEquals(starts.length, out.size);
      for (int i = 0; i < starts.length; i++) {
        assertEquals(starts[i], out.startMs(i), "seed " + seed + " sample " + i);
      }
    }
  }

  @Test
  void runsAreAsFewAsTheChanges() {
    long[] runs = StartRuns.with(null, 1, 0);
    assertNull(runs);
    runs = StartRuns.with(runs, 2, 7);
    runs = StartRuns.with(runs, 3, 7);
    runs = StartRuns.with(runs, 4, 0);
    runs = StartRuns.with(runs, 5, 0);
    assertArrayEquals(new long[] {2, 7, 4, 0}, runs);
  }

  @Test
  void tornChunkIsCorrupt() {
    Xor2Appender chunk = new Xor2Appender();
    for (int i = 0; i < 50; i++) {
      chunk.append(i * 1000L, i * 0.1);
    }
    byte[] bytes = chunk.toByteArray();
    for (int length = 0; length < bytes.length - 1; length++) {
      byte[] torn = Arrays.copyOf(bytes, length);
      assertThrows(CorruptFileException.class, () -> decode(torn));
    }
  }
}
