package io.narthex.cli.tsdb;

import io.narthex.cli.command.Given;
import io.narthex.cli.command.GoDurations;
import io.narthex.cli.terminal.Terminal;
import io.narthex.cli.terminal.ToolException;
import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.model.sample.FloatText;
import io.narthex.storage.Appender;
import io.narthex.tsdb.head.Head;
import io.narthex.tsdb.head.HeadOptions;
import io.narthex.tsdb.head.ReplayProgress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// `tsdb bench write`: how fast the head takes the scrapes of many series.
final class BenchTool {

  private static final long STEP_MS = 30_000;
  private static final int SERIES_A_SCRAPE = 1000;
  private static final int SCRAPES_A_ROUND = 100;

  private final Disk disk;
  private final Clock clock;
  private final Terminal terminal;

  private BenchTool(Disk disk, Clock clock, Terminal terminal) {
    this.disk = disk;
    this.clock = clock;
    this.terminal = terminal;
  }

  /// Runs it; returns the exit code.
  static int run(Given given, Disk disk, Clock clock, Terminal terminal) {
    new BenchTool(disk, clock, terminal).run(given);
    return 0;
  }

  private void run(Given given) {
    Path out = Path.of(given.text("out"));
    disk.delete(out);
    disk.createDirectories(out);
    try (ExecutorService background = Executors.newSingleThreadExecutor()) {
      Head head =
          Head.open(
              disk,
              out.resolve("storage"),
              HeadOptions.defaults(),
              Long.MIN_VALUE,
              clock,
              new Metrics(),
              background,
              new ReplayProgress());
      Stage<List<Labels>> read =
          timed("readData", () -> labels(Path.of(given.text("file")), given.whole("metrics")));
      Stage<Long> written =
          timed("ingestScrapes", () -> ingest(head, read.result, given.whole("scrapes")));
      terminal.line(" > total samples: " + written.result);
      double rate = written.result / (written.nanos / 1e9);
      terminal.line(" > samples/sec: " + FloatText.general(rate));
      timed(
          "stopStorage",
          () -> {
            head.close();
            return 0;
          });
    }
  }

  private record Stage<T>(T result, long nanos) {}

  private <T> Stage<T> timed(String name, Supplier<T> work) {
    terminal.line(">> start stage=" + name);
    terminal.out().flush();
    long begin = clock.nanoTime();
    T result = work.get();
    long nanos = clock.nanoTime() - begin;
    terminal.line(">> completed stage=" + name + " duration=" + GoDurations.format(nanos));
    return new Stage<>(result, nanos);
  }

  /// One set of labels a line: `{"a":"b","c":"d"}`.
  private List<Labels> labels(Path file, int most) {
    if (!disk.exists(file)) {
      throw new ToolException("open " + file + ": no such file or directory");
    }
    String text = new String(disk.read(file), StandardCharsets.UTF_8);
    Set<Labels> seen = new HashSet<>();
    List<Labels> all = new ArrayList<>();
    for (String line : text.split("\n")) {
      if (all.size() == most) {
        break;
      }
      Labels labels = labels(line.replaceAll("[\"{}]", ""), file);
      if (seen.add(labels)) {
        all.add(labels);
      }
    }
    return all;
  }

  private static Labels labels(String line, Path file) {
    List<String> pairs = new ArrayList<>();
    for (String pair : line.split(",")) {
      int colon = pair.indexOf(':');
      if (colon < 0) {
        throw new ToolException(
            file + ": expected a JSON object of labels on each line, found " + line);
      }
      pairs.add(pair.substring(0, colon));
      pairs.add(pair.substring(colon + 1));
    }
    return Labels.of(pairs.toArray(String[]::new));
  }

  private long ingest(Head head, List<Labels> labels, int scrapes) {
    long samples = 0;
    long[] refs = new long[labels.size()];
    for (int round = 0; round < scrapes; round += SCRAPES_A_ROUND) {
      for (int scrape = 1; scrape <= SCRAPES_A_ROUND; scrape++) {
        long tMs = STEP_MS * (round + scrape);
        for (int from = 0; from < labels.size(); from += SERIES_A_SCRAPE) {
          int to = Math.min(labels.size(), from + SERIES_A_SCRAPE);
          samples += commit(head.appender(), labels, refs, from, to, tMs);
        }
      }
    }
    terminal.line("ingestion completed");
    return samples;
  }

  private static long commit(
      Appender appender, List<Labels> labels, long[] refs, int from, int to, long tMs) {
    double value = 123456789 + 1000.0 * tMs / STEP_MS;
    for (int i = from; i < to; i++) {
      appender.append(refs[i], labels.get(i), tMs, value);
    }
    Appender.Commit commit = appender.commit();
    if (commit.accepted() != to - from) {
      throw new ToolException(
          "the storage took only " + commit.accepted() + " of " + (to - from) + " samples");
    }
    for (int i = from; i < to; i++) {
      refs[i] = commit.ref(i - from);
    }
    return to - from;
  }
}
