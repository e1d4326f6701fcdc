package io.narthex.tsdb.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.clock.Timers;
import io.narthex.io.disk.Disk;
import io.narthex.io.disk.FaultyDisk;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.model.sample.Exemplar;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.Metadata;
import io.narthex.model.sample.MetricType;
import io.narthex.storage.Appender;
import io.narthex.storage.Appender.Outcome;
import io.narthex.storage.StorageException;
import io.narthex.testing.FixedClock;
import io.narthex.tsdb.wal.WalOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentStorageTest {

  private static final long NOW_MS = 1_700_000_000_000L;
  private static final FloatHistogram HISTOGRAM =
      new FloatHistogram(
          FloatHistogram.ResetHint.UNKNOWN,
          0,
          0.001,
          1,
          3,
          4.5,
          new int[] {0, 1},
          new double[] {2},
          new int[0],
          new double[0],
          new double[0]);

  @TempDir Path directory;

  private long sentMs;
  private final Metrics metrics = new Metrics();

  private AgentStorage open(Disk disk, AgentOptions options, Metrics into) {
    return AgentStorage.open(
        directory,
        options,
        disk,
        new FixedClock(NOW_MS),
        into,
        (Timers) (delayMs, task) -> () -> {},
        Runnable::run,
        () -> sentMs);
  }

  private AgentStorage open() {
    return open(Disk.system(), AgentOptions.defaults(), new Metrics());
  }

  private static Labels labels(int i) {
    return Labels.of("__name__", "m", "i", String.valueOf(i));
  }

  private static Outcome commit(AgentStorage storage, int i, long tMs, double value) {
    Appender appender = storage.appender();
    appender.append(0, labels(i), tMs, value);
    return appender.commit().outcome(0);
  }

  private AgentLog log() {
    return AgentLog.of(directory.resolve("wal"));
  }

  @Test
  void everythingIsLogged() {
    AgentOptions options = new AgentOptions(0, 0, 1000, 0, true, true, WalOptions.defaults());
    try (AgentStorage storage = open(Disk.system(), options, metrics)) {
      Appender appender = storage.appender();
      int a = appender.append(0, labels(1), NOW_MS, 1.5);
      int b = appender.append(0, labels(2), NOW_MS, HISTOGRAM);
      Exemplar exemplar = new Exemplar(Labels.of("trace", "x"), 7, NOW_MS, true);
      appender.exemplar(a, exemplar);
      appender.exemplar(a, exemplar);
      appender.exemplar(a, new Exemplar(Labels.of("trace", "x".repeat(124)), 7, NOW_MS, true));
      appender.metadata(b, new Metadata(MetricType.HISTOGRAM, "", "help"));
      Appender.Commit commit = appender.commit();
      assertEquals(2, commit.accepted());
      assertEquals(List.of(1L, 2L), List.of(commit.ref(a), commit.ref(b)));
      appender.append(2, Labels.EMPTY, NOW_MS + 1, HISTOGRAM.withHint(HISTOGRAM.resetHint));
      assertEquals(1, appender.commit().accepted());
    }
    AgentLog log = log();
    assertEquals(List.of("1 " + labels(1), "2 " + labels(2)), log.series);
    assertEquals(List.of("1 " + NOW_MS + " 1.5"), log.samples);
    assertEquals(
        List.of(
            "metadata 2 help",
            "histogram 2 " + NOW_MS + " 3.0",
            "exemplar 1 " + NOW_MS + " 7.0 " + Labels.of("trace", "x"),
            "histogram 2 " + (NOW_MS + 1) + " 3.0"),
        log.others);
    assertEquals(1, counter("prometheus_agent_samples_appended_total", "type", "float"));
    assertEquals(2, counter("prometheus_agent_samples_appended_total", "type", "histogram"));
    assertEquals(1, counter("prometheus_agent_exemplars_appended_total"));
  }

  @Test
  void startsAreLoggedIfTheyAreWanted() {
    for (boolean wanted : new boolean[] {false, true}) {
      directory = directory.resolve("starts" + wanted);
      WalOptions wal = wanted ? WalOptions.defaults().withStarts() : WalOptions.defaults();
      AgentOptions options = new AgentOptions(0, 0, 1000, 0, true, true, wal);
      try (AgentStorage storage = open(Disk.system(), options, new Metrics())) {
        Appender appender = storage.appender();
        for (int i = 0; i < 100; i++) {
          appender.append(0, labels(i), NOW_MS, i);
        }
        appender.start(99, NOW_MS - 5);
        appender.start(appender.append(0, labels(7), NOW_MS + 1, HISTOGRAM), NOW_MS - 7);
        assertEquals(101, appender.commit().accepted());
      }
      try (AgentStorage storage = open(Disk.system(), options, new Metrics())) {
        assertEquals(Outcome.OUT_OF_ORDER, commit(storage, 99, NOW_MS, 1));
      }
      String since = wanted ? " since " + (NOW_MS - 5) : "";
      assertEquals("100 " + NOW_MS + " 99.0" + since, log().samples.get(99));
      assertEquals("99 " + NOW_MS + " 98.0", log().samples.get(98));
      assertEquals(
          List.of(
              "histogram 8 " + (NOW_MS + 1) + " 3.0" + (wanted ? " since " + (NOW_MS - 7) : "")),
          log().others);
    }
  }

  @Test
  void aZeroGoesAheadOfItsSampleWhereThatIsInOrder() {
    try (AgentStorage storage = open()) {
      Appender appender = storage.appender();
      appender.zeroAtStart(appender.append(0, labels(1), NOW_MS, 5), NOW_MS - 9);
      appender.zeroAtStart(appender.append(0, labels(2), NOW_MS, HISTOGRAM), NOW_MS - 8);
      appender.zeroAtStart(appender.append(0, labels(3), NOW_MS, 5), NOW_MS);
      assertEquals(3, appender.commit().accepted());
      appender.zeroAtStart(appender.append(1, Labels.EMPTY, NOW_MS + 2, 6), NOW_MS);
      appender.append(1, Labels.EMPTY, NOW_MS + 3, 7);
      assertEquals(2, appender.commit().accepted());
    }
    assertEquals(
        List.of(
            "1 " + (NOW_MS - 9) + " 0.0",
            "1 " + NOW_MS + " 5.0",
            "3 " + NOW_MS + " 5.0",
            "1 " + (NOW_MS + 2) + " 6.0",
            "1 " + (NOW_MS + 3) + " 7.0"),
        log().samples);
    assertEquals(
        List.of("histogram 2 " + (NOW_MS - 8) + " 0.0", "histogram 2 " + NOW_MS + " 3.0"),
        log().others);
  }

  private double counter(String name, String... labels) {
    return metrics.counter(name, "", labels).value();
  }

  @Test
  void whatIsNotNewerIsRefusedAlsoAfterARestart() {
    try (AgentStorage storage = open(Disk.system(), AgentOptions.defaults(), metrics)) {
      assertEquals(Outcome.STORED, commit(storage, 1, NOW_MS, 1));
      assertEquals(Outcome.OUT_OF_ORDER, commit(storage, 1, NOW_MS, 1));
      assertEquals(Outcome.OUT_OF_ORDER, commit(storage, 1, NOW_MS - 1, 1));
      Appender appender = storage.appender();
      appender.append(1, Labels.EMPTY, NOW_MS + 1, 1);
      appender.append(1, Labels.EMPTY, NOW_MS + 1, 2);
      appender.append(7, Labels.EMPTY, NOW_MS + 1, 2);
      Appender.Commit commit = appender.commit();
      assertEquals(Outcome.STORED, commit.outcome(0));
      assertEquals(Outcome.OUT_OF_ORDER, commit.outcome(1));
      assertEquals(Outcome.UNKNOWN_REF, commit.outcome(2));
      assertEquals(3, counter("prometheus_agent_out_of_order_samples_total"));
    }
    try (AgentStorage storage = open()) {
      assertEquals(1, storage.seriesCount());
      assertEquals(Outcome.OUT_OF_ORDER, commit(storage, 1, NOW_MS + 1, 1));
      assertEquals(Outcome.STORED, commit(storage, 1, NOW_MS + 2, 1));
      assertEquals(Outcome.STORED, commit(storage, 2, NOW_MS, 1));
    }
    assertEquals(List.of("1 " + labels(1), "2 " + labels(2)), log().series);
  }

  @Test
  void aWindowTakesOlderSamples() {
    AgentOptions options = new AgentOptions(0, 0, 1000, 500, false, true, WalOptions.defaults());
    try (AgentStorage storage = open(Disk.system(), options, metrics)) {
      assertEquals(Outcome.STORED, commit(storage, 1, NOW_MS, 1));
      assertEquals(Outcome.STORED, commit(storage, 1, NOW_MS - 499, 1));
      assertEquals(Outcome.OUT_OF_ORDER, commit(storage, 1, NOW_MS - 500, 1));
    }
  }

  /// One segment an hour, for ten hours; a series that ends after the second.
  private void fill(AgentStorage storage) {
    for (int hour = 0; hour < 10; hour++) {
      for (int minute = 0; minute < 60; minute++) {
        long tMs = NOW_MS - (10 - hour) * 3_600_000L + minute * 60_000L;
        if (hour < 2) {
          commit(storage, 1, tMs, 1);
        }
        commit(storage, 2, tMs, 2);
      }
      if (hour < 9) {
        storage.truncate();
      }
    }
  }

  @Test
  void whatWasSentIsForgotten() {
    try (AgentStorage storage = open(Disk.system(), AgentOptions.defaults(), metrics)) {
      fill(storage);
      assertEquals(1, storage.seriesCount(), "the one that ended is too old");
      sentMs = NOW_MS - 1_800_000;
      storage.truncate();
      storage.truncate();
    }
    AgentLog log = log();
    // While it was four hours behind it was forgotten too, and came again with another number.
    assertEquals(
        List.of(labels(2).toString()),
        log.series.stream().map(s -> s.substring(s.indexOf(' ') + 1)).distinct().toList());
    long oldest =
        log.samples.stream().mapToLong(s -> Long.parseLong(s.split(" ")[1])).min().orElseThrow();
    assertTrue(oldest > NOW_MS - 14_400_000L, "at most four hours: " + (NOW_MS - oldest));
    assertTrue(log.samples.getLast().endsWith(" " + (NOW_MS - 60_000) + " 2.0"));
    assertEquals(List.of(), log.others, "no records that Prometheus' agent does not know");
    try (AgentStorage storage = open()) {
      assertEquals(1, storage.seriesCount());
      assertEquals(Outcome.OUT_OF_ORDER, commit(storage, 2, NOW_MS - 60_000, 1));
      Appender appender = storage.appender();
      appender.append(0, labels(1), NOW_MS, 1);
      assertTrue(appender.commit().ref(0) > 2, "numbers are not used again");
    }
  }

  @Test
  void aCommitThatFailsIsNotThere() {
    for (int point = 4; point < 12; point++) {
      Path folder = directory.resolve("p" + point);
      FaultyDisk disk = FaultyDisk.failsOnceAfter(Disk.system(), point);
      List<String> accepted = new ArrayList<>();
      try (AgentStorage storage =
          AgentStorage.open(
              folder,
              AgentOptions.defaults(),
              disk,
              new FixedClock(NOW_MS),
              new Metrics(),
              (Timers) (delayMs, task) -> () -> {},
              Runnable::run,
              () -> 0)) {
        for (int i = 1; i < 12; i++) {
          try {
            commit(storage, i % 4, NOW_MS + i, i);
            accepted.add((NOW_MS + i) + " " + (double) i);
          } catch (StorageException e) {
            assertTrue(String.valueOf(e.getMessage()).startsWith("commit of 1 samples: "));
          }
        }
      }
      AgentLog log = AgentLog.of(folder.resolve("wal"));
      assertEquals(
          accepted,
          log.samples.stream().map(s -> s.substring(s.indexOf(' ') + 1)).toList(),
          "point " + point);
      assertEquals(4, log.series.size());
    }
  }

  @Test
  void aTornEndIsCutOff() throws IOException {
    try (AgentStorage storage = open()) {
      commit(storage, 1, NOW_MS, 1);
      commit(storage, 2, NOW_MS, 1);
    }
    Path segment = directory.resolve("wal/00000000");
    try (var channel = Files.newByteChannel(segment, StandardOpenOption.WRITE)) {
      channel.truncate(Files.size(segment) - 3);
    }
    try (AgentStorage storage = open(Disk.system(), AgentOptions.defaults(), metrics)) {
      assertEquals(1, counter("prometheus_agent_corruptions_total"));
      assertEquals(2, storage.seriesCount());
      assertEquals(Outcome.STORED, commit(storage, 2, NOW_MS, 1), "its sample was lost");
      assertEquals(Outcome.OUT_OF_ORDER, commit(storage, 1, NOW_MS, 1));
    }
    assertEquals(2, log().samples.size());
  }

  @Test
  void endsAllSeriesOnRequestOnly() {
    try (AgentStorage storage = open()) {
      commit(storage, 1, NOW_MS, 1);
      commit(storage, 2, NOW_MS + 10, 1);
      assertEquals(1, storage.endSeries(NOW_MS + 5));
    }
    assertEquals(
        List.of(
            "1 " + NOW_MS + " 1.0", "2 " + (NOW_MS + 10) + " 1.0", "1 " + (NOW_MS + 5) + " NaN"),
        log().samples);
  }

  @Test
  void isForOneProcess() {
    AgentStorage first = open();
    assertThrows(StorageException.class, this::open);
    first.close();
    first.close();
    assertThrows(StorageException.class, () -> commit(first, 1, NOW_MS, 1));
    open().close();
  }
}
