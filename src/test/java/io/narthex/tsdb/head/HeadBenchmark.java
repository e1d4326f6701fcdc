package io.narthex.tsdb.head;

import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.storage.Appender;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/// Measures commits of known series and the memory of a series: `targets` scrapes of 1000 series
/// each, `rounds` times. Run by hand: `HeadBenchmark targets rounds directory`.
final class HeadBenchmark {

  /// Time of the thread, not of the wall: other work on the machine does not count.
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

  private static final int SERIES = 1000;
  private static final long INTERVAL_MS = 15_000;

  private HeadBenchmark() {}

  public static void main(String[] args) throws IOException {
    int targets = Integer.parseInt(args[0]);
    int rounds = Integer.parseInt(args[1]);
    PrintStream out = System.out;
    Path directory = Files.createTempDirectory(Path.of(args[2]), "head");
    long emptyKb = rssKb();
    Head head = open(directory);
    Random random = new Random(1);
    Appender[] appenders = new Appender[targets];
    long[][] refs = new long[targets][SERIES];
    Labels[][] labels = new Labels[targets][];
    double[] values = new double[targets * SERIES];
    Appender shared = head.appender();
    long nanos = 0;
    long commitNanos = 0;
    long counted = 0;
    for (int round = 0; round < rounds; round++) {
      long nowMs = 1_700_000_000_000L + round * INTERVAL_MS;
      long roundNanos = 0;
      long roundCommit = 0;
      for (int t = 0; t < targets; t++) {
        if (round == 0) {
          labels[t] = labels(t);
        }
        change(values, t * SERIES, random, round);
        long tMs = nowMs + (t * 37L) % INTERVAL_MS;
        long start = CPU.getCurrentThreadCpuTime();
        for (int i = 0; i < SERIES; i++) {
          shared.append(refs[t][i], labels[t][i], tMs, values[t * SERIES + i]);
        }
        long staged = CPU.getCurrentThreadCpuTime();
        Appender.Commit commit = shared.commit();
        long end = CPU.getCurrentThreadCpuTime();
        roundNanos += end - start;
        roundCommit += end - staged;
        if (round == 0) {
          for (int i = 0; i < SERIES; i++) {
            refs[t][i] = commit.ref(i);
            labels[t][i] = Labels.EMPTY;
          }
        }
      }
      if (round % 20 == 0 || round == rounds - 1) {
        out.printf(
            "round %d: %.1f ns/sample, commit alone %.1f%n",
            round, roundNanos / (double) targets / SERIES, roundCommit / (double) targets / SERIES);
      }
      if (round >= rounds / 2) {
        nanos += roundNanos;
        commitNanos += roundCommit;
        counted += (long) targets * SERIES;
      }
    }
    out.printf(
        "second half: %.1f ns/sample, commit alone %.1f%n",
        nanos / (double) counted, commitNanos / (double) counted);
    memory(out, targets, emptyKb, head);
    head.close();
    long start = System.nanoTime();
    head = open(directory);
    double seconds = (System.nanoTime() - start) / 1e9;
    out.printf(
        "replay of %d samples: %.2f s, %.1f ns/sample%n",
        (long) targets * SERIES * rounds, seconds, seconds * 1e9 / targets / SERIES / rounds);
    memory(out, targets, emptyKb, head);
    out.println(head.stats(3));
    out.println(Disk.system().sizeBytes(directory.resolve("wal")) / 1e6 + " MB of WAL");
    head.close();
    Disk.system().delete(directory);
    if (appenders.length == 0 || labels.length == 0) {
      throw new IllegalStateException();
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

  private static void memory(PrintStream out, int targets, long emptyKb, Head head)
      throws IOException {
    System.gc();
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    double series = (double) targets * SERIES;
    out.printf(
        "heap %.0f B/series, RSS %.0f MB of which %.0f at start (%.0f B/series), chunks %d%n",
        (runtime.totalMemory() - runtime.freeMemory()) / series,
        rssKb() / 1024.0,
        emptyKb / 1024.0,
        (rssKb() - emptyKb) * 1024 / series,
        head.chunkCount());
  }

  private static long rssKb() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return 0;
  }

  /// Half of the series stand still, a quarter are counters, a quarter gauges.
  private static void change(double[] values, int from, Random random, int round) {
    for (int i = 0; i < SERIES; i++) {
      switch (i & 3) {
        case 0 -> values[from + i] += random.nextInt(100);
        case 1 -> values[from + i] = random.nextInt(1000) / 10.0;
        default -> values[from + i] = round == 0 ? i : values[from + i];
      }
    }
  }

  private static Labels[] labels(int target) {
    Labels[] labels = new Labels[SERIES];
    for (int i = 0; i < SERIES; i++) {
      labels[i] =
          Labels.of(
              "__name__", "node_metric_" + i / 10,
              "instance", "host-" + target + ":9100",
              "job", "node",
              "cpu", String.valueOf(i % 10),
              "mode", "mode" + i % 7,
              "datacenter", "dc1",
              "device", "eth" + i % 4);
    }
    return labels;
  }
}
