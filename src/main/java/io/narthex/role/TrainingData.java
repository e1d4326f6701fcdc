package io.narthex.role;

import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.storage.Appender;
import io.narthex.tsdb.ReplayStatus;
import io.narthex.tsdb.Tsdb;
import io.narthex.tsdb.TsdbOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Hours of made-up history for the training run: blocks and a log of a size that makes queries
/// work, since what a JVM sees in a run over nothing is not what it will have to compile.
final class TrainingData {

  static final long HISTORY_MS = 8 * 3_600_000L;

  private static final long STEP_MS = 30_000;
  static final int INSTANCES = 12;
  private static final String[] METHODS = {"GET", "POST", "PUT"};
  private static final String[] STATUSES = {"200", "304", "404", "500"};
  private static final String[] BOUNDS = {"0.01", "0.05", "0.1", "0.5", "1", "5", "+Inf"};
  private static final String[] GAUGES = {"app_memory_used_bytes", "app_memory_limit_bytes"};

  private final Random random = new Random(1);
  private final List<Labels> series = new ArrayList<>();
  private final List<Boolean> counters = new ArrayList<>();

  private TrainingData(int instances) {
    for (int i = 0; i < instances; i++) {
      String instance = "host-" + i + ":8080";
      for (int route = 0; route < 8; route++) {
        for (String method : METHODS) {
          requests(instance, method, "/route-" + route);
        }
      }
      for (String gauge : GAUGES) {
        for (int pod = 0; pod < 20; pod++) {
          add(false, gauge, "instance", instance, "job", "app", "pod", "pod-" + i + "-" + pod);
        }
      }
      add(false, "app_load", "instance", instance, "job", "app");
    }
  }

  /// Writes the history into a data folder and closes it again, so that a server that opens it
  /// finds blocks and has a log to read.
  ///
  /// @param instances how many instances are made up, of 305 series each
  static void write(Path directory, int instances, long historyMs, Clock clock) {
    try (Tsdb tsdb =
        Tsdb.open(
            directory,
            TsdbOptions.defaults(),
            Disk.system(),
            clock,
            new Metrics(),
            (delayMs, task) -> () -> {},
            Runnable::run,
            new ReplayStatus())) {
      long endMs = clock.nowMs() - 60_000;
      new TrainingData(instances).append(tsdb.appender(), endMs - historyMs, endMs);
      tsdb.maintain();
    }
  }

  /// As above, but only what has become blocks: a folder that can be opened at once.
  static void writeBlocks(Path directory, int instances, long historyMs, Clock clock) {
    write(directory, instances, historyMs, clock);
    for (String log : new String[] {"wal", "wbl", "chunks_head", "lock"}) {
      Disk.system().delete(directory.resolve(log));
    }
  }

  private void requests(String instance, String method, String route) {
    for (String status : STATUSES) {
      add(
          true,
          "app_requests_total",
          "instance",
          instance,
          "job",
          "app",
          "method",
          method,
          "route",
          route,
          "status",
          status);
    }
    for (String bound : BOUNDS) {
      add(
          true,
          "app_request_duration_seconds_bucket",
          "instance",
          instance,
          "job",
          "app",
          "le",
          bound,
          "method",
          method,
          "route",
          route);
    }
  }

  private void add(boolean counter, String name, String... pairs) {
    String[] all = new String[pairs.length + 2];
    all[0] = Labels.NAME;
    all[1] = name;
    System.arraycopy(pairs, 0, all, 2, pairs.length);
    series.add(Labels.of(all));
    counters.add(counter);
  }

  private void append(Appender appender, long startMs, long endMs) {
    int count = series.size();
    long[] refs = new long[count];
    double[] values = new double[count];
    for (long tMs = startMs; tMs < endMs; tMs += STEP_MS) {
      for (int i = 0; i < count; i++) {
        values[i] = next(i, values[i]);
        appender.append(refs[i], series.get(i), tMs, values[i]);
      }
      Appender.Commit commit = appender.commit();
      for (int i = 0; i < count; i++) {
        refs[i] = commit.ref(i);
      }
    }
  }

  /// Counters grow, some of them rarely and a few not at all; gauges wander.
  private double next(int i, double value) {
    if (counters.get(i)) {
      return i % 5 == 0 ? value : value + random.nextInt(i % 3 == 0 ? 2 : 200);
    }
    return i % 4 == 0 ? value : Math.max(0, value + (random.nextInt(2001) - 1000) / 1000.0);
  }
}
