package io.narthex.tsdb.wal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.io.bytes.BytesOut;
import io.narthex.model.labels.Labels;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;
import io.narthex.model.sample.Metadata;
import io.narthex.tsdb.wal.RecordEncoder.HistogramSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Records with start timestamps: read and written as the format says, which is done by hand.
class StartRecordsTest {

  private static final WalOptions OPTIONS =
      new WalOptions(1 << 20, WalOptions.Compression.NONE, true);

  private static final FloatHistogram HISTOGRAM = histogram(9);

  private static FloatHistogram histogram(double count) {
    return new FloatHistogram(
        ResetHint.UNKNOWN,
        1,
        0.001,
        2,
        count,
        1.25,
        new int[] {0, 2},
        new double[] {3, 4},
        new int[0],
        new double[0],
        new double[0]);
  }

  private final List<String> found = new ArrayList<>();

  private final RecordSink sink =
      new RecordSink() {
        @Override
        public void series(long ref, Labels labels) {}

        @Override
        public void samples(SampleColumns samples) {
          for (int i = 0; i < samples.size; i++) {
            long startMs = samples.startsMs == null ? 0 : samples.startsMs[i];
            found.add(text(samples.refs[i], samples.timesMs[i], samples.values[i], startMs));
          }
        }

        @Override
        public void histogram(long ref, long tMs, FloatHistogram histogram, long startMs) {
          found.add(text(ref, tMs, histogram.count, startMs));
        }

        @Override
        public void tombstone(long ref, long minMs, long maxMs) {}

        @Override
        public void exemplar(long ref, long tMs, double value, Labels labels) {}

        @Override
        public void metadata(long ref, Metadata metadata) {}
      };

  private static String text(long ref, long tMs, double value, long startMs) {
    return ref + " " + tMs + " " + value + " since " + startMs;
  }

  private List<String> decode(BytesOut record) {
    new RecordDecoder(sink).decode(record.toByteArray(), record.length());
    return found;
  }

  @Test
  void floats() {
    assertEquals(
        List.of(
            "7 1000 1.5 since 900",
            "9 1000 2.5 since 900",
            "5 990 3.5 since 0",
            "6 1020 4.5 since 600"),
        decode(floatRecord()));
  }

  private static BytesOut floatRecord() {
    BytesOut record = new BytesOut().u8(11);
    record.varint(7).varint(1000).varint(900).f64(1.5);
    record.varint(2).varint(0).u8(1).f64(2.5);
    record.varint(-4).varint(-10).u8(0).f64(3.5);
    record.varint(1).varint(20).u8(2).varint(-300).f64(4.5);
    return record;
  }

  private static byte[] onlyRecord(WalBatch batch) {
    assertEquals(1, batch.size());
    return Arrays.copyOfRange(batch.bytes(), batch.start(0), batch.end(0));
  }

  @Test
  void floatsAreWrittenAsTheyAreRead() {
    SampleColumns columns = new SampleColumns();
    columns.add(7, 1000, 1.5, 900);
    columns.add(9, 1000, 2.5, 900);
    columns.add(0, 1000, 99, 77);
    columns.add(5, 990, 3.5);
    columns.add(6, 1020, 4.5, 600);
    WalBatch batch = new WalBatch(OPTIONS);
    RecordEncoder.samples(batch, columns);
    assertArrayEquals(floatRecord().toByteArray(), onlyRecord(batch));
  }

  @Test
  void floatsWithoutAStartAreWrittenInTheSameRecords() {
    SampleColumns columns = new SampleColumns();
    columns.add(1, 5, 2);
    columns.add(2, 5, 3);
    WalBatch batch = new WalBatch(OPTIONS);
    RecordEncoder.samples(batch, columns);
    BytesOut expected = new BytesOut().u8(11).varint(1).varint(5).varint(0).f64(2);
    expected.varint(1).varint(0).u8(0).f64(3);
    assertArrayEquals(expected.toByteArray(), onlyRecord(batch));
  }

  @Test
  void aLogWithoutStartsHasPlainRecords() {
    SampleColumns columns = new SampleColumns();
    columns.add(1, 5, 2, 4);
    WalBatch batch = new WalBatch(WalOptions.Compression.NONE);
    RecordEncoder.samples(batch, columns);
    assertEquals(2, onlyRecord(batch)[0]);
    batch.clear();
    RecordEncoder.histograms(batch, List.of(new HistogramSample(1, 5, FloatHistogram.stale(), 4)));
    assertTrue(onlyRecord(batch)[0] < 11);
  }

  @Test
  void columnsForgetTheStartsOfTheRecordBefore() {
    SampleColumns columns = new SampleColumns();
    for (int i = 0; i < 3000; i++) {
      columns.add(i, 5, 2, 4);
    }
    columns.clear();
    columns.add(1, 5, 2);
    assertNull(columns.startsMs);
    columns.add(2, 5, 2, 3);
    long[] starts = columns.startsMs;
    assertNotNull(starts);
    assertArrayEquals(new long[] {0, 3, 0}, Arrays.copyOf(starts, 3));
  }

  @Test
  void histogramsAreWrittenAsTheyAreRead() {
    WalBatch batch = new WalBatch(OPTIONS);
    RecordEncoder.histograms(
        batch,
        List.of(
            new HistogramSample(7, 1000, HISTOGRAM, 900),
            new HistogramSample(8, 1000, histogram(9.5), 5),
            new HistogramSample(9, 1005, HISTOGRAM, 903)));
    assertEquals(2, batch.size());
    BytesOut whole = new BytesOut().u8(12).varint(7).varint(1000).varint(900);
    HistogramRecords.encode(HISTOGRAM, true, whole);
    whole.varint(2).varint(5).u8(2).varint(3);
    HistogramRecords.encode(HISTOGRAM, true, whole);
    assertArrayEquals(
        whole.toByteArray(), Arrays.copyOfRange(batch.bytes(), batch.start(0), batch.end(0)));
    assertEquals(13, batch.bytes()[batch.start(1)]);
  }

  @Test
  void histograms() {
    for (boolean whole : new boolean[] {true, false}) {
      found.clear();
      BytesOut record = new BytesOut().u8(whole ? 12 : 13);
      record.varint(7).varint(1000).varint(900);
      HistogramRecords.encode(HISTOGRAM, whole, record);
      record.varint(2).varint(5).u8(2).varint(3);
      HistogramRecords.encode(HISTOGRAM, whole, record);
      record.varint(1).varint(6).u8(1);
      HistogramRecords.encode(HISTOGRAM, whole, record);
      assertEquals(
          List.of("7 1000 9.0 since 900", "9 1005 9.0 since 903", "10 1006 9.0 since 903"),
          decode(record));
    }
  }
}
