package io.narthex.promql.exec;

import io.narthex.clock.Clock;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.promql.EngineOptions;
import io.narthex.promql.PromqlEngine;
import io.narthex.promql.QueryParams;
import io.narthex.promql.SeriesInMemory;
import io.narthex.promql.value.QueryResult;
import io.narthex.storage.SampleBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Time of a whole query over 10,000 counters with a sample each 15 s: an hour in steps of 15 s, in
/// milliseconds.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RangeQueryBenchmark {

  static final int SERIES = 10_000;
  static final int BUCKETS = 16;
  static final int SAMPLES = 280;
  static final long STEP_MS = 15_000;

  @Param({
    "sum by (mode) (rate(cpu_seconds_total[5m]))",
    "rate(cpu_seconds_total[5m])",
    "sum by (mode) (cpu_seconds_total)",
    "max_over_time(cpu_seconds_total[5m])",
    "quantile_over_time(0.9, cpu_seconds_total[5m])",
    "quantile by (mode) (0.9, cpu_seconds_total)",
    "histogram_quantile(0.9, sum by (le, instance) (rate(cpu_seconds_total[5m])))",
    "topk(5, rate(cpu_seconds_total[5m]))",
    "cpu_seconds_total / on (instance, cpu, mode) cpu_seconds_total"
  })
  String query = "sum by (mode) (rate(cpu_seconds_total[5m]))";

  private final SeriesInMemory storage = new SeriesInMemory();
  private final PromqlEngine engine =
      new PromqlEngine(EngineOptions.defaults(), Clock.system(), new Metrics());

  @Setup
  public void fill() {
    Random random = new Random(1);
    for (int i = 0; i < SERIES; i++) {
      SampleBuffer samples = new SampleBuffer(SAMPLES);
      double value = random.nextInt(1000);
      for (int s = 0; s < SAMPLES; s++) {
        samples.add(s * STEP_MS + i % 15_000, value);
        value += 2 * bucket(i) + random.nextInt(3);
      }
      storage.add(labels(i), samples);
    }
  }

  /// Which of the buckets of a histogram the series is, if it is taken for one.
  private static int bucket(int i) {
    return i / 8 % BUCKETS;
  }

  private static Labels labels(int i) {
    return Labels.of(
        Labels.NAME,
        "cpu_seconds_total",
        "cpu",
        Integer.toString(bucket(i)),
        "instance",
        "host-" + i / 128,
        "job",
        "node",
        "le",
        bucket(i) == BUCKETS - 1 ? "+Inf" : Double.toString((1 << bucket(i)) / 1000.0),
        "mode",
        "mode-" + i % 8);
  }

  @Benchmark
  public QueryResult range() {
    long endMs = (SAMPLES - 1) * STEP_MS;
    return engine.range(storage, query, endMs - 3_600_000, endMs, STEP_MS, QueryParams.DEFAULT);
  }

  @TearDown
  public void close() {
    engine.close();
  }
}
