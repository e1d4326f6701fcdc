package io.narthex.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.metrics.Metrics;
import io.narthex.promql.EngineOptions;
import io.narthex.promql.PromqlEngine;
import io.narthex.promql.ast.Features;
import io.narthex.testing.Peers;
import io.narthex.testing.Program;
import io.narthex.tsdb.ReplayStatus;
import io.narthex.tsdb.Tsdb;
import io.narthex.tsdb.TsdbOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random queries over the same blocks, answered by the engine and by the real Prometheus: values,
/// labels, errors, warnings and infos must be the same, but for what a newer Prometheus does
/// otherwise. `narthex.differential.queries` says how many, `narthex.differential.seed` which: a
/// build asks the same ones each time.
class DifferentialIT {

  private static final long START_MS = 1_700_000_000_000L;
  private static final long END_MS = START_MS + 2 * 3_600_000;
  private static final long INTERVAL_MS = 15_000;
  private static final int MOST_REPORTED = 40;
  private static final int REPEATS = 16;

  @TempDir Path work;

  @Test
  void prometheusSaysTheSame() throws IOException {
    compare(Features.NONE, "");
  }

  @Test
  void prometheusSaysTheSameIfNamesGoAwayLate() throws IOException {
    compare(new Features(false, false, false, true, false, false), ",promql-delayed-name-removal");
  }

  private void compare(Features language, String flags) throws IOException {
    Path prometheus = Peers.program("prometheus");
    int queries = Integer.getInteger("narthex.differential.queries", 400) / 2;
    long seed = Long.getLong("narthex.differential.seed", 1);
    System.out.printf("differential: %d queries, seed %d%s%n", queries, seed, flags);
    Random random = new Random(seed);
    Path blocks = blocks(random);
    Path config = Files.writeString(work.resolve("idle.yml"), "global: {scrape_interval: 1h}\n");
    int port = Program.freePort();
    try (Program them =
            Program.start(
                work,
                "prometheus",
                List.of(
                    prometheus.toString(),
                    "--config.file=" + config,
                    "--storage.tsdb.path=" + blocks,
                    "--storage.tsdb.retention.time=100y",
                    "--enable-feature=promql-experimental-functions,promql-per-step-stats" + flags,
                    "--web.listen-address=127.0.0.1:" + port));
        Tsdb us = open(copy(blocks), 7_200_000);
        PromqlEngine engine = engine(language)) {
      them.awaitOk("http://127.0.0.1:" + port + "/-/ready");
      new Run(new TwoServers(port, engine, us), random, queries).all();
    }
  }

  private static PromqlEngine engine(Features f) {
    Features features =
        new Features(true, false, false, f.delayedNameRemoval(), false, f.typeAndUnitLabels());
    EngineOptions options = new EngineOptions(50_000_000, 120_000, 20, 300_000, 60_000, features);
    return new PromqlEngine(options, Clock.system(), new Metrics());
  }

  private static Tsdb open(Path folder, long blockMs) {
    TsdbOptions plain = TsdbOptions.defaults();
    TsdbOptions options =
        new TsdbOptions(blockMs, 0, plain.limits(), plain.head(), plain.blocks(), false)
            .withRetention(0, 0);
    return Tsdb.open(
        folder,
        options,
        Disk.system(),
        Clock.system(),
        new Metrics(),
        (delayMs, task) -> () -> {},
        Runnable::run,
        new ReplayStatus());
  }

  /// A folder with nothing but blocks.
  private Path blocks(Random random) {
    Path head = work.resolve("head");
    try (Tsdb tsdb = open(head, 7_200_000)) {
      int samples =
          new RandomSeries(random, tsdb.appender(), START_MS, END_MS, INTERVAL_MS).commit();
      System.out.println("differential: " + samples + " samples");
      String name = tsdb.snapshot(false);
      return head.resolve("snapshots").resolve(name);
    }
  }

  private Path copy(Path from) throws IOException {
    Path to = work.resolve("copy");
    try (var all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path)));
      }
    }
    return to;
  }

  /// The questions of one run and what came of them.
  private static final class Run {
    private final TwoServers servers;
    private final Random random;
    private final RandomQueries queries;
    private final int count;
    private final List<String> differences = new ArrayList<>();
    private final Map<String, Integer> known = new TreeMap<>();

    Run(TwoServers servers, Random random, int count) {
      this.servers = servers;
      this.random = random;
      this.count = count;
      queries = new RandomQueries(random, START_MS, END_MS);
    }

    void all() throws IOException {
      for (int i = 0; i < count; i++) {
        ask(queries.next());
      }
      System.out.printf(
          Locale.ROOT,
          "differential: %d queries, %d answered with an error, %d empty, %d differ, known %s%n",
          count,
          servers.errors,
          servers.empty,
          differences.size(),
          known);
      Files.write(Path.of("target", "differential.txt"), differences);
      assertEquals(List.of(), differences.stream().limit(MOST_REPORTED).toList());
    }

    /// Functions hand on their series in the order of a hash map there, which is another one each
    /// time: which of equal samples is chosen, or which of two errors comes first, varies.
    private static boolean agreesAtTimes(Supplier<String> question) {
      return IntStream.range(0, REPEATS).anyMatch(i -> question.get().isEmpty());
    }

    private void ask(String query) {
      Supplier<String> question;
      long atMs = START_MS - 600_000 + random.nextLong(END_MS - START_MS + 1_200_000);
      long aligned = atMs / INTERVAL_MS * INTERVAL_MS + START_MS % INTERVAL_MS;
      long tMs = random.nextInt(4) == 0 ? atMs : aligned;
      String how;
      if (random.nextInt(2) == 0) {
        question = () -> servers.instant(query, tMs);
        how = "instant at " + tMs;
      } else {
        long stepMs = List.of(1_000L, 7_000L, 15_000L, 60_000L, 300_000L).get(random.nextInt(5));
        long endMs = tMs + stepMs * random.nextInt(40);
        question = () -> servers.range(query, tMs, endMs, stepMs);
        how = "range from " + tMs + " to " + endMs + " step " + stepMs;
      }
      String difference = question.get();
      if (difference.isEmpty()) {
        return;
      }
      String reason = NewerLanguage.reason(query, difference);
      if (reason.isEmpty() && agreesAtTimes(question)) {
        reason = "the old server does not answer the same each time";
      }
      if (reason.isEmpty()) {
        differences.add(how + ": " + query + "\n    " + difference);
      } else {
        known.merge(reason, 1, Integer::sum);
      }
    }
  }
}
