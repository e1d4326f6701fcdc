package io.narthex.tsdb.head;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.Appender;
import io.narthex.storage.Querier;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.Series;
import io.narthex.storage.SeriesSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A reader sees each commit whole or not at all, and goes on seeing what it saw first.
class IsolationTest {

  private static final int SERIES = 300;
  private static final long START_MS = 1_700_000_000_000L;

  @TempDir Path directory;
  private Head head;

  @BeforeEach
  void open() {
    head =
        Head.open(
            Disk.system(),
            directory,
            HeadOptions.defaults(),
            Long.MIN_VALUE,
            Clock.system(),
            new Metrics(),
            Runnable::run,
            new ReplayProgress());
  }

  @AfterEach
  void close() {
    head.close();
  }

  /// The commit with number `n`: each series of the writer gets the value `n`, some get two.
  private void commit(int writer, int n, long[] refs) {
    Appender appender = head.appender();
    int[] index = new int[SERIES];
    for (int i = 0; i < SERIES; i++) {
      Labels labels = Labels.of("__name__", "m", "writer", "" + writer, "i", "" + i);
      long tMs = START_MS + n * 1000L;
      if (i % 7 == 0) {
        appender.append(refs[i], labels, tMs - 1, n);
      }
      index[i] = appender.append(refs[i], labels, tMs, n);
    }
    Appender.Commit commit = appender.commit();
    for (int i = 0; i < SERIES; i++) {
      refs[i] = commit.ref(index[i]);
    }
  }

  private static List<Series> select(Querier querier, int writer) {
    List<Series> series = new ArrayList<>();
    SeriesSet set =
        querier.select(
            false,
            SelectHints.of(0, Long.MAX_VALUE),
            List.of(Matcher.equal("writer", "" + writer)));
    while (set.next()) {
      series.add(set.at());
    }
    return series;
  }

  /// The newest value of each series: one for all of them if commits are whole.
  private static Set<Double> newest(List<Series> all) {
    Set<Double> values = new HashSet<>();
    SampleBuffer buffer = new SampleBuffer();
    for (Series series : all) {
      buffer.clear();
      series.read(Long.MIN_VALUE, Long.MAX_VALUE, buffer);
      values.add(buffer.size == 0 ? -1 : buffer.values[buffer.size - 1]);
    }
    return values;
  }

  @Test
  void commitsAreWholeWhileSeveralThreadsWrite() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    int writers = 3;
    try (ExecutorService executor = Executors.newFixedThreadPool(writers + 2)) {
      List<Future<?>> writing = new ArrayList<>();
      for (int w = 0; w < writers; w++) {
        int writer = w;
        writing.add(
            executor.submit(() -> {
              long[] refs = new long[SERIES];
              for (int n = 0; n < 400; n++) {
                commit(writer, n, refs);
              }
            }));
      }
      Callable<Integer> reader =
          () -> {
            int looks = 0;
            while (!done.get()) {
              try (Querier querier = head.querier(Long.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE)) {
                List<Series> series = select(querier, looks % writers);
                Set<Double> first = newest(series);
                assertEquals(series.isEmpty() ? 0 : 1, first.size(), () -> "parts: " + first);
                assertEquals(first, newest(series), "the same reader looks again");
                looks++;
              }
            }
            return looks;
          };
      List<Future<Integer>> reading = List.of(executor.submit(reader), executor.submit(reader));
      for (Future<?> future : writing) {
        future.get();
      }
      done.set(true);
      for (Future<Integer> future : reading) {
        assertEquals(true, future.get() > 0);
      }
    }
  }

  @Test
  void readersOfAllAgesKeepTheirView() {
    long[] refs = new long[SERIES];
    List<Querier> queriers = new ArrayList<>();
    List<List<Series>> series = new ArrayList<>();
    for (int n = 0; n < 300; n++) {
      commit(0, n, refs);
      if (n % 10 == 0) {
        Querier querier = head.querier(Long.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE);
        queriers.add(querier);
        series.add(select(querier, 0));
      }
    }
    for (int q = 0; q < queriers.size(); q++) {
      assertEquals(Set.of(q * 10.0), newest(series.get(q)));
    }
    queriers.forEach(Querier::close);
  }
}
