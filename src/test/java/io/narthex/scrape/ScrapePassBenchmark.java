package io.narthex.scrape;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.narthex.clock.Clock;
import io.narthex.io.http.BodyPool;
import io.narthex.io.http.Fetcher;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Reading the bodies of a target one after another: the time is that of one body of 1,006 samples.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class ScrapePassBenchmark {

  private static final int BODIES = 50;

  private final NullStorage storage = new NullStorage();
  private final ScrapePass pass = new ScrapePass();
  private final byte[][] bodies = new byte[BODIES][];
  private final byte[][] given = new byte[BODIES][];
  private ScrapeConfig config = ScrapeConfig.of("load");
  private ScrapeStep step = step();
  private int next;
  int samples;

  private ScrapeStep step() {
    Labels own = Labels.of("__address__", "host:9100");
    Target target =
        new Target(
            TargetBuilder.discovered(config, own, Labels.of("instance", "host:9100")).build(),
            new Target.Source(config, own, Labels.EMPTY));
    return new ScrapeStep(
        target,
        ScrapeProfile.of(config, false),
        new ScrapeCache(new MetadataStore(new TextPool())),
        storage,
        new BodyPool(),
        new ScrapeMetrics(new Metrics()),
        Clock.system());
  }

  @Setup(Level.Trial)
  public void load() {
    LoadBody load = new LoadBody(42);
    samples = load.samples();
    for (int i = 0; i < BODIES; i++) {
      bodies[i] = (load.next() + "\0").getBytes(UTF_8);
      given[i] = bodies[i].clone();
    }
  }

  private Fetcher.Body body() {
    int i = next++ % BODIES;
    return new Fetcher.Body(bodies[i], bodies[i].length - 1, "text/plain; version=0.0.4");
  }

  /// The shape is that of the body before.
  @Benchmark
  public String steady() {
    return step.apply(pass, 1_000_000, 0, body());
  }

  /// The target is seen for the first time.
  @Benchmark
  public String first() {
    return step().apply(pass, 1_000_000, 0, body());
  }

  /// Prints processor time a sample, which a busy machine does not blur as much as wall time.
  public static void main(String[] args) {
    ScrapePassBenchmark b = new ScrapePassBenchmark();
    b.load();
    for (int round = 0; round < 6; round++) {
      double steady = b.cpuNanos(b::steady, 5_000);
      double first = b.cpuNanos(b::first, 200);
      System.err.printf("steady %.1f ns/sample, first %.1f ns/sample%n", steady, first);
    }
  }

  private double cpuNanos(Runnable body, int times) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < times; i++) {
      body.run();
    }
    return (double) (threads.getCurrentThreadCpuTime() - start) / times / samples;
  }
}
