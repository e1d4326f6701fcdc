package io.narthex.tsdb.wal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.airlift.compress.v3.snappy.SnappyJavaCompressor;
import io.airlift.compress.v3.snappy.SnappyJavaDecompressor;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Our snappy streams are what any decompressor turns into the plain record.
class SampleRecordTest {

  @Test
  void decompressesToThePlainRecord() {
    SampleRecord record = new SampleRecord();
    for (int seed = 0; seed < 400; seed++) {
      Random random = new Random(seed);
      int size = 1 + random.nextInt(seed % 20 == 0 ? 16_000 : 300);
      long[] refs = new long[size];
      long[] times = new long[size];
      double[] values = new double[size];
      fill(random, refs, times, values);
      record.plain(refs, times, values, 0, size);
      byte[] plain = Arrays.copyOfRange(record.array(), record.start(), record.end());
      record.snappy(refs, times, values, 0, size);
      byte[] back = new byte[plain.length + 100];
      int length =
          new SnappyJavaDecompressor()
              .decompress(
                  record.array(),
                  record.start(),
                  record.end() - record.start(),
                  back,
                  0,
                  back.length);
      assertArrayEquals(plain, Arrays.copyOf(back, length), "seed " + seed);
      checkColumns(plain, refs, times, values);
    }
  }

  private static void fill(Random random, long[] refs, long[] times, double[] values) {
    boolean sameTime = random.nextBoolean();
    int kinds = 1 + random.nextInt(5);
    long ref = 1 + random.nextInt(100_000);
    for (int i = 0; i < refs.length; i++) {
      ref += random.nextInt(10) == 0 ? random.nextLong(1L << 39) - (1L << 38) : 1;
      refs[i] = i > 0 && random.nextInt(20) == 0 ? 0 : Math.max(1, ref);
      times[i] = 1_700_000_000_000L + (sameTime ? 0 : random.nextInt(100_000));
      values[i] =
          switch (random.nextInt(kinds)) {
            case 0 -> 0;
            case 1 -> random.nextInt(50);
            case 2 -> random.nextInt(1000) / 10.0;
            case 3 -> random.nextGaussian();
            default -> Double.longBitsToDouble(0x7ff0000000000002L);
          };
    }
  }

  private static void checkColumns(byte[] plain, long[] refs, long[] times, double[] values) {
    SampleColumns columns = new SampleColumns();
    RecordDecoder.samples(plain, plain.length, columns);
    int n = 0;
    for (int i = 0; i < refs.length; i++) {
      if (refs[i] != 0) {
        assertEquals(refs[i], columns.refs[n]);
        assertEquals(times[i], columns.timesMs[n]);
        assertEquals(
            Double.doubleToRawLongBits(values[i]), Double.doubleToRawLongBits(columns.values[n]));
        n++;
      }
    }
    assertEquals(n, columns.size);
  }

  @Test
  void isHardlyLongerThanWhatACompressorFinds() {
    Random random = new Random(9);
    int size = 1000;
    long[] refs = new long[size];
    long[] times = new long[size];
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      refs[i] = 500 + i;
      times[i] = 1_700_000_000_000L;
      values[i] =
          i % 3 == 0 ? 0 : i % 3 == 1 ? random.nextInt(100_000) : random.nextInt(1000) / 10.;
    }
    SampleRecord record = new SampleRecord();
    record.plain(refs, times, values, 0, size);
    SnappyJavaCompressor compressor = new SnappyJavaCompressor();
    byte[] to = new byte[compressor.maxCompressedLength(record.end())];
    int general = compressor.compress(record.array(), 0, record.end(), to, 0, to.length);
    record.snappy(refs, times, values, 0, size);
    int own = record.end() - record.start();
    assertTrue(own <= general * 1.1, () -> own + " bytes, a compressor makes it " + general);
  }
}
