package io.narthex.tsdb.chunk;

import io.narthex.storage.SampleBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Time to decode one sample of an XOR chunk, in nanoseconds.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class XorDecodeBenchmark {

  static final int CHUNKS = 1000;
  static final int SAMPLES = 120;

  @Param({"constant", "counter", "gauge", "jitter"})
  String kind = "constant";

  private final SampleBuffer out = new SampleBuffer();
  private byte[][] chunks = new byte[0][];

  @Setup
  public void fill() {
    Random random = new Random(1);
    chunks = new byte[CHUNKS][];
    for (int c = 0; c < CHUNKS; c++) {
      XorAppender appender = new XorAppender();
      double value = random.nextInt(1_000_000);
      long time = 1_767_225_600_000L + random.nextInt(15_000);
      for (int i = 0; i < SAMPLES; i++) {
        appender.append(time, value);
        time +=
            15_000
                + (kind.equals("constant") || kind.equals("counter") ? 0 : random.nextInt(9) - 4);
        value =
            switch (kind) {
              case "counter" -> value + random.nextInt(200);
              case "gauge" -> random.nextGaussian();
              case "jitter" -> value + (random.nextInt(4) == 0 ? 1 : 0);
              default -> value;
            };
      }
      chunks[c] = appender.toByteArray();
    }
  }

  @Benchmark
  @OperationsPerInvocation(CHUNKS * SAMPLES)
  public long decode() {
    long sum = 0;
    for (byte[] chunk : chunks) {
      out.clear();
      XorDecoder.decode(chunk, 0, chunk.length, Long.MIN_VALUE, Long.MAX_VALUE, out);
      sum += out.timesMs[out.size - 1];
    }
    return sum;
  }
}
