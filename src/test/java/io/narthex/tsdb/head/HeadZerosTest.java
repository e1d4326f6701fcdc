package io.narthex.tsdb.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;
import io.narthex.storage.Appender;
import io.narthex.storage.Appender.Commit;
import io.narthex.storage.Appender.Outcome;
import io.narthex.storage.Querier;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.wal.WalOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Zeros ahead of samples that say since when they count.
class HeadZerosTest {

  private static final long START_MS = 1_700_006_400_000L;
  private static final Labels SERIES = Labels.of(Labels.NAME, "a");

  @TempDir Path directory;

  private final Metrics metrics = new Metrics();

  private Head open(int maxSeries, long outOfOrderWindowMs) {
    return Head.open(
        Disk.system(),
        directory,
        new HeadOptions(
            7_200_000,
            120,
            maxSeries,
            0,
            outOfOrderWindowMs,
            false,
            0,
            ChunkEncoding.XOR,
            false,
            WalOptions.defaults()),
        Long.MIN_VALUE,
        Clock.system(),
        metrics,
        Runnable::run,
        new ReplayProgress());
  }

  /// Commits a sample at a second with a zero at another one; times are seconds since the start.
  private static Commit commit(Head head, int second, double value, int startSecond) {
    Appender appender = head.appender();
    int sample = appender.append(0, SERIES, START_MS + second * 1000L, value);
    appender.zeroAtStart(sample, START_MS + startSecond * 1000L);
    return appender.commit();
  }

  private static SampleBuffer read(Head head) {
    SampleBuffer out = new SampleBuffer();
    try (Querier querier = head.querier(Long.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE)) {
      SeriesSet set =
          querier.select(
              true, SelectHints.of(0, Long.MAX_VALUE), List.of(Matcher.equal(Labels.NAME, "a")));
      while (set.next()) {
        set.at().read(Long.MIN_VALUE, Long.MAX_VALUE, out);
      }
    }
    return out;
  }

  private static List<String> samples(Head head) {
    SampleBuffer points = read(head);
    List<String> all = new ArrayList<>();
    for (int i = 0; i < points.size; i++) {
      all.add((points.timesMs[i] - START_MS) / 1000 + ":" + points.values[i]);
    }
    return all;
  }

  @Test
  void aZeroThatIsInOrderIsStoredAndDoesNotCount() {
    List<String> expected = List.of("5:0.0", "10:7.0", "15:0.0", "20:8.0");
    try (Head head = open(0, 0)) {
      Commit first = commit(head, 10, 7, 5);
      assertEquals(1, first.size());
      assertEquals(1, first.accepted());
      commit(head, 20, 8, 15);
      assertEquals(expected, samples(head));
    }
    try (Head head = open(0, 0)) {
      assertEquals(expected, samples(head));
    }
  }

  @Test
  void othersAreLeftOutInSilence() {
    try (Head head = open(0, 600_000)) {
      assertEquals(1, commit(head, 4_000, 1, 4_000 - 3_601).accepted());
      for (int start : new int[] {4_000, 3_999, 4_010, 4_011}) {
        assertEquals(1, commit(head, 4_010, 1, start).accepted());
      }
      assertEquals(List.of("4000:1.0", "4010:1.0"), samples(head));
      // A late sample has none either.
      assertEquals(1, commit(head, 4_005, 1, 4_002).accepted());
      assertEquals(List.of("4000:1.0", "4005:1.0", "4010:1.0"), samples(head));
    }
  }

  @Test
  void aSeriesThatIsRefusedGetsNone() {
    try (Head head = open(1, 0)) {
      Appender appender = head.appender();
      appender.append(0, Labels.of(Labels.NAME, "b"), START_MS, 1);
      appender.commit();
      assertEquals(1, commit(head, 10, 7, 5).count(Outcome.SERIES_LIMIT));
      assertEquals(List.of(), samples(head));
    }
  }

  @Test
  void thoseOfHistogramsAreEmptyHistograms() {
    FloatHistogram histogram =
        new FloatHistogram(
            ResetHint.UNKNOWN,
            FloatHistogram.CUSTOM_BUCKETS,
            0,
            0,
            3,
            6,
            new int[] {0, 2},
            new double[] {1, 2},
            new int[0],
            new double[0],
            new double[] {1.0, 5.0});
    try (Head head = open(0, 0)) {
      Appender appender = head.appender();
      int sample = appender.append(0, SERIES, START_MS + 10_000, histogram);
      appender.zeroAtStart(sample, START_MS + 5_000);
      assertEquals(1, appender.commit().accepted());
      check(read(head));
    }
    try (Head head = open(0, 0)) {
      check(read(head));
    }
  }

  private static void check(SampleBuffer points) {
    assertEquals(2, points.size);
    FloatHistogram zero = points.histogram(0);
    FloatHistogram after = points.histogram(1);
    assertNotNull(zero);
    assertNotNull(after);
    assertEquals(START_MS + 5_000, points.timesMs[0]);
    assertEquals(0, zero.count);
    assertEquals(0, zero.sum);
    assertEquals(FloatHistogram.CUSTOM_BUCKETS, zero.schema);
    assertEquals(2, zero.customValues.length);
    assertEquals(3, after.count);
  }
}
