package io.narthex.tsdb.head;

import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.storage.Appender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Time of one sample of a known series through stage, chunk and write-ahead log, in nanoseconds:
/// 100 targets of 1,000 series each, committed a target at a time. Half of the series stand still,
/// a quarter are counters, a quarter gauges.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HeadAppendBenchmark {

  private static final int TARGETS = 100;
  private static final int SERIES = 1000;
  private static final long INTERVAL_MS = 15_000;

  private final Path directory = newDirectory();
  private final Head head = open(directory);
  private final Appender appender = head.appender();
  private final long[] refs = new long[TARGETS * SERIES];
  private final double[] values = new double[TARGETS * SERIES];
  private final Random random = new Random(1);
  private long nowMs = 1_700_000_000_000L;
  private int target;

  private static Path newDirectory() {
    try {
      return Files.createTempDirectory("head");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Head open(Path directory) {
    return Head.open(
        Disk.system(),
        directory,
        HeadOptions.defaults(),
        Long.MIN_VALUE,
        Clock.system(),
        new Metrics(),
        Runnable::run,
        new ReplayProgress());
  }

  @Setup
  public void create() {
    for (int t = 0; t < TARGETS; t++) {
      for (int i = 0; i < SERIES; i++) {
        appender.append(0, labels(t, i), nowMs, i);
      }
      Appender.Commit commit = appender.commit();
      for (int i = 0; i < SERIES; i++) {
        refs[t * SERIES + i] = commit.ref(i);
      }
    }
  }

  private static Labels labels(int target, int i) {
    return Labels.of(
        Labels.NAME,
        "node_metric_" + i / 10,
        "cpu",
        String.valueOf(i % 10),
        "instance",
        "host-" + target + ":9100",
        "job",
        "node");
  }

  @Benchmark
  @OperationsPerInvocation(SERIES)
  public Appender.Commit scrape() {
    if (target == 0) {
      nowMs += INTERVAL_MS;
    }
    int from = target * SERIES;
    for (int i = 0; i < SERIES; i++) {
      appender.append(refs[from + i], Labels.EMPTY, nowMs, value(from + i));
    }
    target = (target + 1) % TARGETS;
    return appender.commit();
  }

  private double value(int i) {
    switch (i & 3) {
      case 0 -> values[i] += random.nextInt(100);
      case 1 -> values[i] = random.nextInt(1000) / 10.0;
      default -> {
        // Stands still.
      }
    }
    return values[i];
  }

  @TearDown
  public void close() {
    head.close();
    Disk.system().delete(directory);
  }
}
