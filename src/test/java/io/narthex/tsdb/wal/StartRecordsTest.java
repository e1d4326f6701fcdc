package io.narthex.tsdb.wal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.narthex.io.bytes.BytesOut;
import io.narthex.model.labels.Labels;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.FloatHistogram.ResetHint;
import io.narthex.model.sample.Metadata;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Records with start timestamps, put together by hand as the format says.
class StartRecordsTest {

  private final List<String> found = new ArrayList<>();

  private final RecordSink sink =
      new RecordSink() {
        @Override
        public void series(long ref, Labels labels) {}

        @Override
        public void samples(SampleColumns samples) {
          for (int i = 0; i < samples.size; i++) {
            found.add(samples.refs[i] + " " + samples.timesMs[i] + " " + samples.values[i]);
          }
        }

        @Override
        public void histogram(long ref, long tMs, FloatHistogram histogram) {
          found.add(ref + " " + tMs + " " + histogram.count);
        }

        @Override
        public void tombstone(long ref, long minMs, long maxMs) {}

        @Override
        public void exemplar(long ref, long tMs, double value, Labels labels) {}

        @Override
        public void metadata(long ref, Metadata metadata) {}
      };

  private List<String> decode(BytesOut record) {
    new RecordDecoder(sink).decode(record.toByteArray(), record.length());
    return found;
  }

  @Test
  void floats() {
    BytesOut record = new BytesOut().u8(11);
    record.varint(7).varint(1000).varint(900).f64(1.5);
    record.varint(2).varint(0).u8(1).f64(2.5);
    record.varint(-4).varint(-10).u8(0).f64(3.5);
    record.varint(1).varint(20).u8(2).varint(-300).f64(4.5);
    assertEquals(List.of("7 1000 1.5", "9 1000 2.5", "5 990 3.5", "6 1020 4.5"), decode(record));
  }

  @Test
  void histograms() {
    FloatHistogram histogram =
        new FloatHistogram(
            ResetHint.UNKNOWN,
            1,
            0.001,
            2,
            9,
            1.25,
            new int[] {0, 2},
            new double[] {3, 4},
            new int[0],
            new double[0],
            new double[0]);
    for (boolean whole : new boolean[] {true, false}) {
      found.clear();
      BytesOut record = new BytesOut().u8(whole ? 12 : 13);
      record.varint(7).varint(1000).varint(900);
      HistogramRecords.encode(histogram, whole, record);
      record.varint(2).varint(5).u8(2).varint(3);
      HistogramRecords.encode(histogram, whole, record);
      record.varint(1).varint(6).u8(1);
      HistogramRecords.encode(histogram, whole, record);
      assertEquals(List.of("7 1000 9.0", "9 1005 9.0", "10 1006 9.0"), decode(record));
    }
  }
}
