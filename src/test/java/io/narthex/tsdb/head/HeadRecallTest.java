package io.narthex.tsdb.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import io.narthex.storage.Appender;
import io.narthex.storage.Querier;
import io.narthex.storage.SampleBuffer;
import io.narthex.storage.SelectHints;
import io.narthex.storage.SeriesSet;
import io.narthex.tsdb.chunk.ChunkEncoding;
import io.narthex.tsdb.wal.WalOptions;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A head that is never closed, as after SIGKILL, and what the next one makes of its memory.
/// Whether that was used shows when the samples are taken out of the log: then they can come from
/// nowhere else.
class HeadRecallTest {

  private static final long START_MS = 1_700_006_400_000L;
  private static final int SERIES = 20;

  /// Two chunks that are full and one that is open.
  private static final int ROUNDS = 300;

  /// Begin of the words of a ledger that are not behind the header.
  private static final long FILES_AT = 512 * 8;

  private static final long SPANS_AT = 4096 * 8;
  private static final long TAIL_AT = 8192 * 8;

  @TempDir Path directory;

  private final Map<String, Map<Long, Double>> model = new TreeMap<>();
  private int round;

  /// Length of the log when it knew all series.
  private long seriesBytes;

  @BeforeEach
  void needsFilesThatCanBeTold() {
    assumeFalse(Disk.system().identity(directory).isEmpty());
  }

  private static Head open(Path folder, Disk disk) {
    return Head.open(
        disk,
        folder,
        new HeadOptions(
            7_200_000, 120, 0, 0, 0, false, 0, ChunkEncoding.XOR, false, WalOptions.defaults()),
        Long.MIN_VALUE,
        Clock.system(),
        new Metrics(),
        Runnable::run,
        new ReplayProgress());
  }

  private Head open() {
    return open(directory, Disk.system());
  }

  private void append(Head head, int rounds) {
    Appender appender = head.appender();
    for (int i = 0; i < rounds; i++, round++) {
      for (int s = 0; s < SERIES; s++) {
        Labels labels = Labels.of(Labels.NAME, "m" + s);
        long tMs = START_MS + round * 1000L;
        double value = s % 3 == 0 ? round : Math.sin(round * (s + 1.0));
        appender.append(0, labels, tMs, value);
        model.computeIfAbsent("m" + s, n -> new TreeMap<>()).put(tMs, value);
      }
      assertEquals(SERIES, appender.commit().accepted());
      if (seriesBytes == 0) {
        seriesBytes = walBytes();
      }
    }
  }

  private long walBytes() {
    return Disk.system().sizeBytes(directory.resolve("wal/00000000"));
  }

  /// A head that was killed when it had samples.
  private void killed() {
    append(open(), ROUNDS);
  }

  private void check(Head head) {
    Map<String, Map<Long, Double>> found = new TreeMap<>();
    try (Querier querier = head.querier(Long.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE)) {
      SeriesSet set =
          querier.select(
              true,
              SelectHints.of(0, Long.MAX_VALUE),
              List.of(Matcher.of(MatchType.REGEXP, Labels.NAME, "m.*")));
      while (set.next()) {
        SampleBuffer out = new SampleBuffer();
        set.at().read(Long.MIN_VALUE, Long.MAX_VALUE, out);
        Map<Long, Double> samples = new TreeMap<>();
        for (int i = 0; i < out.size; i++) {
          samples.put(out.timesMs[i], out.values[i]);
        }
        found.put(set.at().labels().metricName(), samples);
      }
    }
    assertEquals(model.keySet(), found.keySet());
    model.forEach((name, samples) -> {
      Map<Long, Double> wrong = new TreeMap<>(samples);
      wrong.entrySet().removeAll(Objects.requireNonNull(found.get(name)).entrySet());
      assertEquals(Map.of(), wrong, () -> "lost of " + name);
      assertEquals(samples.size(), Objects.requireNonNull(found.get(name)).size(), name);
    });
  }

  /// Takes all samples but the first ones out of the log, without changing its length.
  private void eraseSamplesOfLog() throws IOException {
    try (RandomAccessFile file =
        new RandomAccessFile(directory.resolve("wal/00000000").toFile(), "rw")) {
      file.seek(seriesBytes);
      file.write(new byte[(int) (file.length() - seriesBytes)]);
    }
  }

  private void flip(String name, long offset) throws IOException {
    Path path = directory.resolve("head_memory").resolve(name);
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.seek(offset);
      int value = file.read();
      file.seek(offset);
      file.write(value ^ 0x55);
    }
  }

  /// What the next start finds is what was committed, and what it makes of it is found again.
  private void checkRecovery() {
    Head head = open();
    check(head);
    append(head, 130);
    check(head);
    try (Head again = open()) {
      check(again);
    }
  }

  @Test
  void goesOnWithoutTheSamplesOfTheLog() throws IOException {
    killed();
    eraseSamplesOfLog();
    checkRecovery();
  }

  @Test
  void goesOnAfterCleanEndAndSeveralKills() throws IOException {
    try (Head head = open()) {
      append(head, ROUNDS);
    }
    for (int kill = 0; kill < 5; kill++) {
      Head head = open();
      check(head);
      append(head, 47);
    }
    eraseSamplesOfLog();
    checkRecovery();
  }

  @Test
  void chunksThatWaitedAreWritten() {
    killed();
    assertTrue(ChunkLoader.files(Disk.system(), directory.resolve("chunks_head")).isEmpty());
    check(open());
    assertEquals(1, ChunkLoader.files(Disk.system(), directory.resolve("chunks_head")).size());
  }

  @Test
  void lineThatWasBeingChangedIsNotBelieved() throws IOException {
    killed();
    // The lowest bit of the version.
    flipBit(lineOf(1) + SeriesPage.VERSION * 8 + 4);
    checkRecovery();
  }

  private void flipBit(long offset) throws IOException {
    Path path = directory.resolve("head_memory/lines");
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.seek(offset);
      int value = file.read();
      file.seek(offset);
      file.write(value ^ 1);
    }
  }

  private static long lineOf(int ref) {
    return SeriesPage.BYTES + (long) ref * SeriesPage.LINE_BYTES;
  }

  /// Each byte of all that the ledger has.
  @Test
  void corruptLedgerIsNotBelieved() throws IOException {
    killed();
    Head killed = open();
    for (long from : new long[] {0, 64 * 8, FILES_AT, SPANS_AT, TAIL_AT}) {
      for (long at = from; at < from + 72; at++) {
        if (at / 8 == 1 || at / 8 == 3 || at / 8 == 4) {
          // Where the log was applied and which reference is next may only be too small, the file
          // that is written counts only while something waits.
          continue;
        }
        append(killed, 7);
        flip("state", at);
        killed = open();
        check(killed);
      }
    }
  }

  /// Each byte of blocks that belong to chunks: of the first series' open one and its neighbours.
  @Test
  void corruptBlocksAreNotBelieved() throws IOException {
    killed();
    Head killed = open();
    for (long at = 0; at < 512; at++) {
      append(killed, 3);
      flip("blocks", at);
      killed = open();
      check(killed);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2 * 8 + 3, 5 * 8 + 4, 5 * 8 + 5, 6 * 8 + 2, 6 * 8 + 3, 7 * 8, 7 * 8 + 1})
  void corruptLineIsNotBelieved(int at) throws IOException {
    killed();
    flip("lines", lineOf(1) + at);
    checkRecovery();
  }

  @ParameterizedTest
  @ValueSource(strings = {"state", "lines", "blocks"})
  void missingOrShortFileIsMadeAnew(String name) throws IOException {
    killed();
    Files.delete(directory.resolve("head_memory").resolve(name));
    checkRecovery();
    Path file = directory.resolve("head_memory").resolve(name);
    byte[] bytes = Files.readAllBytes(file);
    append(open(), 5);
    Files.delete(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    checkRecovery();
  }

  @Test
  void copyIsNotBelieved() throws IOException {
    Head running = open();
    append(running, ROUNDS);
    Path copy = directory.resolve("copy");
    // The way a copy of a running server comes about: memory first, the rest later.
    copy("head_memory", copy);
    append(running, 20);
    copy("wal", copy);
    copy("chunks_head", copy);
    try (Head head = open(copy, Disk.system())) {
      check(head);
    }
  }

  private void copy(String name, Path to) throws IOException {
    Path from = directory.resolve(name);
    Files.createDirectories(to.resolve(name));
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(name).resolve(file.getFileName()));
      }
    }
  }

  @Test
  void memoryIsStaleOnceAnotherProgramHasWritten() {
    killed();
    append(open(directory, withoutIdentity()), 40);
    checkRecovery();
  }

  /// A disk whose files cannot be told from others: what is stored dies with the process.
  private static Disk withoutIdentity() {
    return (Disk)
        Proxy.newProxyInstance(
            Disk.class.getClassLoader(),
            new Class<?>[] {Disk.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("identity")) {
                return "";
              }
              try {
                return method.invoke(Disk.system(), arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void chunkFilesAreThoseThatWereLeft() throws IOException {
    Head head = open();
    append(head, ROUNDS);
    head.close();
    Path file = ChunkLoader.files(Disk.system(), directory.resolve("chunks_head")).getFirst();
    Files.delete(file);
    checkRecovery();
    Files.write(directory.resolve("chunks_head/000099"), new byte[8]);
    checkRecovery();
  }

  @Test
  void logThatIsShorterIsNotThatOfTheMemory() throws IOException {
    killed();
    Path log = directory.resolve("wal/00000000");
    byte[] bytes = Files.readAllBytes(log);
    Files.write(log, Arrays.copyOf(bytes, (int) seriesBytes));
    model.values().forEach(samples -> samples.keySet().removeIf(tMs -> tMs > START_MS));
    check(open());
  }
}
