package io.narthex.tsdb.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.clock.Clock;
import io.narthex.io.disk.Disk;
import io.narthex.metrics.Metrics;
import io.narthex.model.labels.Labels;
import io.narthex.storage.Appender;
import io.narthex.storage.StorageException;
import io.narthex.tsdb.wal.RecordEncoder;
import io.narthex.tsdb.wal.WalBatch;
import io.narthex.tsdb.wal.WalMetrics;
import io.narthex.tsdb.wal.WalOptions;
import io.narthex.tsdb.wal.WalWriter;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A log of another server has references that are greater than any of ours can be.
class HugeReferenceTest {

  private static final Labels LABELS = Labels.of("__name__", "a");

  @TempDir Path directory;

  private Head open() {
    return Head.open(
        Disk.system(),
        directory,
        HeadOptions.defaults(),
        Long.MIN_VALUE,
        Clock.system(),
        new Metrics(),
        Runnable::run,
        new ReplayProgress());
  }

  private void log(Consumer<WalBatch> records) {
    WalMetrics metrics = new WalMetrics(new Metrics(), Clock.system(), "wal");
    WalBatch batch = new WalBatch(WalOptions.Compression.NONE);
    records.accept(batch);
    try (WalWriter wal =
        WalWriter.open(
            Disk.system(),
            directory.resolve("wal"),
            WalOptions.defaults(),
            metrics,
            Runnable::run)) {
      wal.log(batch);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 36, 1L << 39, 1L << 62, -1})
  void aSeriesIsRefusedWithTheWayOut(long ref) {
    log(batch -> {
      RecordEncoder.series(batch, ref, LABELS);
      batch.seal();
    });
    String message = String.valueOf(assertThrows(StorageException.class, this::open).getMessage());
    assertTrue(message.startsWith(directory.resolve("wal") + ": "), message);
    assertTrue(message.contains(Long.toUnsignedString(ref)), message);
    assertTrue(message.contains("/api/v1/admin/tsdb/snapshot"), message);
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 36, 1L << 39, -1})
  void samplesWithoutSeriesDoNotKeepNewSeriesOut(long ref) {
    log(batch ->
        RecordEncoder.samples(batch, new long[] {ref}, new long[] {1000}, new double[] {1}, 1));
    try (Head head = open()) {
      Appender appender = head.appender();
      appender.append(0, LABELS, 2000, 1);
      assertEquals(1, appender.commit().ref(0));
    }
  }
}
