package io.narthex.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.narthex.io.disk.Disk;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.Appender;
import io.narthex.storage.Querier;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A series whose samples are all deleted is listed nowhere, nor are labels that it alone had, be
/// it in the head or in a block.
class DeletedSeriesTest {

  private static final long HOUR_MS = 3_600_000;
  private static final long START_MS = 1_700_006_400_000L;
  private static final List<Matcher> ALL = List.of(Matcher.equal("__name__", "metric"));
  private static final Labels GONE =
      Labels.of("__name__", "metric", "i", "1", "job", "a", "only", "here");

  @TempDir Path directory;

  private final ManualTimers timers = new ManualTimers();
  private Tsdb tsdb;

  @BeforeEach
  void open() {
    tsdb =
        Tsdb.open(
            directory,
            TsdbOptions.defaults().withoutLock(),
            Disk.system(),
            timers,
            new Metrics(),
            timers,
            Runnable::run,
            new ReplayStatus());
  }

  private void append(long fromMs, long toMs) {
    Appender appender = tsdb.appender();
    for (long tMs = fromMs; tMs < toMs; tMs += 60_000) {
      appender.append(0, Labels.of("__name__", "metric", "i", "0", "job", "a"), tMs, 1);
      appender.append(0, GONE, tMs, 2);
      appender.append(0, Labels.of("__name__", "metric", "i", "2", "job", "b"), tMs, 3);
      assertEquals(3, appender.commit().accepted());
    }
  }

  private void delete(long minMs, long maxMs) {
    tsdb.delete(minMs, maxMs, List.of(Matcher.equal("i", "1")));
  }

  /// What is listed: `names values-of-i values-of-job series`, first without matchers, then with.
  private List<Object> listed() {
    List<Object> listed = new ArrayList<>();
    try (Querier querier = tsdb.querier(Long.MIN_VALUE, Long.MAX_VALUE)) {
      for (List<Matcher> matchers : List.of(List.<Matcher>of(), ALL)) {
        listed.add(querier.labelNames(0, matchers));
        listed.add(querier.labelValues("i", 0, matchers));
        listed.add(querier.labelValues("job", 0, matchers));
        listed.add(querier.labelValues("only", 0, matchers));
        int count = 0;
        SeriesSet set = querier.select(false, SelectHints.of(0, Long.MAX_VALUE), matchers);
        while (set.next()) {
          count++;
        }
        listed.add(count);
      }
    }
    return listed;
  }

  private static List<Object> twice(Object... once) {
    List<Object> all = new ArrayList<>(List.of(once));
    all.addAll(List.of(once));
    return all;
  }

  private static List<Object> withIt() {
    return twice(
        List.of("__name__", "i", "job", "only"),
        List.of("0", "1", "2"),
        List.of("a", "b"),
        List.of("here"),
        3);
  }

  private static List<Object> withoutIt() {
    return twice(
        List.of("__name__", "i", "job"), List.of("0", "2"), List.of("a", "b"), List.of(), 2);
  }

  /// In the head, in blocks, in both.
  @ParameterizedTest
  @ValueSource(ints = {1, 4, 7})
  void deletedSeriesAreListedNowhere(int hours) {
    append(START_MS, START_MS + hours * HOUR_MS);
    tsdb.maintain();
    assertEquals(withIt(), listed());
    delete(Long.MIN_VALUE, Long.MAX_VALUE);
    assertEquals(withoutIt(), listed());
    open();
    assertEquals(withoutIt(), listed());
  }

  @Test
  void partlyDeletedSeriesAreListed() {
    append(START_MS, START_MS + 7 * HOUR_MS);
    tsdb.maintain();
    delete(START_MS + 60_000, Long.MAX_VALUE);
    assertEquals(withIt(), listed());
  }

  @Test
  void seriesThatGoOnAreListed() {
    append(START_MS, START_MS + HOUR_MS);
    delete(Long.MIN_VALUE, Long.MAX_VALUE);
    append(START_MS + HOUR_MS, START_MS + HOUR_MS + 60_000);
    assertEquals(withIt(), listed());
    delete(Long.MIN_VALUE, Long.MAX_VALUE);
    assertEquals(withoutIt(), listed());
  }
}
