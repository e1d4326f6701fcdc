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

/// The part of the build's training that is a restart: a log is written, and read a few times, so
/// that the JVM knows from the start which methods of a replay are worth compiling. Without it a
/// server that comes back spends its first second in the interpreter.
public final class TrainingReplay {

  private static final int SERIES = 2_000;
  private static final int COMMITS = 200;
  private static final int RESTARTS = 4;

  private TrainingReplay() {}

  /// Works in a folder of its own below `directory`, which is gone afterwards: two builds at the
  /// same time must not meet.
  public static void run(Path directory) {
    Disk disk = Disk.system();
    Path folder = directory.resolve("training-replay");
    try (Tsdb tsdb = open(disk, folder)) {
      Appender appender = tsdb.appender();
      long startMs = Clock.system().nowMs();
      for (int commit = 0; commit < COMMITS; commit++) {
        for (int i = 0; i < SERIES; i++) {
          double value = i % 3 == 0 ? i : i % 3 == 1 ? commit * i : commit * 0.37 + i;
          appender.append(0, labels(i), startMs + commit * 1000L, value);
        }
        appender.commit();
      }
    }
    for (int i = 0; i < RESTARTS; i++) {
      open(disk, folder).close();
      if (i % 2 == 0) {
        // So that every other restart has to read the log.
        disk.delete(folder.resolve("head_memory"));
      }
    }
    disk.delete(folder);
  }

  private static Labels labels(int i) {
    return Labels.of(
        "__name__",
        "training_total",
        "instance",
        "127.0.0.1:9090",
        "job",
        "training",
        "path",
        "/a/path/of/some/length/" + i / 10,
        "status",
        String.valueOf(i % 10));
  }

  private static Tsdb open(Disk disk, Path folder) {
    return Tsdb.open(
        folder,
        TsdbOptions.defaults(),
        disk,
        Clock.system(),
        new Metrics(),
        (delayMs, task) -> () -> {},
        Runnable::run,
        new ReplayStatus());
  }
}
