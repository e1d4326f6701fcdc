package io.narthex.tsdb.wal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.narthex.model.labels.Labels;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;
import io.narthex.tsdb.wal.RecordEncoder.ExemplarSample;
import io.narthex.tsdb.wal.RecordEncoder.Tombstone;
import io.narthex.tsdb.wal.SnapshotRecords.OpenChunk;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The layout of each record, byte by byte.
class SnapshotRecordsTest {

  private static final Labels LABELS = Labels.of("a", "bc");
  private static final String SERIES = "01" + "0000000000000102" + "01" + "0161" + "026263";
  private static final String NO_SPAN = "0000000000000000";
  private static final OpenChunk CHUNK = new OpenChunk(1000, 2000, 1, new byte[] {7, 8, 9}, 2);
  private static final String TIMES = "00000000000003e8" + "00000000000007d0";

  private final WalBatch batch = new WalBatch(WalOptions.Compression.NONE);

  private void assertRecord(String expected) {
    assertEquals(1, batch.size());
    byte[] found = batch.bytes();
    assertEquals(expected, HexFormat.of().formatHex(found, batch.start(0), batch.end(0)));
  }

  @Test
  void seriesWithoutAnOpenChunk() {
    SnapshotRecords.series(batch, 0x102, LABELS);
    assertRecord(SERIES + NO_SPAN + "00");
  }

  @Test
  void seriesOfFloats() {
    SnapshotRecords.series(batch, 0x102, LABELS, CHUNK, 1.5);
    assertRecord(
        SERIES
            + NO_SPAN
            + "01"
            + TIMES
            + "01"
            + "02"
            + "0708"
            + "00".repeat(56)
            + "3ff8000000000000");
  }

  @Test
  void seriesOfHistogramsOfWholeNumbers() {
    OpenChunk chunk = new OpenChunk(1000, 2000, 2, new byte[] {7}, 1);
    SnapshotRecords.series(batch, 0x102, LABELS, chunk, histogram(), true);
    // hint, schema, zero threshold, zero count, count, sum, spans, spans, deltas, deltas
    assertRecord(
        SERIES
            + NO_SPAN
            + "01"
            + TIMES
            + "02"
            + "01"
            + "07"
            + "02"
            + "02"
            + "3f50624dd2f1a9fc"
            + "01"
            + "06"
            + "4014000000000000"
            + "01"
            + "00"
            + "02"
            + "00"
            + "02"
            + "04"
            + "02"
            + "00");
  }

  @Test
  void seriesOfHistogramsOfFloats() {
    OpenChunk chunk = new OpenChunk(1000, 2000, 3, new byte[] {7}, 1);
    SnapshotRecords.series(batch, 0x102, LABELS, chunk, histogram(), false);
    assertRecord(
        SERIES
            + NO_SPAN
            + "01"
            + TIMES
            + "03"
            + "01"
            + "07"
            + "02"
            + "02"
            + "3f50624dd2f1a9fc"
            + "3ff0000000000000"
            + "4018000000000000"
            + "4014000000000000"
            + "01"
            + "00"
            + "02"
            + "00"
            + "02"
            + "4000000000000000"
            + "4008000000000000"
            + "00");
  }

  private static FloatHistogram histogram() {
    return new FloatHistogram(
        ResetHint.NO_RESET,
        1,
        0.001,
        1,
        6,
        5,
        new int[] {0, 2},
        new double[] {2, 3},
        new int[0],
        new double[0],
        new double[0]);
  }

  @Test
  void allTombstonesInOneRecord() {
    SnapshotRecords.tombstones(batch, List.of(new Tombstone(1, -1, 2), new Tombstone(300, 3, 4)));
    assertRecord("02" + "08" + "01" + "01" + "01" + "04" + "ac02" + "06" + "08");
  }

  @Test
  void noTombstones() {
    SnapshotRecords.tombstones(batch, List.of());
    assertRecord("02" + "01" + "01");
  }

  @Test
  void exemplars() {
    SnapshotRecords.exemplars(
        batch,
        List.of(new ExemplarSample(5, 1000, 1.5, LABELS), new ExemplarSample(4, 1001, 2, LABELS)));
    String labels = "01" + "0161" + "026263";
    assertRecord(
        "03"
            + "0000000000000005"
            + "00000000000003e8"
            + "00"
            + "00"
            + "3ff8000000000000"
            + labels
            + "01"
            + "02"
            + "4000000000000000"
            + labels);
  }
}
