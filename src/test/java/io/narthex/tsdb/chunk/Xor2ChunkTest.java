package io.narthex.tsdb.chunk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.narthex.io.bytes.CorruptFileException;
import io.narthex.model.sample.StaleMarker;
import io.narthex.storage.SampleBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

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

  @Test
  void tornChunkIsCorrupt() {
    Xor2Appender chunk = new Xor2Appender();
    for (int i = 0; i < 50; i++) {
      chunk.append(i * 1000L, i * 0.1);
    }
    byte[] bytes = chunk.toByteArray();
    for (int length = 0; length < bytes.length - 1; length++) {
      byte[] torn = java.util.Arrays.copyOf(bytes, length);
      assertThrows(CorruptFileException.class, () -> decode(torn));
    }
  }
}
