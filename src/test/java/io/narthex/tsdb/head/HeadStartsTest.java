package io.narthex.tsdb.head;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.Matcher;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;
import io.narthex.storage.Appender;
import io.narthex.storage.Querier;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import io.narthex.tsdb.chunk.ChunkDecoder;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.wal.WalFiles;
import io.narthex.tsdb.wal.WalOptions;
import io.narthex.tsdb.wal.WalReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Start timestamps on their way through the head: open chunks, files, the logs.
class HeadStartsTest {

  private static final long START_MS = 1_700_006_400_000L;
  private static final long STEP_MS = 15_000;

  @TempDir Path directory;

  private boolean startsOfHistograms = true;

  private Head open(boolean starts) {
    return Head.open(
        Disk.system(),
        directory,
        new HeadOptions(
            7_200_000,
            120,
            0,
            0,
            3_600_000,
            false,
            0,
            ChunkEncoding.XOR2,
            startsOfHistograms,
            new WalOptions(32 * 1024, WalOptions.Compression.NONE, starts)),
        Long.MIN_VALUE,
        Clock.system(),
        new Metrics(),
        Runnable::run,
        new ReplayProgress());
  }

  private static SampleBuffer read(Head head, String name) {
    SampleBuffer out = new SampleBuffer();
    try (Querier querier = head.querier(Long.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE)) {
      SeriesSet set =
          querier.select(
              true, SelectHints.of(0, Long.MAX_VALUE), List.of(Matcher.equal(Labels.NAME, name)));
      while (set.next()) {
        set.at().read(Long.MIN_VALUE, Long.MAX_VALUE, out);
      }
    }
    return out;
  }

  private static long timeMs(int i) {
    return START_MS + i * STEP_MS;
  }

  /// Start of sample i of the series with a name.
  private static long startMs(String name, int i) {
    return switch (name) {
      case "constant", "histogram" -> START_MS - 777;
      case "restarts" -> START_MS + i / 50 * 1000;
      case "becomes_known" -> i < 130 ? 0 : START_MS;
      case "becomes_unknown" -> i < 70 ? START_MS : 0;
      case "delta" -> timeMs(i - 1);
      default -> 0;
    };
  }

  private static final List<String> NAMES =
      List.of("constant", "restarts", "becomes_known", "becomes_unknown", "delta", "never");

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

  private static void append(Head head, int from, int to) {
    Appender appender = head.appender();
    for (int i = from; i < to; i++) {
      for (String name : NAMES) {
        int sample = appender.append(0, Labels.of(Labels.NAME, name), timeMs(i), i);
        appender.start(sample, startMs(name, i));
      }
      int sample =
          appender.append(0, Labels.of(Labels.NAME, "histogram"), timeMs(i), histogram(i + 5));
      appender.start(sample, startMs("histogram", i));
      assertEquals(NAMES.size() + 1, appender.commit().accepted());
    }
  }

  private static void check(Head head, int from, int to) {
    for (String name : NAMES) {
      check(read(head, name), name, from, to);
    }
    check(read(head, "histogram"), "histogram", from, to);
  }

  private static void check(SampleBuffer found, String name, int from, int to) {
    assertEquals(to - from, found.size, name);
    for (int i = from; i < to; i++) {
      assertEquals(timeMs(i), found.timesMs[i - from], name);
      assertEquals(startMs(name, i), found.startMs(i - from), name + " sample " + i);
    }
  }

  @Test
  void openAndMappedChunksAndTheLogKeepThem() {
    try (Head head = open(true)) {
      append(head, 0, 20);
      check(head, 0, 20);
      append(head, 20, 400);
      check(head, 0, 400);
    }
    try (Head head = open(true)) {
      check(head, 0, 400);
      append(head, 400, 470);
      check(head, 0, 470);
    }
    // As after a kill: what is mapped and what the log has is the same as before.
    Head killed = open(true);
    append(killed, 470, 475);
    try (Head head = open(true)) {
      check(head, 0, 475);
    }
  }

  /// Each sample has another start, so one that is out of step with its line would show.
  @Test
  void readersSeeThemWithTheirSamples() throws Exception {
    Labels labels = Labels.of(Labels.NAME, "m");
    try (Head head = open(true)) {
      CompletableFuture<Void> writing =
          CompletableFuture.runAsync(() -> {
            Appender appender = head.appender();
            for (int i = 0; i < 30_000; i++) {
              long tMs = START_MS + i * 10L;
              appender.start(appender.append(0, labels, tMs, i), tMs - 7);
              appender.commit();
            }
          });
      boolean last;
      do {
        last = writing.isDone();
        SampleBuffer found = read(head, "m");
        for (int i = 0; i < found.size; i++) {
          assertEquals(START_MS + i * 10L, found.timesMs[i]);
          assertEquals(found.timesMs[i] - 7, found.startMs(i));
        }
      } while (!last);
      writing.get(10, TimeUnit.SECONDS);
      assertEquals(30_000, read(head, "m").size);
    }
  }

  @Test
  void checkpointsKeepThem() throws InterruptedException {
    int last = 1000;
    long fromMs = START_MS + 7_200_000;
    int from = (int) (7_200_000 / STEP_MS);
    try (Head head = open(true)) {
      append(head, 0, last);
      assertTrue(head.truncate(fromMs, 1000));
      check(head, from, last);
    }
    assertNotNull(WalFiles.lastCheckpoint(Disk.system(), directory.resolve("wal")));
    Disk.system().delete(directory.resolve("chunks_head"));
    try (Head head = open(true)) {
      check(head, from, last);
    }
  }

  @Test
  void lateSamplesKeepThem() {
    try (Head head = open(true)) {
      append(head, 0, 100);
      late(head);
      checkLate(head);
    }
    try (Head head = open(true)) {
      checkLate(head);
      LateBlockSource source = head.lateSamples();
      assertNotNull(source);
      SampleBuffer written = new SampleBuffer();
      source.write(START_MS, START_MS + 7_200_000, new Decoding(written, new TreeSet<>()));
      assertEquals(20, written.size);
      assertEquals(5, written.startMs(0));
      assertEquals(0, written.startMs(1));
      assertEquals(14, written.startMs(18));
    }
  }

  private static void late(Head head) {
    Appender appender = head.appender();
    // In any order, some without a start.
    for (int k = 9; k >= 0; k--) {
      int sample =
          appender.append(0, Labels.of(Labels.NAME, "constant"), timeMs(k) + 1, histogram(9));
      appender.start(sample, 5 + k);
      appender.append(0, Labels.of(Labels.NAME, "constant"), timeMs(k) + 2, 1);
    }
    assertEquals(20, appender.commit().accepted());
  }

  private static void checkLate(Head head) {
    SampleBuffer found = read(head, "constant");
    assertEquals(120, found.size);
    for (int k = 0; k < 10; k++) {
      assertEquals(startMs("constant", k), found.startMs(3 * k));
      assertEquals(5 + k, found.startMs(3 * k + 1));
      assertEquals(0, found.startMs(3 * k + 2));
    }
  }

  /// Decodes all chunks that it is given, one behind the other.
  private record Decoding(SampleBuffer samples, Set<Integer> encodings)
      implements HeadBlockSource.Sink {

    @Override
    public void series(Labels labels) {
      // One is enough.
    }

    @Override
    public void chunk(long minMs, long maxMs, int encoding, byte[] data, int lengthBytes) {
      encodings.add(encoding);
      SampleBuffer chunk = new SampleBuffer();
      ChunkDecoder.decode(encoding, data, 0, lengthBytes, Long.MIN_VALUE, Long.MAX_VALUE, chunk);
      for (int i = 0; i < chunk.size; i++) {
        samples.addFrom(chunk, i);
      }
    }
  }

  @Test
  void blocksAreGivenThem() {
    try (Head head = open(true)) {
      append(head, 0, 200);
      // What is deleted makes the chunks around it be written anew.
      for (int deleted = 0; deleted < 2; deleted++) {
        SampleBuffer written = new SampleBuffer();
        Set<Integer> encodings = new TreeSet<>();
        try (HeadBlockSource source = head.blockSource(START_MS, START_MS + 7_200_000)) {
          source.write(new Decoding(written, encodings));
        }
        assertEquals(Set.of(ChunkEncoding.XOR2, ChunkEncoding.HISTOGRAM_ST), encodings);
        // In label order, the first one is this.
        String name = "becomes_known";
        for (int i = deleted; i < 200; i++) {
          assertEquals(startMs(name, i), written.startMs(i - deleted), "sample " + i);
        }
        head.delete(START_MS, START_MS, List.of(Matcher.equal("x", "")));
      }
    }
  }

  @Test
  void whoDoesNotWantThemPaysNothing() {
    startsOfHistograms = false;
    try (Head head = open(false)) {
      append(head, 0, 200);
      for (String name : List.of("constant", "delta", "histogram")) {
        assertNull(read(head, name).startsMs);
      }
    }
    Set<Integer> types = new TreeSet<>();
    Disk disk = Disk.system();
    try (WalReader reader =
        new WalReader(disk, WalFiles.segments(disk, directory.resolve("wal")))) {
      while (reader.next()) {
        types.add((int) reader.record()[0]);
      }
    }
    assertEquals(Set.of(1, 2, 7), types);
  }

  @Test
  void whatWasLoggedBeforeTheSwitchIsReadAfterIt() {
    try (Head head = open(false)) {
      append(head, 0, 30);
    }
    try (Head head = open(true)) {
      append(head, 30, 60);
      SampleBuffer found = read(head, "constant");
      assertEquals(60, found.size);
      assertEquals(0, found.startMs(29));
      assertEquals(START_MS - 777, found.startMs(30));
    }
    try (Head head = open(false)) {
      assertEquals(60, read(head, "constant").size);
      assertNull(read(head, "constant").startsMs);
    }
  }

  @Test
  void histogramsWhoseChunksHaveNoRoomLoseThem() {
    startsOfHistograms = false;
    try (Head head = open(true)) {
      append(head, 0, 30);
      assertNull(read(head, "histogram").startsMs);
      late(head);
      SampleBuffer found = read(head, "constant");
      assertEquals(0, found.startMs(1));
      assertEquals(START_MS - 777, found.startMs(3));
    }
  }

  @Test
  void aSeriesThatChangesItsKindKeepsThem() {
    Labels labels = Labels.of(Labels.NAME, "mixed");
    for (int run = 0; run < 2; run++) {
      try (Head head = open(true)) {
        Appender appender = head.appender();
        for (int i = 0; run == 0 && i < 40; i++) {
          int sample =
              i / 7 % 2 == 0
                  ? appender.append(0, labels, timeMs(i), i)
                  : appender.append(0, labels, timeMs(i), histogram(i));
          appender.start(sample, 100 + i / 10);
          if (i % 3 == 0) {
            assertTrue(appender.commit().accepted() > 0);
          }
        }
        SampleBuffer found = read(head, "mixed");
        long[] starts = new long[40];
        Arrays.setAll(starts, found::startMs);
        long[] expected = new long[40];
        Arrays.setAll(expected, i -> 100 + i / 10);
        assertArrayEquals(expected, starts);
      }
    }
  }
}
