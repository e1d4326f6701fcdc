package io.narthex.role;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.model.sample.StaleMarker;
import io.narthex.storage.Appender;
import io.narthex.storage.Appender.Outcome;
import io.narthex.storage.Querier;
import io.narthex.storage.RecordingAppendable;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.ReplayStatus;
import io.narthex.tsdb.Tsdb;
import io.narthex.tsdb.TsdbOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Batches that wait for the storage: references, order, room.
class EarlyWritesTest {

  private static final Labels A = Labels.of("__name__", "a");
  private static final Labels B = Labels.of("__name__", "b");

  @TempDir Path directory;

  private final long nowMs = Clock.system().nowMs();
  private final Metrics metrics = new Metrics();
  private Tsdb tsdb;

  @BeforeEach
  void open() {
    tsdb = open(directory, TsdbOptions.defaults());
  }

  private static Tsdb open(Path path, TsdbOptions options) {
    return Tsdb.open(
        path,
        options,
        Disk.system(),
        Clock.system(),
        new Metrics(),
        (delayMs, task) -> () -> {},
        Runnable::run,
        new ReplayStatus());
  }

  @AfterEach
  void close() {
    tsdb.close();
  }

  private static long append(Appender appender, long ref, Labels labels, long tMs, double value) {
    appender.append(ref, labels, tMs, value);
    return appender.commit().ref(0);
  }

  @Test
  void aReferenceIsGoodForTheNextBatchAndAfterwards() {
    EarlyWrites early = new EarlyWrites(1 << 20, metrics);
    long a = append(early.appender(), 0, A, nowMs, 1);
    assertEquals(a, append(early.appender(), 0, A, nowMs + 1, 2));
    assertEquals(a, append(early.appender(), a, Labels.EMPTY, nowMs + 2, 3));
    early.open(tsdb);

    long settled = early.settled(a);
    Appender appender = tsdb.appender();
    appender.append(settled, Labels.EMPTY, nowMs + 3, StaleMarker.STALE);
    Appender.Commit commit = appender.commit();
    assertEquals(Outcome.STORED, commit.outcome(0));
    assertEquals(settled, commit.ref(0));
    assertEquals(1, tsdb.headSeries());
    assertEquals(nowMs + 3, tsdb.headMaxMs());
    assertEquals(settled, early.settled(settled));
  }

  @Test
  void startTimestampsWaitToo() {
    EarlyWrites early = new EarlyWrites(1 << 20, metrics);
    Appender appender = early.appender();
    for (int i = 0; i < 100; i++) {
      appender.append(0, A, nowMs + i, i);
    }
    appender.start(70, nowMs - 5);
    appender.append(0, A, nowMs + 100, 1);
    appender.commit();
    TsdbOptions plain = TsdbOptions.defaults();
    TsdbOptions.HeadPart head =
        new TsdbOptions.HeadPart(
            120, 0, 0, false, true, false, false, plain.head().wal().withStarts());
    try (Tsdb keeps = open(directory.resolve("keeps"), plain.withHead(head))) {
      early.open(keeps);
      SampleBuffer found = new SampleBuffer();
      try (Querier querier = keeps.querier(nowMs, nowMs + 200)) {
        SeriesSet set =
            querier.select(
                true, SelectHints.of(nowMs, nowMs + 200), List.of(Matcher.equal("__name__", "a")));
        assertTrue(set.next());
        set.at().read(nowMs, nowMs + 200, found);
      }
      assertEquals(101, found.size);
      assertEquals(0, found.startMs(69));
      assertEquals(nowMs - 5, found.startMs(70));
      assertEquals(0, found.startMs(71));
    }
  }

  @Test
  void zerosAtStartsWaitToo() {
    EarlyWrites early = new EarlyWrites(1 << 20, metrics);
    Appender appender = early.appender();
    appender.zeroAtStart(appender.append(0, A, nowMs, 7), nowMs - 5);
    appender.commit();
    RecordingAppendable storage = new RecordingAppendable();
    early.open(storage);
    assertEquals(
        List.of(nowMs - 5, nowMs),
        storage.stored.stream().map(RecordingAppendable.Stored::tMs).toList());
  }

  @Test
  void aBatchThatIsCommittedAfterOpeningIsStoredAtOnce() {
    EarlyWrites early = new EarlyWrites(1 << 20, metrics);
    long a = append(early.appender(), 0, A, nowMs, 1);
    Appender slow = early.appender();
    slow.append(a, Labels.EMPTY, nowMs + 1, 2);
    slow.append(0, B, nowMs + 1, 2);
    early.open(tsdb);

    Appender.Commit commit = slow.commit();
    assertEquals(2, commit.accepted());
    assertEquals(early.settled(a), commit.ref(0));
    assertEquals(2, tsdb.headSeries());
    assertEquals(nowMs + 1, tsdb.headMaxMs());
  }

  @Test
  void aReferenceOfASeriesThatWasRefusedIsNone() {
    append(tsdb.appender(), 0, A, nowMs, 1);
    EarlyWrites early = new EarlyWrites(1 << 20, metrics);
    long b = append(early.appender(), 0, B, nowMs - 100 * 3_600_000L, 1);
    early.open(tsdb);
    assertEquals(0, early.settled(b));
  }

  @Test
  void whatFindsNoRoomIsRefusedAndCounted() {
    EarlyWrites early = new EarlyWrites(4096, metrics);
    int kept = 0;
    Appender appender = early.appender();
    StorageException refused = null;
    for (int i = 0; i < 1000 && refused == null; i++) {
      appender.append(0, A, nowMs + i, i);
      try {
        appender.commit();
        kept++;
      } catch (StorageException e) {
        refused = e;
      }
    }
    assertTrue(kept > 5, "kept " + kept);
    assertTrue(String.valueOf(refused).contains("WAL is still replayed"), String.valueOf(refused));
    assertEquals(1, metrics.counter("narthex_replay_refused_samples_total", "").value());
    early.open(tsdb);
    assertEquals(nowMs + kept - 1, tsdb.headMaxMs());
    append(early.appender(), 0, A, nowMs + 2000, 1);
    assertEquals(nowMs + 2000, tsdb.headMaxMs());
  }

  @Test
  void aSampleWithNothingIsUnknown() {
    EarlyWrites early = new EarlyWrites(1 << 20, metrics);
    Appender appender = early.appender();
    appender.append(0, Labels.EMPTY, nowMs, 1);
    Appender.Commit commit = appender.commit();
    assertEquals(Outcome.UNKNOWN_REF, commit.outcome(0));
    assertEquals(0, commit.accepted());
    assertThrows(IndexOutOfBoundsException.class, () -> commit.ref(1));
  }
}
