package io.narthex.tsdb.head;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;
import io.narthex.storage.Appender;
import io.narthex.storage.Appender.Outcome;
import io.narthex.storage.Querier;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import io.narthex.tsdb.chunk.ChunkDecoder;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.wal.WalOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Single properties of the head.
class HeadTest {

  private static final long START_MS = 1_700_006_400_000L;

  @TempDir Path directory;

  private final Metrics metrics = new Metrics();

  private Head open(int maxSeries) {
    return open(maxSeries, 0);
  }

  private Head open(int maxSeries, int maxSeriesPerJob) {
    return Head.open(
        Disk.system(),
        directory,
        new HeadOptions(
            7_200_000,
            120,
            maxSeries,
            maxSeriesPerJob,
            0,
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

  private static FloatHistogram histogram(double count) {
    return new FloatHistogram(
        ResetHint.UNKNOWN,
        1,
        0.001,
        1,
        count,
        count * 2,
        new int[] {0, 2},
        new double[] {count - 2, 1},
        new int[0],
        new double[0],
        new double[0]);
  }

  private static SampleBuffer read(Head head, Labels labels) {
    SampleBuffer out = new SampleBuffer();
    try (Querier querier = head.querier(Long.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE)) {
      SeriesSet set =
          querier.select(
              true,
              SelectHints.of(0, Long.MAX_VALUE),
              List.of(Matcher.equal(Labels.NAME, labels.metricName())));
      while (set.next()) {
        set.at().read(Long.MIN_VALUE, Long.MAX_VALUE, out);
      }
    }
    return out;
  }

  @Test
  void histogramsAndFloatsOfOneSeriesComeBack() {
    Labels labels = Labels.of(Labels.NAME, "h");
    try (Head head = open(0)) {
      Appender appender = head.appender();
      for (int i = 0; i < 300; i++) {
        if (i % 50 == 49) {
          appender.append(0, labels, START_MS + i * 1000L, i);
        } else {
          appender.append(0, labels, START_MS + i * 1000L, histogram(i + 5));
        }
        assertEquals(1, appender.commit().accepted());
      }
      appender.append(0, labels, START_MS + 298_000, histogram(7));
      assertEquals(1, appender.commit().count(Outcome.OUT_OF_ORDER));
      checkMixed(read(head, labels));
    }
    try (Head head = open(0)) {
      checkMixed(read(head, labels));
      List<Integer> encodings = new ArrayList<>();
      AtomicInteger samples = new AtomicInteger();
      try (HeadBlockSource source = head.blockSource(START_MS, START_MS + 7_200_000)) {
        source.write(
            new HeadBlockSource.Sink() {
              @Override
              public void series(Labels of) {
                assertEquals(labels, of);
              }

              @Override
              public void chunk(long minMs, long maxMs, int encoding, byte[] data, int length) {
                encodings.add(encoding);
                samples.addAndGet(ChunkDecoder.samples(encoding, data, 0, length));
              }
            });
      }
      assertEquals(300, samples.get());
      assertTrue(encodings.contains(1) && encodings.contains(2), encodings::toString);
    }
  }

  private static void checkMixed(SampleBuffer found) {
    assertEquals(300, found.size);
    for (int i = 0; i < 300; i++) {
      assertEquals(START_MS + i * 1000L, found.timesMs[i]);
      FloatHistogram histogram = found.histogram(i);
      if (i % 50 == 49) {
        assertEquals(null, histogram);
        assertEquals(i, found.values[i]);
      } else {
        assertEquals(histogram(i + 5), histogram);
      }
    }
  }

  @Test
  void capOnSeriesRefusesNewOnesOnly() {
    try (Head head = open(3)) {
      Appender appender = head.appender();
      for (int i = 0; i < 5; i++) {
        appender.append(0, Labels.of("i", "" + i), START_MS, i);
      }
      Appender.Commit commit = appender.commit();
      assertEquals(3, commit.accepted());
      assertEquals(2, commit.count(Outcome.SERIES_LIMIT));
      assertEquals(0, commit.ref(4));
      for (int i = 0; i < 5; i++) {
        appender.append(0, Labels.of("i", "" + i), START_MS + 1, i);
      }
      assertEquals(3, appender.commit().accepted());
    }
  }

  @Test
  void capOfAJobRefusesNewOnesOfThatJobOnly() {
    for (int start = 0; start < 2; start++) {
      // The second time those of the log are counted.
      try (Head head = open(0, 2)) {
        Appender appender = head.appender();
        for (int i = 0; i < 4; i++) {
          appender.append(0, Labels.of("i", "" + i, "job", "a"), START_MS + start, i);
          appender.append(0, Labels.of("i", "" + i), START_MS + start, i);
        }
        appender.append(0, Labels.of("i", "0", "job", "b"), START_MS + start, 1);
        Appender.Commit commit = appender.commit();
        assertEquals(7, commit.accepted());
        assertEquals(Outcome.STORED, commit.outcome(2));
        assertEquals(Outcome.SERIES_LIMIT, commit.outcome(4));
        assertEquals(Outcome.SERIES_LIMIT, commit.outcome(6));
        assertEquals(2, refused("a"));
        assertEquals(0, refused("b"));
      }
      metrics.remove("narthex_head_refused_samples_total", "job", "a");
    }
  }

  private double refused(String job) {
    double[] found = {0};
    metrics.collect(
        new Metrics.MetricSink() {
          @Override
          public void family(String family, String help, Metrics.Type type) {}

          @Override
          public void sample(String name, List<String> labels, double value) {
            if (name.equals("narthex_head_refused_samples_total") && labels.contains(job)) {
              found[0] = value;
            }
          }
        });
    return found[0];
  }

  @Test
  void referencesOfAnEarlierRunStayGood() {
    Labels labels = Labels.of(Labels.NAME, "a");
    long ref;
    try (Head head = open(0)) {
      Appender appender = head.appender();
      appender.append(0, labels, START_MS, 1);
      ref = appender.commit().ref(0);
    }
    try (Head head = open(0)) {
      Appender appender = head.appender();
      appender.append(ref, labels, START_MS + 1, 2);
      appender.append(0, Labels.of(Labels.NAME, "b"), START_MS + 1, 2);
      Appender.Commit commit = appender.commit();
      assertEquals(ref, commit.ref(0));
      assertEquals(ref + 1, commit.ref(1));
      assertArrayEquals(
          new long[] {START_MS, START_MS + 1}, Arrays.copyOf(read(head, labels).timesMs, 2));
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "EQUAL, job, a, 50",
        "EQUAL, job, nobody, 0",
        "EQUAL, odd, ``, 50",
        "NOT_EQUAL, odd, ``, 50",
        "NOT_EQUAL, job, a, 50",
        "REGEXP, i, 1.*, 11",
        "REGEXP, i, .*, 100",
        "REGEXP, odd, |yes, 100",
        "NOT_REGEXP, i, 1.*, 89",
        "NOT_REGEXP, odd, .+, 50",
        "REGEXP, missing, .+, 0"
      })
  void matchersSelectWhatLabelsSay(MatchType type, String name, String value, int expected) {
    try (Head head = open(0)) {
      Appender appender = head.appender();
      for (int i = 0; i < 100; i++) {
        appender.append(
            0,
            Labels.of(
                Labels.NAME,
                "m",
                "i",
                "" + i,
                "job",
                i < 50 ? "a" : "b",
                "odd",
                i % 2 == 0 ? "" : "yes"),
            START_MS,
            i);
      }
      appender.commit();
      Matcher matcher = Matcher.of(type, name, value);
      Set<String> found = new TreeSet<>();
      try (Querier querier = head.querier(Long.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE)) {
        SeriesSet set = querier.select(true, SelectHints.of(0, 1), List.of(matcher));
        while (set.next()) {
          assertTrue(matcher.matches(set.at().labels()));
          found.add(set.at().labels().get("i"));
        }
        assertEquals(
            found, new TreeSet<>(querier.labelValues("i", 0, List.of(matcher))), "label values");
      }
      assertEquals(expected, found.size());
    }
  }
}
