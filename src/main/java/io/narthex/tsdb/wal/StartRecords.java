package io.narthex.tsdb.wal;

import io.narthex.io.bytes.BytesIn;
import io.narthex.model.sample.FloatHistogram;

/// Reads the records of samples with start timestamps, types 11 to 13: `ref <varint> | time
/// <varint> | start <varint> | value`, then for each further sample the reference as a delta to the
/// one before, the time as a delta to the first one, a marker (0 no start, 1 that of the sample
/// before, 2 a delta to the first one follows) and the value. The starts are read over: the head
/// does not keep them. Source: prometheus `tsdb/record/record.go`.
final class StartRecords {

  private static final int NO_START = 0;
  private static final int SAME_START = 1;

  private final BytesIn in;
  private long firstMs;
  private boolean begun;

  /// Reference of the sample at hand.
  long ref;

  /// Time of the sample at hand.
  long tMs;

  StartRecords(BytesIn in) {
    this.in = in;
  }

  /// Moves to the next sample, up to its value.
  boolean next() {
    if (!in.hasRemaining()) {
      return false;
    }
    ref += in.varint();
    if (begun) {
      tMs = firstMs + in.varint();
      int marker = in.u8();
      if (marker != NO_START && marker != SAME_START) {
        in.varint();
      }
    } else {
      begun = true;
      firstMs = in.varint();
      tMs = firstMs;
      in.varint();
    }
    return true;
  }

  /// Appends the float samples of a record to `out`.
  static void samples(BytesIn in, SampleColumns out) {
    StartRecords records = new StartRecords(in);
    while (records.next()) {
      out.add(records.ref, records.tMs, in.f64());
    }
  }

  /// Hands the histograms of a record to `sink`.
  static void histograms(BytesIn in, boolean floats, RecordSink sink) {
    StartRecords records = new StartRecords(in);
    while (records.next()) {
      FloatHistogram histogram = HistogramRecords.decode(in, floats);
      sink.histogram(records.ref, records.tMs, histogram);
    }
  }
}
