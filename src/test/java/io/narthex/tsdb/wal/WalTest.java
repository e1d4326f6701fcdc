package io.narthex.tsdb.wal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.clock.Clock;
import io.narthex.io.bytes.CorruptFileException;
import io.narthex.io.disk.Disk;
import io.narthex.io.disk.DiskException;
import io.narthex.io.disk.FaultyDisk;
import io.narthex.metrics.Metrics;
import io.narthex.tsdb.wal.WalOptions.Compression;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Framing: what is written is read again, whatever its size and wherever the log is damaged.
class WalTest {

  private static final int SEGMENT_BYTES = 4 * WalFormat.PAGE_BYTES;

  @TempDir Path directory;

  private WalWriter writer(Disk disk, Compression compression) {
    return WalWriter.open(
        disk,
        directory,
        new WalOptions(SEGMENT_BYTES, compression),
        new WalMetrics(new Metrics(), Clock.system(), "wal"),
        Runnable::run);
  }

  private static WalBatch batch(Compression compression, byte[]... records) {
    WalBatch batch = new WalBatch(compression);
    for (byte[] record : records) {
      batch.record().bytes(record);
      batch.seal();
    }
    return batch;
  }

  private static byte[] record(Random random, int length) {
    byte[] record = new byte[length];
    random.nextBytes(record);
    Arrays.fill(record, 0, length / 3, (byte) 7);
    return record;
  }

  private List<byte[]> readAll() {
    List<byte[]> found = new ArrayList<>();
    Disk disk = Disk.system();
    try (WalReader reader = new WalReader(disk, WalFiles.segments(disk, directory))) {
      while (reader.next()) {
        found.add(Arrays.copyOf(reader.record(), reader.length()));
      }
    }
    return found;
  }

  private static void assertSame(List<byte[]> expected, List<byte[]> found) {
    assertEquals(expected.size(), found.size());
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), found.get(i), "record " + i);
    }
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void recordsOfAllSizesComeBack(Compression compression) {
    Random random = new Random(4);
    List<byte[]> written = new ArrayList<>();
    try (WalWriter writer = writer(Disk.system(), compression)) {
      for (int i = 0; i < 300; i++) {
        byte[] a = record(random, 1 + random.nextInt(i % 10 == 0 ? 60_000 : 3000));
        byte[] b = record(random, 1 + random.nextInt(50));
        writer.log(batch(compression, a, b));
        written.add(a);
        written.add(b);
      }
      assertTrue(writer.segment() > 2);
    }
    assertSame(written, readAll());
  }

  /// A page may end with room for a header and nothing else, or for not even that.
  @Test
  void recordsThatEndNearAPagesEnd() {
    Random random = new Random(5);
    List<byte[]> written = new ArrayList<>();
    try (WalWriter writer = writer(Disk.system(), Compression.NONE)) {
      for (int rest = 0; rest < 20; rest++) {
        byte[] filler = record(random, WalFormat.PAGE_BYTES - WalFormat.HEADER_BYTES - rest);
        byte[] next = record(random, 100);
        writer.log(batch(Compression.NONE, filler));
        writer.log(batch(Compression.NONE, next));
        written.add(filler);
        written.add(next);
        writer.cut();
      }
    }
    assertSame(written, readAll());
  }

  /// Cut the log anywhere: all records before the cut are read, the rest is told of, and after the
  /// repair the log is good.
  @Test
  void tornTailIsCutOff() throws IOException {
    Random random = new Random(6);
    List<byte[]> written = new ArrayList<>();
    try (WalWriter writer = writer(Disk.system(), Compression.NONE)) {
      for (int i = 0; i < 60; i++) {
        byte[] record = record(random, 1 + random.nextInt(1500));
        writer.log(batch(Compression.NONE, record));
        written.add(record);
      }
    }
    Path segment = WalFiles.segment(directory, 0);
    long size = Files.size(segment);
    for (long cut = size; cut >= 0; cut -= 1 + random.nextInt(700)) {
      try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
        file.setLength(cut);
      }
      repair();
      List<byte[]> left = readAll();
      assertSame(written.subList(0, left.size()), left);
    }
  }

  /// Flip a bit anywhere: no more is lost than the record or, if lengths are wrong, its page.
  @Test
  void flippedBitLosesOnlyWhatIsCorrupt() throws IOException {
    Random random = new Random(7);
    List<byte[]> written = new ArrayList<>();
    try (WalWriter writer = writer(Disk.system(), Compression.NONE)) {
      for (int i = 0; i < 300; i++) {
        byte[] record = record(random, 1 + random.nextInt(2000));
        writer.log(batch(Compression.NONE, record));
        written.add(record);
      }
      assertTrue(writer.segment() >= 2);
    }
    Path segment = WalFiles.segment(directory, 1);
    byte[] good = Files.readAllBytes(segment);
    for (int round = 0; round < 400; round++) {
      byte[] bytes = good.clone();
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(segment, bytes);
      int lost = 0;
      try (WalReader reader =
          new WalReader(Disk.system(), WalFiles.segments(Disk.system(), directory))) {
        int next = 0;
        while (reader.next()) {
          byte[] record = Arrays.copyOf(reader.record(), reader.length());
          while (!Arrays.equals(written.get(next), record)) {
            lost++;
            next++;
          }
          next++;
        }
        lost += written.size() - next;
        assertTrue(lost == 0 || !reader.skipped().isEmpty(), "it is told of");
      }
      // A record of one byte can stand in a page many times.
      assertTrue(lost < 60, "lost: " + lost);
    }
  }

  private void repair() {
    Disk disk = Disk.system();
    try (WalReader reader = new WalReader(disk, WalFiles.segments(disk, directory))) {
      try {
        while (reader.next()) {
          assertTrue(reader.length() >= 0);
        }
      } catch (CorruptFileException e) {
        long offset = reader.recordOffset();
        WalFiles.Numbered segment = reader.segment();
        reader.close();
        WalRepair.truncate(disk, directory, segment, offset);
      }
    }
  }

  /// Every single change on the disk fails once: what `log` did not throw for is there, in order,
  /// and nothing else.
  @Test
  void failedWriteLeavesNoTrace() {
    for (int failing = 2; failing < 60; failing++) {
      Disk.system().delete(directory);
      Random random = new Random(failing);
      FaultyDisk disk = FaultyDisk.failsOnceAfter(Disk.system(), failing);
      List<byte[]> written = new ArrayList<>();
      int failures = 0;
      try (WalWriter writer = writer(disk, Compression.NONE)) {
        for (int i = 0; i < 80; i++) {
          byte[] record = record(random, 1 + random.nextInt(9000));
          try {
            writer.log(batch(Compression.NONE, record));
            written.add(record);
          } catch (DiskException e) {
            failures++;
          }
        }
      } catch (DiskException e) {
        failures++;
      }
      assertTrue(failures <= 2, "failures: " + failures);
      assertSame(written, readAll());
    }
  }
}
