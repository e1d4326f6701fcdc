package io.narthex.api.json;

import io.narthex.model.labels.Labels;
import io.narthex.promql.value.Value;
import io.narthex.storage.SampleBuffer;
import java.util.ArrayList;
import java.util.List;
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

/// Time to write a point of a large answer of a range query, in nanoseconds.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MatrixJsonBenchmark {

  static final int SERIES = 500;
  static final int POINTS = 241;
  static final long FIRST_MS = 1_700_000_000_000L;

  /// What the values are: those of rates have all their digits.
  @Param({"rate", "integer", "decimal"})
  String values = "rate";

  private Value.Matrix matrix = new Value.Matrix(List.of());
  private long written;
  private final JsonOut out = new JsonOut((bytes, length) -> written += length);

  @Setup
  public void fill() {
    Random random = new Random(1);
    List<Value.Points> all = new ArrayList<>();
    for (int i = 0; i < SERIES; i++) {
      SampleBuffer points = new SampleBuffer(POINTS);
      for (int p = 0; p < POINTS; p++) {
        points.add(FIRST_MS + p * 15_000L, value(random));
      }
      all.add(new Value.Points(Labels.of("instance", "host-" + i), points));
    }
    matrix = new Value.Matrix(all);
  }

  private double value(Random random) {
    int number = random.nextInt(1_000_000);
    return switch (values) {
      case "integer" -> number;
      case "decimal" -> number / 100.0;
      default -> number / 285.0;
    };
  }

  @Benchmark
  @OperationsPerInvocation(SERIES * POINTS)
  public long point() {
    ValueJson.write(matrix, out);
    out.endObject().flush();
    return written;
  }
}
